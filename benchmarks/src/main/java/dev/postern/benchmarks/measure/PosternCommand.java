package dev.postern.benchmarks.measure;

import dev.postern.benchmarks.bed.Bed;
import dev.postern.benchmarks.bed.Hop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The command of this checkout, as a user has it from the second run on: with an archive of its
 * classes, in a cache of its own.
 */
final class PosternCommand {
  private static final int ARCHIVE_SECONDS = 90;

  private final Path launcher;
  private final Path configuration;
  private final Path cache;

  private PosternCommand(Path launcher, Path configuration, Path cache) {
    this.launcher = launcher;
    this.configuration = configuration;
    this.cache = cache;
  }

  /** Writes a configuration with routes {@code hops1}, {@code hops2}… and a group of targets. */
  static PosternCommand of(Path launcher, Bed bed, int targets) throws IOException {
    Path folder = bed.folder();
    String auth =
        "auth = [{ type = publickey, agent = false, identities = [\"%s\"] }]"
            .formatted(folder.resolve("id"));
    List<String> lines = new ArrayList<>();
    lines.add("postern {");
    lines.add("defaults.known-hosts = [\"" + folder.resolve("known_hosts") + "\"]");
    for (int hops = 1; hops <= 2; hops++) {
      String chain =
          bed.near(hops).stream()
              .map(hop -> "{ %s, %s }".formatted(address(hop), auth))
              .collect(Collectors.joining(", "));
      lines.add("routes.hops" + hops + ".hops = [" + chain + "]");
    }
    lines.add("groups.crowd { via = hops1, " + auth + ", targets = [");
    List<Hop> all = bed.targets(targets);
    for (int i = 0; i < all.size(); i++) {
      lines.add("{ name = t" + i + ", " + address(all.get(i)) + " }");
    }
    lines.add("] } }");
    Path file = Files.write(folder.resolve("postern-" + targets + ".conf"), lines);
    return new PosternCommand(launcher, file, folder.resolve("cache"));
  }

  private static String address(Hop hop) {
    return "host = \"" + hop.host() + "\", port = " + hop.port();
  }

  /** A command line. */
  List<String> line(String... words) {
    return Stream.concat(Stream.of(launcher.toString()), Stream.of(words)).toList();
  }

  /** What its process wants in its environment. */
  Map<String, String> environment() {
    return Map.of("XDG_CACHE_HOME", cache.toString(), "POSTERN_CONFIG", configuration.toString());
  }

  /** Runs it once, and waits for the archive that it makes; gives whether there is one. */
  boolean makeArchive() throws IOException, InterruptedException {
    Files.createDirectories(cache);
    Cold.run(line("--version"), environment());
    for (int i = 0; i < ARCHIVE_SECONDS * 10; i++) {
      if (hasArchive()) {
        return true;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return false;
  }

  private boolean hasArchive() throws IOException {
    Path folder = cache.resolve("postern");
    if (!Files.isDirectory(folder)) {
      return false;
    }
    // Half a one is in a folder of its own there.
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.toString().matches(".*\\.(jsa|aot)"));
    }
  }
}
