package dev.postern.auth.publickey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** OpenSSH's own tools, in a test's directory. */
final class Tools {
  private Tools() {}

  static void assumeInstalled(String... programs) {
    for (String program : programs) {
      boolean found =
          Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
              .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
      assumeTrue(found, program + " is not installed");
    }
  }

  /** Makes a key pair with ssh-keygen: {@code key(file, "-t", "ed25519", "-N", "")}. */
  static Path key(Path file, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("ssh-keygen", "-q", "-C", "alice@laptop"));
    command.addAll(List.of(options));
    command.addAll(List.of("-f", file.toString()));
    run(Map.of(), command.toArray(String[]::new));
    return file;
  }

  static Path ed25519(Path file) throws Exception {
    return key(file, "-t", "ed25519", "-N", "");
  }

  static Path encrypted(Path file) throws Exception {
    return key(file, "-t", "ed25519", "-N", "open sesame", "-a", "1");
  }

  static void run(Map<String, String> environment, String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  static PublicBlob publicKey(Path file) throws IOException {
    return PublicBlob.ofLine(Files.readAllBytes(KeyFiles.sibling(file, ".pub"))).orElseThrow();
  }
}
