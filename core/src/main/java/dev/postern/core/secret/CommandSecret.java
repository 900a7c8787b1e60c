package dev.postern.core.secret;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;

/** Runs a program and takes what it prints. Its output and arguments never reach a message. */
record CommandSecret(List<String> command, Duration timeout) implements Secret {
  @Override
  public SecretValue read() throws SecretException {
    Process process = start();
    FutureTask<SecretBytes> output =
        new FutureTask<>(() -> SecretBytes.read(process.getInputStream()));
    Thread reader = new Thread(output, "postern-secret-command");
    reader.setDaemon(true);
    reader.start();
    try (SecretBytes bytes = await(process, output)) {
      return bytes.secret(name());
    } finally {
      kill(process);
    }
  }

  private Process start() throws SecretException {
    try {
      Process process = new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
      process.getOutputStream().close();
      return process;
    } catch (IOException e) {
      throw new SecretException(
          "%s cannot be started; is it installed and on the PATH?".formatted(name()), e);
    }
  }

  private SecretBytes await(Process process, FutureTask<SecretBytes> output)
      throws SecretException {
    long deadline = System.nanoTime() + timeout.toNanos();
    try {
      SecretBytes bytes = output.get(timeout.toNanos(), NANOSECONDS);
      boolean clean = false;
      try {
        expectSuccess(process, bytes, deadline);
        clean = true;
        return bytes;
      } finally {
        if (!clean) {
          bytes.close();
        }
      }
    } catch (TimeoutException e) {
      throw new SecretException(
          "%s did not finish within %ss and was killed".formatted(name(), seconds()), e);
    } catch (ExecutionException e) {
      throw new SecretException("the output of %s cannot be read".formatted(name()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SecretException("%s was killed: nobody waits for it".formatted(name()), e);
    }
  }

  private void expectSuccess(Process process, SecretBytes bytes, long deadline)
      throws SecretException, InterruptedException, TimeoutException {
    if (bytes.isTooLong()) {
      return; // it may still be printing; the sentence about its length is the useful one
    }
    if (!process.waitFor(deadline - System.nanoTime(), NANOSECONDS)) {
      throw new TimeoutException();
    }
    if (process.exitValue() != 0) {
      throw new SecretException(
          "%s failed with exit code %d".formatted(name(), process.exitValue()));
    }
  }

  /** The children too: a wrapper's child would keep the output open. */
  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private String name() {
    return "the command '" + command.get(0) + "'";
  }

  private String seconds() {
    return timeout.toMillis() % 1000 == 0
        ? String.valueOf(timeout.toSeconds())
        : String.valueOf(timeout.toMillis() / 1000.0);
  }

  @Override
  public String toString() {
    return "*** (command " + command.get(0) + ")";
  }
}
