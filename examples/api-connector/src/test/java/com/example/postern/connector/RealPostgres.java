package com.example.postern.connector;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Debian's PostgreSQL on loopback, with a cluster of its own, started by root. */
final class RealPostgres implements AutoCloseable {
  static final String PASSWORD = "warehouse password";

  private final Process process;
  private final Path folder;
  private final int port;

  private RealPostgres(Process process, Path folder, int port) {
    this.process = process;
    this.folder = folder;
    this.port = port;
  }

  /** Where its programs are, if it is installed. */
  static Optional<Path> programs() {
    try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.naturalOrder());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static RealPostgres start() throws Exception {
    // Not in a test's folder, which is root's alone: the server refuses to be root.
    Path folder = Files.createTempDirectory("api-connector-postgres");
    run(List.of("chown", "postgres", folder.toString()));
    Path password = Files.writeString(folder.resolve("password"), PASSWORD);
    run(List.of("chown", "postgres", password.toString()));
    run(
        program(
            folder,
            "initdb",
            "--username=postgres",
            "--auth=scram-sha-256",
            "--pwfile=" + password,
            "--no-sync",
            "--encoding=UTF8",
            "--no-locale"));
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(
                program(
                    folder,
                    "postgres",
                    "-c",
                    "listen_addresses=127.0.0.1",
                    "-c",
                    "port=" + port,
                    "-c",
                    "unix_socket_directories=" + folder))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Awaitility.await("postgres")
        .atMost(Duration.ofSeconds(30))
        .until(() -> Files.readString(log).contains("ready to accept connections"));
    return new RealPostgres(process, folder, port);
  }

  private static List<String> program(Path folder, String name, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "setpriv",
                "--reuid=postgres",
                "--regid=postgres",
                "--clear-groups",
                programs().orElseThrow().resolve(name).toString(),
                "-D",
                folder.resolve("data").toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  private static void run(List<String> command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .directory(Path.of("/").toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IllegalStateException(command + ": " + output);
    }
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port);
  }

  @Override
  public void close() throws Exception {
    // SIGQUIT: it ends its children, and gives its shared memory back.
    run(List.of("kill", "-QUIT", String.valueOf(process.pid())));
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
