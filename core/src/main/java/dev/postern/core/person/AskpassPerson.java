package dev.postern.core.person;

import static java.util.Objects.requireNonNull;

import dev.postern.api.hop.Person;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Asks through the program that {@code SSH_ASKPASS} names: the question is its argument, its first
 * line is the answer, and a failure is a no.
 */
public final class AskpassPerson implements Person {
  private static final int ANSWER_LIMIT = 4096;

  private final String program;

  public AskpassPerson(String program) {
    this.program = requireNonNull(program, "program is null");
  }

  @Override
  public boolean isPresent() {
    return true;
  }

  @Override
  public SecretValue ask(String question, boolean echo) throws SecretException {
    Process process;
    try {
      process =
          new ProcessBuilder(program, question)
              .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException e) {
      throw new SecretException(
          "SSH_ASKPASS names '%s', which cannot be run".formatted(program), e);
    }
    byte[] output = new byte[0];
    try (InputStream stdout = process.getInputStream()) {
      output = stdout.readNBytes(ANSWER_LIMIT);
      if (process.waitFor() != 0) {
        throw new SecretException(
            "the question was declined (%s ended with %d)".formatted(program, process.exitValue()));
      }
      return SecretValue.ofUtf8(Arrays.copyOf(output, firstLine(output)));
    } catch (IOException e) {
      throw new SecretException("the answer of '%s' cannot be read".formatted(program), e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new SecretException("the question was cancelled", e);
    } finally {
      Arrays.fill(output, (byte) 0);
    }
  }

  private static int firstLine(byte[] output) {
    int end = 0;
    while (end < output.length && output[end] != '\n' && output[end] != '\r') {
      end++;
    }
    return end;
  }

  @Override
  public void tell(String text) {
    // The program shows questions only.
  }
}
