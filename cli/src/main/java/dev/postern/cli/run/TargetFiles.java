package dev.postern.cli.run;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.postern.fleet.TargetNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A folder with a file for each target, for its owner alone. */
public final class TargetFiles {
  private static final String PART = ".part";

  private final Path folder;
  private final Map<String, FileChannel> open = new HashMap<>();

  private TargetFiles(Path folder) {
    this.folder = folder;
  }

  /** Makes the folder if it is not there. */
  public static TargetFiles in(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    return new TargetFiles(folder);
  }

  void begin(String target) throws IOException {
    Path part = file(target, PART);
    // What is left of a run before, or a link that somebody laid, is not written through.
    Files.deleteIfExists(part);
    open.put(
        target,
        FileChannel.open(
            part,
            Set.of(CREATE_NEW, WRITE, NOFOLLOW_LINKS),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))));
  }

  void write(String target, byte[] bytes) throws IOException {
    FileChannel file = open.get(target);
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (file != null && rest.hasRemaining()) {
      file.write(rest);
    }
  }

  /** What was cut off keeps the name of a part. */
  void end(String target, boolean whole) throws IOException {
    FileChannel file = open.remove(target);
    if (file == null) {
      return;
    }
    file.close();
    if (whole) {
      Files.move(file(target, PART), file(target, ""), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** A name that can be a target's has no way out of the folder. */
  private Path file(String target, String ending) {
    return folder.resolve(TargetNames.expectName(target) + ending);
  }
}
