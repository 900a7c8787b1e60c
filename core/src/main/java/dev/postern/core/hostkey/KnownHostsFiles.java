package dev.postern.core.hostkey;

import dev.postern.circuit.Phase;
import dev.postern.core.hop.HopFailure;
import dev.postern.problem.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads known_hosts files. A file that is not there is empty; one that is there but cannot be read
 * is an error, since it may hold what would have been refused. They are read every time, and parsed
 * only when they hold something else than the last time: a run over a thousand targets would parse
 * their thousand lines for each. Safe for use by several threads.
 */
final class KnownHostsFiles {
  /** Longer lines match nothing; the longest honest ones, of RSA keys, have 3 KB. */
  private static final int LINE_LIMIT = 65_536;

  private static final Path NULL_DEVICE = Path.of("/dev/null");

  private final Map<Path, Parsed> known = new ConcurrentHashMap<>();

  /** The lines of all the files that can be understood, in order. */
  List<KnownHost> read(List<Path> files) throws HopFailure {
    List<KnownHost> result = new ArrayList<>();
    for (Path file : files) {
      try {
        if (exists(file)) {
          result.addAll(lines(file));
        }
      } catch (AccessDeniedException e) {
        throw unreadable(file, "permission denied", e);
      } catch (IOException e) {
        throw unreadable(file, String.valueOf(e.getMessage()), e);
      }
    }
    return result;
  }

  private List<KnownHost> lines(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    Parsed before = known.get(file);
    if (before != null && Arrays.equals(before.bytes, bytes)) {
      return before.lines;
    }
    List<KnownHost> lines = parse(file, bytes);
    known.put(file, new Parsed(bytes, lines));
    return lines;
  }

  /** The usual way to have no file at all. */
  static boolean isNullDevice(Path file) {
    return file.equals(NULL_DEVICE);
  }

  private static boolean exists(Path file) throws IOException, HopFailure {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(file, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      return appeared(file);
    }
    if (attributes.isDirectory()) {
      throw unreadable(file, "it is a directory", null);
    }
    if (!attributes.isRegularFile() && !isNullDevice(file)) {
      throw unreadable(file, "it is not a regular file", null);
    }
    return true;
  }

  /** Whether somebody made the file just now; if not, nothing unusable may stand in its place. */
  private static boolean appeared(Path file) throws HopFailure {
    if (Files.isSymbolicLink(file)) {
      throw unreadable(file, "it is a symbolic link to nothing", null);
    }
    if (Files.isRegularFile(file)) {
      return true;
    }
    Path parent = file.toAbsolutePath().getParent();
    while (parent != null && !Files.exists(parent, LinkOption.NOFOLLOW_LINKS)) {
      parent = parent.getParent();
    }
    if (parent != null && !Files.isDirectory(parent)) {
      throw unreadable(file, parent + " is not a directory", null);
    }
    return false;
  }

  private static List<KnownHost> parse(Path file, byte[] bytes) {
    List<KnownHost> lines = new ArrayList<>();
    int begin = 0;
    for (int number = 1; begin <= bytes.length; number++) {
      int end = begin;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      if (end - begin <= LINE_LIMIT) {
        String text = new String(bytes, begin, end - begin, StandardCharsets.UTF_8);
        KnownHost.parse(file, number, text).ifPresent(lines::add);
      }
      begin = end + 1;
    }
    return List.copyOf(lines);
  }

  private static HopFailure unreadable(Path file, String reason, @Nullable Throwable cause) {
    String sentence =
        "The known_hosts file "
            + file
            + " cannot be read ("
            + reason
            + "), so no host key can be trusted; repair it, or name another one in known-hosts.";
    return new HopFailure(Code.HOST_KEY_FILE_UNREADABLE, Phase.HOST_KEY, sentence, cause);
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Parsed(byte[] bytes, List<KnownHost> lines) {}
}
