package dev.postern.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Somebody who has Maven, {@code postern} on the search path, our artifacts, a home that is empty,
 * and not our source.
 */
final class Outside {
  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();

  private Outside(Path folder) {
    this.folder = folder;
  }

  /** In an empty folder; Maven is online if it is here. */
  static Outside in(Path folder) throws IOException {
    return in(folder, System.getProperty("maven.mode").equals("offline true") ? "-o" : "");
  }

  /**
   * Whose Maven is online, as a bill of materials wants it; what it needs is there all the same.
   */
  static Outside onlineIn(Path folder) throws IOException {
    return in(folder, "");
  }

  private static Outside in(Path folder, String offline) throws IOException {
    Path tools = Files.createDirectory(folder.resolve("tools"));
    Path build = Path.of(System.getProperty("maven.repository"));
    LocalRepository repository =
        LocalRepository.make(build, Checkout.file("examples/target/repository"));
    script(
        tools.resolve("mvn"),
        "'%s/bin/mvn' %s '-Dmaven.repo.local=%s'"
            .formatted(System.getProperty("maven.home"), offline, repository));
    script(tools.resolve("postern"), "'%s'".formatted(Checkout.file("postern")));
    Outside outside = new Outside(Files.createDirectory(folder.resolve("work")));
    outside.environment.put("PATH", tools + ":" + System.getenv("PATH"));
    outside.environment.put("JAVA_HOME", System.getProperty("java.home"));
    outside.environment.put("HOME", Files.createDirectory(folder.resolve("home")).toString());
    return outside;
  }

  private static void script(Path file, String command) throws IOException {
    Files.writeString(file, "#!/bin/sh\nexec %s \"$@\"\n".formatted(command));
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  Path folder() {
    return folder;
  }

  /** Sets a variable of the environment. */
  Outside with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Types commands, and expects all of them to succeed. */
  String succeed(String commands) throws Exception {
    Outcome outcome = run("sh", "-e", "-c", commands);
    assertThat(outcome.exitCode())
        .as("%s%n%s%s", commands, outcome.output(), outcome.error())
        .isZero();
    return outcome.output();
  }

  /** Runs one program, which is looked for on this person's search path. */
  Outcome run(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("/usr/bin/env"));
    command.addAll(List.of(words));
    Path output = Files.createTempFile("output", ".txt");
    Path error = Files.createTempFile("error", ".txt");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(output.toFile())
              .redirectError(error.toFile());
      List.of("SSH_AUTH_SOCK", "POSTERN_CONFIG", "POSTERN_PLUGINS", "XDG_DATA_HOME")
          .forEach(builder.environment().keySet()::remove);
      builder.environment().putAll(environment);
      Process process = builder.start();
      if (!process.waitFor(10, MINUTES)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new AssertionError(command + " did not end");
      }
      return new Outcome(
          process.exitValue(), Files.readString(output, UTF_8), Files.readString(error, UTF_8));
    } finally {
      Files.delete(output);
      Files.delete(error);
    }
  }

  record Outcome(int exitCode, String output, String error) {}
}
