package dev.postern.core.sshd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The TCP sockets of this process, as the kernel lists them. */
final class ProcessSockets {
  private static final String ESTABLISHED = "01";
  private static final String CONNECTING = "02";
  private static final String LISTENING = "0A";

  private ProcessSockets() {}

  static Set<String> listening() throws IOException {
    Set<String> result = new HashSet<>();
    for (String[] socket : mine()) {
      if (socket[3].equals(LISTENING)) {
        result.add(socket[1]);
      }
    }
    return result;
  }

  /** How many of our sockets are connected to that port. */
  static long connectedTo(int port) throws IOException {
    return to(port, ESTABLISHED);
  }

  /** How many of our sockets wait for an answer from that port. */
  static long connectingTo(int port) throws IOException {
    return to(port, CONNECTING);
  }

  private static long to(int port, String state) throws IOException {
    String suffix = ":%04X".formatted(port);
    return mine().stream()
        .filter(socket -> socket[3].equals(state) && socket[2].endsWith(suffix))
        .count();
  }

  private static List<String[]> mine() throws IOException {
    Set<String> inodes = inodes();
    Stream<String> lines =
        Stream.of("/proc/net/tcp", "/proc/net/tcp6")
            .map(Path::of)
            .filter(Files::exists)
            .flatMap(ProcessSockets::lines);
    return lines
        .map(line -> line.strip().split("\\s+"))
        .filter(fields -> inodes.contains(fields[9]))
        .toList();
  }

  private static Stream<String> lines(Path table) {
    try {
      return Files.readAllLines(table).stream().skip(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> inodes() throws IOException {
    Set<String> result = new HashSet<>();
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors.toList()) {
        String target = target(descriptor);
        if (target.startsWith("socket:[")) {
          result.add(target.substring(8, target.length() - 1));
        }
      }
    }
    return result;
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return ""; // closed meanwhile
    }
  }
}
