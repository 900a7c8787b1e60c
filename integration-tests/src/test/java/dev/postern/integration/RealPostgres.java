package dev.postern.integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A real PostgreSQL server on loopback, with a cluster of its own in a temporary folder. It listens
 * on TCP, and on a Unix socket in its folder; both want the password.
 */
final class RealPostgres implements AutoCloseable {
  static final String USER = "postgres";
  static final String DATABASE = "postgres";

  private final Process process;
  private final Path folder;
  private final int port;
  private final String password;

  private RealPostgres(Process process, Path folder, int port, String password) {
    this.process = process;
    this.folder = folder;
    this.port = port;
    this.password = password;
  }

  /** A server without TLS. */
  static RealPostgres start() {
    return start(List.of());
  }

  /** A server that offers TLS too, with the self-signed certificate {@link #certificate()}. */
  static RealPostgres startWithTls() {
    return start(List.of("-c", "ssl=on"));
  }

  private static RealPostgres start(List<String> options) {
    try {
      // Not below a test's own folder, which only root may enter: the server refuses to be root.
      Path folder = Files.createTempDirectory("postern-postgres-");
      Commands.run("chown", USER, folder.toString());
      String password = "pw-" + UUID.randomUUID();
      createCluster(folder, password);
      if (!options.isEmpty()) {
        createCertificate(folder);
      }
      int port = freePort();
      List<String> command = new ArrayList<>(asServer(folder, "postgres"));
      command.addAll(List.of("-c", "listen_addresses=127.0.0.1", "-c", "port=" + port));
      command.addAll(List.of("-c", "unix_socket_directories=" + folder, "-c", "fsync=off"));
      command.addAll(options);
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("postgres.log").toFile())
              .start();
      RealPostgres server = new RealPostgres(process, folder, port, password);
      Awaitility.await("postgres").atMost(Duration.ofSeconds(30)).until(server::isReady);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void createCluster(Path folder, String password) throws IOException {
    Path file = folder.resolve("password");
    Files.writeString(file, password);
    Commands.run("chown", USER, file.toString());
    List<String> command = new ArrayList<>(asServer(folder, "initdb"));
    command.addAll(List.of("--username", USER, "--auth", "scram-sha-256"));
    command.addAll(List.of("--pwfile", file.toString(), "--no-sync", "--no-locale"));
    command.addAll(List.of("--encoding", "UTF8"));
    Commands.run(command, "");
    Files.delete(file);
  }

  private static void createCertificate(Path folder) {
    Path data = folder.resolve("data");
    String key = data.resolve("server.key").toString();
    String certificate = data.resolve("server.crt").toString();
    Commands.run(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
        "-addext",
        "subjectAltName=DNS:localhost,IP:127.0.0.1",
        "-keyout",
        key,
        "-out",
        certificate);
    Commands.run("chown", USER, key, certificate);
    Commands.run("chmod", "600", key);
  }

  private static List<String> asServer(Path folder, String program) {
    return List.of(
        "setpriv",
        "--reuid=" + USER,
        "--regid=" + USER,
        "--clear-groups",
        programs().resolve(program).toString(),
        "-D",
        folder.resolve("data").toString());
  }

  /** Where Debian keeps the programs of the newest version that is installed. */
  static Path programs() {
    Path versions = Path.of("/usr/lib/postgresql");
    try (Stream<Path> found = Files.list(versions)) {
      return found
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.comparing(Path::toString))
          .orElse(versions);
    } catch (IOException e) {
      return versions;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  private boolean isReady() {
    if (!process.isAlive()) {
      throw new IllegalStateException("postgres ended: " + log());
    }
    return log().contains("database system is ready to accept connections");
  }

  int port() {
    return port;
  }

  String password() {
    return password;
  }

  /** The folder of the Unix socket, {@code .s.PGSQL.<port>}. */
  Path socketFolder() {
    return folder;
  }

  Path certificate() {
    return folder.resolve("data").resolve("server.crt");
  }

  /** Runs statements with the server's own client, from this machine, and gives what it printed. */
  String psql(String statements) {
    return Commands.run(
        List.of(
            "env",
            "PGPASSWORD=" + password,
            "psql",
            "--no-psqlrc",
            "--tuples-only",
            "--no-align",
            "--set=ON_ERROR_STOP=1",
            "--host=127.0.0.1",
            "--port=" + port,
            "--username=" + USER,
            "--dbname=" + DATABASE),
        statements);
  }

  String log() {
    try {
      return new String(Files.readAllBytes(folder.resolve("postgres.log")), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it at once, with its connections. */
  @Override
  public void close() {
    // SIGQUIT, not SIGKILL: it ends its children and gives its shared memory back.
    Commands.run("kill", "-QUIT", String.valueOf(process.pid()));
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Commands.run("rm", "-rf", folder.toString());
  }
}
