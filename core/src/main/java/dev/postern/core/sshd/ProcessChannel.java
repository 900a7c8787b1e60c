package dev.postern.core.sshd;

import dev.postern.circuit.TerminalModes;
import dev.postern.circuit.TerminalRequest;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A session channel (RFC 4254 section 6) that runs one command, a shell or a subsystem, with or
 * without a terminal. Every request wants its reply, so that a refusal is told from an early end.
 */
final class ProcessChannel extends StreamingChannel {
  private static final int END_OF_MODES = 0;

  private final CompletableFuture<Program> program = new CompletableFuture<>();
  private final Deque<String> unanswered = new ArrayDeque<>();
  private volatile boolean hasTerminal;
  private final CompletableFuture<Ending> over = new CompletableFuture<>();

  /** May be opened before it is known what will run on it. */
  ProcessChannel() {
    super("session");
  }

  /** Runs something, as soon as the channel is open. Called once. */
  void run(Program what) {
    if (!what.hasError()) {
      withoutError();
    }
    hasTerminal = what.terminal() != null;
    program.complete(what);
  }

  /** What runs on a channel. */
  record Program(String request, @Nullable String argument, @Nullable TerminalRequest terminal) {
    static Program exec(String command) {
      return new Program("exec", command, null);
    }

    static Program exec(String command, TerminalRequest terminal) {
      return new Program("exec", command, terminal);
    }

    static Program shell(TerminalRequest terminal) {
      return new Program("shell", null, terminal);
    }

    static Program subsystem(String name) {
      return new Program("subsystem", name, null);
    }

    /** A terminal has one stream; what a subsystem says on standard error is for nobody. */
    boolean hasError() {
      return terminal == null && !request.equals("subsystem");
    }
  }

  /** Completes, maybe on an I/O thread, when the channel is over. */
  CompletableFuture<Ending> over() {
    return over;
  }

  /**
   * What was known of the end when the channel was over; what is said later is too late.
   *
   * @param wasWanted whether one side closed the channel, and not the end of its session
   */
  record Ending(@Nullable Integer status, @Nullable String signal, boolean wasWanted) {}

  @Override
  protected void doOpen() throws IOException {
    super.doOpen();
    program.thenAccept(this::start);
  }

  private void start(Program what) {
    try {
      request(what);
    } catch (IOException | RuntimeException e) {
      granted().completeExceptionally(e);
    }
  }

  private void request(Program what) throws IOException {
    TerminalRequest asked = what.terminal();
    if (asked != null) {
      ask(
          "pty-req",
          buffer -> {
            buffer.putString(asked.type());
            putSize(buffer, asked.columns(), asked.rows());
            buffer.putBytes(encoded(asked.modes()));
          });
    }
    String line = what.argument();
    ask(
        what.request(),
        buffer -> {
          if (line != null) {
            buffer.putString(line);
          }
        });
  }

  private void ask(String name, Consumer<Buffer> details) throws IOException {
    synchronized (unanswered) {
      unanswered.addLast(name);
    }
    request(name, true, details);
  }

  private void request(String name, boolean wantReply, Consumer<Buffer> details)
      throws IOException {
    Buffer buffer = getSession().createBuffer(SshConstants.SSH_MSG_CHANNEL_REQUEST);
    buffer.putUInt(getRecipient());
    buffer.putString(name);
    buffer.putBoolean(wantReply);
    details.accept(buffer);
    writePacket(buffer);
  }

  /** As RFC 4254 section 8 has it: opcode and value of each, and a last opcode alone. */
  private static byte[] encoded(TerminalModes modes) {
    ByteArrayBuffer buffer = new ByteArrayBuffer();
    modes
        .values()
        .forEach(
            (mode, value) -> {
              buffer.putByte((byte) mode.code());
              buffer.putUInt(value);
            });
    buffer.putByte((byte) END_OF_MODES);
    return buffer.getCompactData();
  }

  private static void putSize(Buffer buffer, int columns, int rows) {
    buffer.putUInt(columns);
    buffer.putUInt(rows);
    // In pixels: unknown.
    buffer.putUInt(0);
    buffer.putUInt(0);
  }

  @Override
  public void handleSuccess() {
    synchronized (unanswered) {
      if (unanswered.pollFirst() == null || !unanswered.isEmpty()) {
        return;
      }
    }
    granted().complete(null);
  }

  @Override
  public void handleFailure() {
    String refused;
    synchronized (unanswered) {
      refused = unanswered.pollFirst();
    }
    if (refused != null) {
      granted().completeExceptionally(new RequestRefusedException(refused));
      shut();
    }
  }

  void resize(int columns, int rows) throws IOException {
    if (hasTerminal) {
      request("window-change", false, buffer -> putSize(buffer, columns, rows));
    }
  }

  void signal(String name) throws IOException {
    request("signal", false, buffer -> buffer.putString(name));
  }

  @Override
  void gone() {
    boolean wanted = isClosedByPeer() || isClosedByUs();
    over.complete(new Ending(getExitStatus(), getExitSignal(), wanted));
  }
}
