package dev.postern.integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.awaitility.Awaitility;

/** A program of Debian's that listens on loopback: a proxy, or something that wraps TLS. */
record RealProxy(Process process, int port) implements AutoCloseable {
  /** A SOCKS 5 proxy that lets this user in. */
  static RealProxy socks(String user, String password) {
    return start(
        port ->
            List.of(
                "microsocks",
                "-i",
                "127.0.0.1",
                "-p",
                String.valueOf(port),
                "-u",
                user,
                "-P",
                password));
  }

  /** OpenSSH's own SOCKS proxy, which exits from a server. */
  static RealProxy openSshSocks(RealSshd server, String user, Path key) {
    return start(
        port ->
            List.of(
                "ssh",
                "-F",
                "none",
                "-N",
                "-D",
                "127.0.0.1:" + port,
                "-i",
                key.toString(),
                "-p",
                String.valueOf(server.port()),
                "-o",
                "StrictHostKeyChecking=no",
                "-o",
                "UserKnownHostsFile=/dev/null",
                user + "@127.0.0.1"));
  }

  /** An HTTP proxy that lets this user in. */
  static RealProxy http(Path folder, String user, String password) {
    return start(
        port -> {
          Path file = folder.resolve("tinyproxy-" + port);
          try {
            Files.write(
                file,
                List.of(
                    "Port " + port,
                    "Listen 127.0.0.1",
                    "Timeout 600",
                    "MaxClients 20",
                    "Allow 127.0.0.1",
                    "LogFile \"" + folder.resolve("tinyproxy.log") + '"',
                    "BasicAuth " + user + " " + password));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return List.of("tinyproxy", "-d", "-c", file.toString());
        });
  }

  /** A listener that speaks TLS, in front of a server. */
  static RealProxy tls(Path folder, RealSshd server) {
    Path certificate = folder.resolve("tls.pem");
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
        "-keyout",
        certificate.toString(),
        "-out",
        folder.resolve("tls.crt").toString());
    return start(
        port ->
            List.of(
                "socat",
                "OPENSSL-LISTEN:%d,bind=127.0.0.1,key=%s,cert=%s,verify=0,fork"
                    .formatted(port, certificate, folder.resolve("tls.crt")),
                "TCP:127.0.0.1:" + server.port()));
  }

  private static RealProxy start(IntFunction<List<String>> command) {
    try {
      int port;
      try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
        port = free.getLocalPort();
      }
      Process process =
          new ProcessBuilder(command.apply(port))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      RealProxy proxy = new RealProxy(process, port);
      Awaitility.await("proxy").atMost(Duration.ofSeconds(20)).until(proxy::answers);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean answers() {
    if (!process.isAlive()) {
      throw new IllegalStateException("the proxy ended with " + process.exitValue());
    }
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
