package dev.postern.benchmarks.bed;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is measured on: a chain of servers with a link of a chosen length before each, a
 * source and sink, a web server. In the folder are {@code id}, the key that all servers let in,
 * {@code known_hosts} and {@code ssh_config}.
 */
public final class Bed implements AutoCloseable {
  /** How many servers there are in a row. */
  public static final int HOPS = 4;

  private static final int TARGET_ADDRESSES = 15;

  private final Path folder;
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final List<Sshd> servers = new ArrayList<>();
  private final List<DelayProxy> links = new ArrayList<>();
  private final SourceSink sourceSink;
  private final WebServer webServer;

  private Bed(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    Path key = folder.resolve("id");
    Sshd.makeKey(key);
    Path authorized = folder.resolve("id.pub");
    for (int i = 1; i <= HOPS; i++) {
      List<String> addresses = i == 2 ? targetAddresses() : List.of("127.0.0.1");
      Sshd server = keep(Sshd.start(folder.resolve("sshd-" + i), addresses, authorized));
      servers.add(server);
      links.add(keep(DelayProxy.before(server.port())));
    }
    sourceSink = keep(SourceSink.start());
    webServer = keep(WebServer.start());
    writeKnownHosts();
    writeConfiguration(key);
  }

  /** Starts it, in a folder of its own that goes when it is closed. */
  public static Bed make() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("postern-benchmarks-");
    try {
      Bed bed = new Bed(folder);
      // Also where somebody loses patience.
      Runtime.getRuntime().addShutdownHook(new Thread(bed::close));
      return bed;
    } catch (IOException | InterruptedException | RuntimeException e) {
      remove(folder);
      throw e;
    }
  }

  /** Where its files are. */
  public Path folder() {
    return folder;
  }

  /** The first servers of the row, without links. */
  public List<Hop> near(int hops) {
    return servers.subList(0, hops).stream()
        .map(server -> new Hop("127.0.0.1", server.port()))
        .toList();
  }

  /** The first servers of the row, each behind its link. */
  public List<Hop> far(int hops) {
    return links.subList(0, hops).stream().map(link -> new Hop("127.0.0.1", link.port())).toList();
  }

  /** Sets the length of each link: that of the first server, of the second, and so on. */
  public void delays(Duration first, Duration others) {
    links.get(0).delay(first);
    links.subList(1, HOPS).forEach(link -> link.delay(others));
  }

  /** Targets behind the first server: one server under several addresses, in turn. */
  public List<Hop> targets(int count) {
    List<String> addresses = targetAddresses();
    return IntStream.range(0, count)
        .mapToObj(i -> new Hop(addresses.get(i % addresses.size()), servers.get(1).port()))
        .toList();
  }

  /** The source and sink, as the last hop reaches it. */
  public Hop sourceSink() {
    return sourceSink.address();
  }

  /** The web server, as the last hop reaches it. */
  public Hop webServer() {
    return webServer.address();
  }

  /** OpenSSH takes 16 at most. */
  private static List<String> targetAddresses() {
    return IntStream.rangeClosed(1, TARGET_ADDRESSES).mapToObj(i -> "127.0.0." + i).toList();
  }

  private <T extends AutoCloseable> T keep(T part) {
    parts.push(part);
    return part;
  }

  private void writeKnownHosts() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < HOPS; i++) {
      String key = servers.get(i).key();
      List<String> addresses = i == 1 ? targetAddresses() : List.of("127.0.0.1");
      for (String address : addresses) {
        lines.add("[" + address + "]:" + servers.get(i).port() + " " + key);
      }
      lines.add("[127.0.0.1]:" + links.get(i).port() + " " + key);
    }
    Files.write(folder.resolve("known_hosts"), lines);
  }

  private void writeConfiguration(Path key) throws IOException {
    Files.write(
        folder.resolve("ssh_config"),
        List.of(
            "Host *",
            "  User " + System.getProperty("user.name"),
            "  IdentityFile " + key,
            "  IdentitiesOnly yes",
            "  IdentityAgent none",
            "  UserKnownHostsFile " + folder.resolve("known_hosts"),
            "  GlobalKnownHostsFile none",
            "  StrictHostKeyChecking yes",
            "  BatchMode yes",
            "  LogLevel ERROR"));
  }

  @Override
  public synchronized void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        System.err.println("not stopped: " + e);
      }
    }
    remove(folder);
  }

  private static void remove(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path each, @Nullable IOException failure)
                throws IOException {
              Files.delete(each);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      System.err.println("not removed: " + folder + ": " + e);
    }
  }
}
