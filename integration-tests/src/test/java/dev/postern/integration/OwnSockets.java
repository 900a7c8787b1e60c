package dev.postern.integration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What this process has open. */
final class OwnSockets {
  private OwnSockets() {}

  /** The listening TCP sockets. */
  static List<String> listening() throws Exception {
    List<String> inodes = new ArrayList<>();
    try (var descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors) {
        try {
          inodes.add(Files.readSymbolicLink(descriptor).toString());
        } catch (java.nio.file.NoSuchFileException e) {
          // the directory stream's own descriptor
        }
      }
    }
    List<String> listeners = new ArrayList<>();
    for (String table : List.of("/proc/self/net/tcp", "/proc/self/net/tcp6")) {
      for (String line : Files.readAllLines(Path.of(table))) {
        String[] fields = line.strip().split("\\s+");
        if (fields[3].equals("0A") && inodes.contains("socket:[" + fields[9] + "]")) {
          listeners.add(fields[1]);
        }
      }
    }
    return listeners;
  }
}
