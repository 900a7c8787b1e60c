package dev.postern.core.plugin;

import dev.postern.problem.Code;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A file that a plugin comes in: its one jar, or a zip of its jars. */
final class PluginPackage {
  private static final long SIZE_LIMIT = 512L << 20;

  private final Path file;
  private final Path copy;

  private PluginPackage(Path file, Path copy) {
    this.file = file;
    this.copy = copy;
  }

  /**
   * A copy of the file in a folder of ours, so that what is digested is what is installed.
   *
   * @throws PluginFault if it cannot be read, or is neither a jar nor a zip
   */
  static PluginPackage copied(Path file, Path folder) {
    String name = String.valueOf(file.getFileName());
    if (!name.endsWith(".jar") && !name.endsWith(".zip")) {
      throw new PluginFault(
          Code.PLUGIN_NOT_INSTALLED,
          "%s is neither a .jar nor a .zip of jars, which plugins come in".formatted(file));
    }
    Path copy = folder.resolve(".package");
    try (OutputStream content = ownFile(copy)) {
      Files.copy(file, content);
      return new PluginPackage(file, copy);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** Puts the jars into the folder of the copy, which is used up. */
  void unpack(Path folder) {
    String name = String.valueOf(file.getFileName());
    try {
      if (name.endsWith(".jar")) {
        Files.move(copy, folder.resolve(name));
      } else {
        unzip(folder);
        Files.delete(copy);
      }
    } catch (IOException e) {
      throw new PluginFault(
          Code.PLUGIN_UNREADABLE, "%s cannot be unpacked: %s".formatted(file, e), e);
    }
  }

  private void unzip(Path folder) throws IOException {
    long room = SIZE_LIMIT;
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(copy))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        // The last part of the name alone: a zip must not choose where things go.
        String name = entry.getName().replaceFirst("^.*[/\\\\]", "");
        if (!name.endsWith(".jar") || entry.isDirectory()) {
          continue;
        }
        try (OutputStream jar = ownFile(folder.resolve(name))) {
          room -= copy(zip, jar, room);
        }
      }
    }
  }

  /** A new file for its owner alone: a lax umask would make it one that is refused. */
  private static OutputStream ownFile(Path place) throws IOException {
    Files.createFile(
        place, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.newOutputStream(place);
  }

  private long copy(InputStream from, OutputStream to, long room) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long copied = 0;
    for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
      copied += count;
      if (copied > room) {
        throw new IOException("it holds more than %d MiB".formatted(SIZE_LIMIT >> 20));
      }
      to.write(buffer, 0, count);
    }
    return copied;
  }

  /** The SHA-256 in hexadecimal digits. */
  String sha256() {
    return sha256(copy);
  }

  /** A file's SHA-256 in hexadecimal digits. */
  static String sha256(Path file) {
    try (InputStream content = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      new DigestInputStream(content, digest).transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw unreadable(file, e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static PluginFault unreadable(Path file, IOException e) {
    return new PluginFault(
        Code.PLUGIN_UNREADABLE, "%s cannot be read: %s".formatted(file, e.getMessage()), e);
  }
}
