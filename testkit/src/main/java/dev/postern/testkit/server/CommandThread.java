package dev.postern.testkit.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;

/** Runs one command on a thread of its own. */
final class CommandThread implements Command {
  private final String line;
  private final RemoteCommand command;
  private @Nullable OutputStream output;
  private @Nullable ExitCallback exit;

  CommandThread(String line, RemoteCommand command) {
    this.line = line;
    this.command = command;
  }

  @Override
  public void setInputStream(InputStream stream) {}

  @Override
  public void setOutputStream(OutputStream stream) {
    output = stream;
  }

  @Override
  public void setErrorStream(OutputStream stream) {}

  @Override
  public void setExitCallback(ExitCallback callback) {
    exit = callback;
  }

  @Override
  public void start(ChannelSession channel, Environment environment) {
    Thread thread = new Thread(this::run, "embedded-command");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    OutputStream stream = output;
    ExitCallback callback = exit;
    if (stream == null || callback == null) {
      return;
    }
    try {
      int code = command.run(line, stream);
      stream.flush();
      callback.onExit(code);
    } catch (IOException e) {
      callback.onExit(1, String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void destroy(ChannelSession channel) {}
}
