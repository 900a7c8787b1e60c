package dev.postern.testkit.server;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;

/** One command on a thread of its own, in MINA's terms. */
final class RunningCommand implements Command {
  private final String command;
  private final RemoteCommand handler;
  private final Cut cut;
  private @Nullable InputStream input;
  private @Nullable OutputStream output;
  private @Nullable OutputStream error;
  private @Nullable ExitCallback exit;
  private @Nullable Thread thread;

  RunningCommand(String command, RemoteCommand handler, Cut cut) {
    this.command = command;
    this.handler = handler;
    this.cut = cut;
  }

  @Override
  public void setInputStream(InputStream stream) {
    this.input = stream;
  }

  @Override
  public void setOutputStream(OutputStream stream) {
    this.output = stream;
  }

  @Override
  public void setErrorStream(OutputStream stream) {
    this.error = stream;
  }

  @Override
  public void setExitCallback(ExitCallback callback) {
    this.exit = callback;
  }

  @Override
  public void start(ChannelSession channel, Environment environment) {
    thread = new Thread(() -> run(channel), "testkit-command");
    thread.setDaemon(true);
    thread.start();
  }

  private void run(ChannelSession channel) {
    OutputStream out = requireNonNull(output);
    OutputStream err = requireNonNull(error);
    int status;
    try {
      status = handler.run(command, requireNonNull(input), out, err);
      out.flush();
      err.flush();
    } catch (IOException | RuntimeException e) {
      status = 1;
    }
    if (!cut.at(ServerMoment.COMMAND, channel.getSession())) {
      requireNonNull(exit).onExit(status);
    }
  }

  @Override
  public void destroy(ChannelSession channel) {
    if (thread != null) {
      thread.interrupt();
    }
  }
}
