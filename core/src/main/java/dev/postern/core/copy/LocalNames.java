package dev.postern.core.copy;

import dev.postern.core.text.RawNames;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Names of this machine, byte for byte: a path of the JDK takes and gives text in the locale's
 * charset, where half of the bytes may have no place; its URI has them all.
 */
final class LocalNames {
  private static final char UNKNOWN = '\ufffd';
  private static final String PLAIN = "-._~/";

  private final FileSystem files;

  LocalNames(FileSystem files) {
    this.files = files;
  }

  private boolean hasUris() {
    return files == FileSystems.getDefault() && files.getSeparator().equals("/");
  }

  /** The path that a name stands for. */
  Path path(String name) {
    if (!RawNames.hasBytes(name)) {
      try {
        return files.getPath(name);
      } catch (InvalidPathException e) {
        if (!hasUris() || name.indexOf('\0') >= 0) {
          throw e;
        }
      }
    } else if (!hasUris()) {
      throw new InvalidPathException(name, "it is not text");
    }
    String folder = name.startsWith("/") ? "" : files.getPath("").toUri().getRawPath();
    String above = folder.isEmpty() || folder.endsWith("/") ? folder : folder + "/";
    return Path.of(URI.create("file://" + above + encoded(RawNames.bytes(name))));
  }

  private static String encoded(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length * 3);
    for (byte each : bytes) {
      int value = each & 0xff;
      if (value < 0x80 && (Character.isLetterOrDigit(value) || PLAIN.indexOf(value) >= 0)) {
        text.append((char) value);
      } else {
        text.append("%%%02X".formatted(value));
      }
    }
    return text.toString();
  }

  /** The name of a path. */
  String name(Path path) {
    String text = path.toString();
    if (text.indexOf(UNKNOWN) < 0 || !hasUris()) {
      return files.getSeparator().equals("/") ? text : text.replace(files.getSeparator(), "/");
    }
    return RawNames.text(decoded(path.toUri().getRawPath()));
  }

  /** The last name of a path. */
  String last(Path path) {
    Path last = path.getFileName();
    if (last == null) {
      return "";
    }
    String text = last.toString();
    return text.indexOf(UNKNOWN) < 0 ? text : TreePaths.name(name(path));
  }

  private static byte[] decoded(String raw) {
    String path = TreePaths.withoutEnd(raw);
    byte[] bytes = new byte[path.length()];
    int count = 0;
    for (int i = 0; i < path.length(); i++) {
      if (path.charAt(i) == '%') {
        bytes[count++] = (byte) Integer.parseInt(path.substring(i + 1, i + 3), 16);
        i += 2;
      } else {
        bytes[count++] = (byte) path.charAt(i);
      }
    }
    return java.util.Arrays.copyOf(bytes, count);
  }
}
