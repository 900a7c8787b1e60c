package dev.postern.core.person;

import dev.postern.api.hop.Person;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Asks on the controlling terminal, whatever standard input and output are. */
public final class TerminalPerson implements Person {
  private static final String TERMINAL = "/dev/tty";
  private static final int ANSWER_LIMIT = 4096;

  /** Whether this process has a terminal. */
  public static boolean hasTerminal() {
    try {
      new FileInputStream(TERMINAL).close();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public boolean isPresent() {
    return true;
  }

  @Override
  public SecretValue ask(String question, boolean echo) throws SecretException {
    try (OutputStream output = new FileOutputStream(TERMINAL);
        InputStream input = new FileInputStream(TERMINAL)) {
      byte[] asked = ("\r" + question).getBytes(StandardCharsets.UTF_8);
      output.write(asked);
      return echo ? readLine(input) : readHidden(input, output, asked);
    } catch (IOException e) {
      throw new SecretException("the terminal cannot be used: " + e.getMessage(), e);
    }
  }

  private static SecretValue readHidden(InputStream input, OutputStream output, byte[] asked)
      throws IOException, SecretException {
    TerminalMode before = TerminalMode.current();
    Thread restore = new Thread(() -> giveBack(before, output), "postern-restore-terminal");
    Runtime.getRuntime().addShutdownHook(restore);
    // A shell that stopped us has put its own mode back, which shows what is typed.
    ProcessSignal goesOn = ProcessSignal.on("CONT", () -> hideAgain(before, output, asked));
    try {
      before.hideInput();
      return readLine(input);
    } finally {
      goesOn.close();
      before.restore();
      forget(restore);
      output.write('\n');
    }
  }

  private static void hideAgain(TerminalMode mode, OutputStream output, byte[] asked) {
    try {
      mode.hideInput();
      output.write(asked);
    } catch (IOException e) {
      // The question fails when its answer is read.
    }
  }

  private static void giveBack(TerminalMode mode, OutputStream output) {
    mode.restoreQuietly();
    try {
      output.write('\n');
    } catch (IOException e) {
      // There is no terminal any more.
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process ends already, and the hook does its work.
    }
  }

  private static SecretValue readLine(InputStream input) throws IOException, SecretException {
    byte[] line = new byte[ANSWER_LIMIT];
    int length = 0;
    try {
      for (int next = input.read(); next != '\n' && next != '\r'; next = input.read()) {
        if (next < 0) {
          throw new SecretException("the question was not answered (end of input)");
        }
        if (length == line.length) {
          throw new SecretException("the answer is longer than %d bytes".formatted(ANSWER_LIMIT));
        }
        line[length++] = (byte) next;
      }
      byte[] answer = Arrays.copyOf(line, length);
      try {
        return SecretValue.ofUtf8(answer);
      } finally {
        Arrays.fill(answer, (byte) 0);
      }
    } finally {
      Arrays.fill(line, (byte) 0);
    }
  }

  @Override
  public void tell(String text) {
    try (OutputStream output = new FileOutputStream(TERMINAL)) {
      output.write(("\r" + text + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // What cannot be shown is in the trail.
    }
  }
}
