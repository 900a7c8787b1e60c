package dev.postern.integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A real MariaDB server on loopback, with data of its own in a temporary folder. */
final class RealMariadb implements AutoCloseable {
  static final String USER = "app";
  static final String DATABASE = "orders";
  private static final String ACCOUNT = "mysql";

  private final Process process;
  private final Path folder;
  private final int port;
  private final String password;

  private RealMariadb(Process process, Path folder, int port, String password) {
    this.process = process;
    this.folder = folder;
    this.port = port;
    this.password = password;
  }

  static RealMariadb start() {
    try {
      Path folder = Files.createTempDirectory("postern-mariadb-");
      Path data = folder.resolve("data");
      String password = "pw-" + UUID.randomUUID();
      Commands.run("chown", ACCOUNT, folder.toString());
      Commands.run(
          "mariadb-install-db",
          "--no-defaults",
          "--user=" + ACCOUNT,
          "--datadir=" + data,
          "--skip-test-db");
      Path statements = folder.resolve("init.sql");
      Files.write(
          statements,
          List.of(
              "CREATE DATABASE " + DATABASE + ";",
              "CREATE USER '" + USER + "'@'%' IDENTIFIED BY '" + password + "';",
              "GRANT ALL ON " + DATABASE + ".* TO '" + USER + "'@'%';"));
      Commands.run("chown", ACCOUNT, statements.toString());
      int port;
      try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
        port = free.getLocalPort();
      }
      Process process =
          new ProcessBuilder(
                  "mariadbd",
                  "--no-defaults",
                  "--user=" + ACCOUNT,
                  "--datadir=" + data,
                  "--socket=" + folder.resolve("socket"),
                  "--pid-file=" + folder.resolve("pid"),
                  "--bind-address=127.0.0.1",
                  "--port=" + port,
                  "--skip-name-resolve",
                  "--init-file=" + statements)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("mariadb.log").toFile())
              .start();
      RealMariadb server = new RealMariadb(process, folder, port, password);
      Awaitility.await("mariadb").atMost(Duration.ofSeconds(30)).until(server::isReady);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isReady() throws IOException {
    String log = Files.readString(folder.resolve("mariadb.log"));
    if (!process.isAlive()) {
      throw new IllegalStateException("mariadb ended: " + log);
    }
    return log.contains("ready for connections");
  }

  int port() {
    return port;
  }

  String password() {
    return password;
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Commands.run("rm", "-rf", folder.toString());
  }
}
