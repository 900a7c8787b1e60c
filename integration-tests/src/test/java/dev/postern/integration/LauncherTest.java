package dev.postern.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as it is, from the places that people call it from. */
final class LauncherTest {
  private static final Path LAUNCHER = Path.of("..", "postern").toAbsolutePath().normalize();
  private static final String JAVA_HOME = System.getProperty("java.home");

  @TempDir private Path folder;

  @Test
  void startsFromAnyDirectory() throws Exception {
    Outcome outcome = run(LAUNCHER, Map.of(), "--version");
    assertThat(outcome.error()).isEmpty();
    assertThat(outcome.output()).startsWith("postern 0.1.0");
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void startsThroughLinksOfBothKinds() throws Exception {
    Path absolute = Files.createSymbolicLink(folder.resolve("absolute"), LAUNCHER);
    Path inner = Files.createDirectory(folder.resolve("bin"));
    Path relative = Files.createSymbolicLink(inner.resolve("relative"), Path.of("../absolute"));
    assertThat(run(absolute, Map.of(), "--version").exitCode()).isZero();
    Outcome outcome = run(relative, Map.of(), "--version");
    assertThat(outcome.error()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void startsFromTheSearchPath() throws Exception {
    Files.createSymbolicLink(folder.resolve("postern"), LAUNCHER);
    Outcome outcome =
        run(
            List.of("/bin/sh", "-c", "postern --version"),
            Map.of("PATH", folder + ":" + System.getenv("PATH")));
    assertThat(outcome.error()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void passesArgumentsOnAsTheyAre() throws Exception {
    Outcome outcome = run(LAUNCHER, Map.of(), "exec", "-o", "a b *=$HOME", "x@y", "--", "true");
    assertThat(outcome.error()).contains("-o a: not supported");
    assertThat(outcome.exitCode()).isEqualTo(2);
  }

  @Test
  void theUsersJavaOptionsComeLast() throws Exception {
    Outcome outcome =
        run(LAUNCHER, Map.of("POSTERN_JAVA_OPTS", "-XX:+NoSuchFlag -Xmx64m"), "--version");
    assertThat(outcome.output() + outcome.error()).contains("NoSuchFlag");
  }

  @Test
  void missingJavaIsOneLineThatSaysHowToGetIt() throws Exception {
    Outcome outcome = run(LAUNCHER, Map.of("PATH", "", "JAVA_HOME", ""), "--version");
    assertThat(outcome.error())
        .startsWith("postern: no Java found. To install it: ")
        .hasLineCount(1);
    assertThat(outcome.output()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(255);
  }

  @Test
  void javaThatIsTooOldIsNamed() throws Exception {
    Path old = folder.resolve("jdk-11");
    Path java = Files.createDirectories(old.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\nexit 1\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Files.writeString(old.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
    Outcome outcome = run(LAUNCHER, Map.of("JAVA_HOME", old.toString()), "--version");
    assertThat(outcome.error())
        .startsWith("postern: Java 17 or newer is needed, and " + java + " is 11. To install it: ")
        .hasLineCount(1);
    assertThat(outcome.exitCode()).isEqualTo(255);
  }

  @Test
  void missingMavenInAFreshCheckoutIsOneLineToo() throws Exception {
    Path checkout = Files.createDirectory(folder.resolve("checkout"));
    Files.copy(LAUNCHER, checkout.resolve("postern"));
    assertThat(checkout.resolve("postern").toFile().setExecutable(true)).isTrue();
    Path tools = Files.createDirectory(folder.resolve("tools"));
    for (String tool : List.of("mkdir", "rm", "cat", "sleep")) {
      Files.createSymbolicLink(tools.resolve(tool), Path.of("/bin", tool));
    }
    Outcome outcome =
        run(
            checkout.resolve("postern"),
            Map.of("PATH", tools.toString(), "JAVA_HOME", JAVA_HOME),
            "demo");
    assertThat(outcome.error())
        .startsWith("postern: no Maven found, which builds postern. To install it: ")
        .hasLineCount(1);
    assertThat(outcome.exitCode()).isEqualTo(255);
    assertThat(checkout.resolve("cli/target/launch/lock.d")).doesNotExist();
  }

  private Outcome run(Path launcher, Map<String, String> environment, String... arguments)
      throws Exception {
    List<String> command = new java.util.ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    return run(command, environment);
  }

  private Outcome run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Path error = folder.resolve("error");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(output.toFile())
            .redirectError(error.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(120, SECONDS)).isTrue();
    return new Outcome(
        process.exitValue(),
        new String(Files.readAllBytes(output), UTF_8),
        new String(Files.readAllBytes(error), UTF_8));
  }

  private record Outcome(int exitCode, String output, String error) {}
}
