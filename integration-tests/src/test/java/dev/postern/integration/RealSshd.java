package dev.postern.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A real OpenSSH server on loopback with a configuration, and if it wants a PAM stack, of its own.
 */
final class RealSshd implements AutoCloseable {
  private final Process process;
  private final int port;
  private final Path folder;
  private final Path hostKey;
  private final List<Path> made;

  private RealSshd(Process process, int port, Path folder, Path hostKey, List<Path> made) {
    this.process = process;
    this.port = port;
    this.folder = folder;
    this.hostKey = hostKey;
    this.made = made;
  }

  static Builder in(Path folder) {
    return new Builder(folder);
  }

  int port() {
    return port;
  }

  Path hostKey() {
    return hostKey;
  }

  /** The line that makes this server known under an address. */
  String knownHostsLine(String host) {
    String[] key = Keys.publicLine(hostKey).split(" ");
    return "[" + host + "]:" + port + " " + key[0] + " " + key[1] + "\n";
  }

  /** The log once it has a text: a server answers its client first and logs afterwards. */
  String logWith(String text) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(log()).contains(text));
    return log();
  }

  String log() {
    try {
      return Files.readString(folder.resolve("sshd.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills what serves connections, and leaves the server that would take new ones. */
  void killSessions() {
    stoppedDescendants().forEach(ProcessHandle::destroyForcibly);
  }

  /**
   * All of them, the one included that a session forks when it has told its client that it is
   * signed in: what is stopped forks no more, and a child is missed only while its parent goes on.
   */
  private Set<ProcessHandle> stoppedDescendants() {
    Set<ProcessHandle> all = new LinkedHashSet<>();
    for (List<ProcessHandle> now = process.descendants().toList();
        all.addAll(now);
        now = process.descendants().toList()) {
      stop(now);
    }
    return all;
  }

  private static void stop(List<ProcessHandle> processes) {
    List<String> command = new ArrayList<>(List.of("kill", "-STOP"));
    processes.forEach(handle -> command.add(String.valueOf(handle.pid())));
    try {
      new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
      // In the middle of a fork it stops only afterwards.
      Awaitility.await()
          .pollDelay(Duration.ZERO)
          .until(() -> processes.stream().allMatch(RealSshd::isStill));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Kills the server and every connection of it, as a crash would. */
  void kill() {
    stop(List.of(process.toHandle()));
    Set<ProcessHandle> all = stoppedDescendants();
    process.destroyForcibly();
    // The servers first: one that outlives its shell would say that the command has ended.
    all.stream().filter(RealSshd::isServer).forEach(ProcessHandle::destroyForcibly);
    all.forEach(ProcessHandle::destroyForcibly);
  }

  private static boolean isStill(ProcessHandle handle) {
    try {
      String status = Files.readString(Path.of("/proc/%d/stat".formatted(handle.pid())));
      return "TZX".indexOf(status.charAt(status.lastIndexOf(')') + 2)) >= 0;
    } catch (IOException e) {
      return true; // gone
    }
  }

  private static boolean isServer(ProcessHandle handle) {
    return handle.info().command().filter(command -> command.contains("sshd")).isPresent();
  }

  @Override
  public void close() {
    kill();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
      for (Path file : made) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static final class Builder {
    private final Path folder;
    private final List<String> options = new ArrayList<>();
    private final List<String> pam = new ArrayList<>();
    private String hostKeyType = "ed25519";
    private String address = "127.0.0.1";
    private int port;
    private Optional<Path> key = Optional.empty();

    private Builder(Path parent) {
      try {
        this.folder = Files.createDirectory(parent.resolve("sshd-" + UUID.randomUUID()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Builder option(String name, String value) {
      options.add(name + " " + value);
      return this;
    }

    /** Uses PAM with these lines as its whole stack. */
    Builder pam(String... lines) {
      pam.addAll(List.of(lines));
      return this;
    }

    Builder hostKeyType(String type) {
      hostKeyType = type;
      return this;
    }

    Builder listenOn(String loopbackAddress) {
      address = loopbackAddress;
      return this;
    }

    /** Takes the place of a server that is gone. */
    Builder inPlaceOf(RealSshd gone, boolean withItsKey) {
      port = gone.port;
      key = Optional.of(gone.hostKey).filter(any -> withItsKey);
      return this;
    }

    RealSshd start() {
      try {
        return launch();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private RealSshd launch() throws IOException {
      Path hostKey = key.orElseGet(() -> Keys.generate(folder, hostKeyType));
      int port = this.port == 0 ? freePort() : this.port;
      Path program = Path.of("/usr/sbin/sshd");
      List<Path> made = new ArrayList<>();
      List<String> lines =
          new ArrayList<>(
              List.of(
                  "Port " + port,
                  "ListenAddress " + address,
                  "HostKey " + hostKey,
                  "PidFile none",
                  "StrictModes no",
                  "UseDNS no",
                  "PrintMotd no",
                  "PrintLastLog no",
                  "LogLevel VERBOSE"));
      lines.addAll(options);
      if (pam.isEmpty()) {
        lines.add("UsePAM no");
      } else {
        lines.add("UsePAM yes");
        // sshd names its PAM service after the name that it was started by
        String service = "sshd-pstrn-" + port;
        program = Files.createSymbolicLink(folder.resolve(service), program);
        Path stack = Path.of("/etc/pam.d", service);
        made.add(stack);
        Files.write(stack, pam);
      }
      Files.createDirectories(Path.of("/run/sshd"));
      Path configuration = folder.resolve("sshd_config");
      Files.write(configuration, lines);
      Process process =
          new ProcessBuilder(program.toString(), "-D", "-e", "-f", configuration.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("sshd.log").toFile())
              .start();
      RealSshd server = new RealSshd(process, port, folder, hostKey, made);
      Awaitility.await("sshd").atMost(Duration.ofSeconds(20)).until(() -> answers(server));
      return server;
    }

    private boolean answers(RealSshd server) {
      if (!server.process.isAlive()) {
        throw new IllegalStateException("sshd ended: " + server.log());
      }
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(address, server.port), 1_000);
        return socket.getInputStream().read() == 'S';
      } catch (IOException e) {
        return false;
      }
    }

    private int freePort() throws IOException {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
        return socket.getLocalPort();
      }
    }
  }
}
