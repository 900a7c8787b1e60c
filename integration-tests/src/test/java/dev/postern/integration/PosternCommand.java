package dev.postern.integration;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs the launcher as a person's shell would. */
final class PosternCommand {
  static final Path LAUNCHER = Path.of("..", "postern").toAbsolutePath().normalize();

  private final Path folder;
  private final Map<String, String> environment;

  PosternCommand(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = environment;
  }

  Result run(String... arguments) throws Exception {
    return run(new byte[0], arguments);
  }

  Result run(byte[] input, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().remove("SSH_AUTH_SOCK");
    builder.environment().remove("POSTERN_CONFIG");
    builder.environment().put("HOME", folder.toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    CompletableFuture<byte[]> output =
        CompletableFuture.supplyAsync(() -> drain(process.getInputStream()));
    CompletableFuture<byte[]> error =
        CompletableFuture.supplyAsync(() -> drain(process.getErrorStream()));
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(input);
    } catch (IOException e) {
      // the command may end without reading its input
    }
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(command + " did not end");
    }
    return new Result(
        process.exitValue(), output.get(), new String(error.get(), StandardCharsets.UTF_8));
  }

  private static byte[] drain(InputStream stream) {
    try {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      stream.transferTo(all);
      return all.toByteArray();
    } catch (IOException e) {
      return new byte[0];
    }
  }

  record Result(int exitCode, byte[] bytes, String error) {
    String output() {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
