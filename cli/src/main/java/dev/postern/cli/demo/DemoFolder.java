package dev.postern.cli.demo;

import dev.postern.cli.surroundings.AtExit;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** A folder for the files of the demo, gone when it is closed or the process is ended. */
final class DemoFolder implements AutoCloseable {
  private final Path path;
  private final AtExit deletion;

  private DemoFolder(Path path) {
    this.path = path;
    this.deletion = AtExit.run("postern-delete-demo", this::deleteQuietly);
  }

  static DemoFolder create() throws IOException {
    return new DemoFolder(Files.createTempDirectory("postern-demo"));
  }

  Path path() {
    return path;
  }

  /** Writes a file that nobody else may read. */
  synchronized Path file(String name, String text) throws IOException {
    Path file = path.resolve(name);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    return Files.writeString(file, text);
  }

  private void deleteQuietly() {
    try {
      delete();
    } catch (IOException e) {
      // Somebody else deletes it too.
    }
  }

  private synchronized void delete() throws IOException {
    if (Files.exists(path)) {
      Files.walkFileTree(path, new Deletion());
    }
  }

  @Override
  public void close() throws IOException {
    delete();
    deletion.forget();
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
        throws IOException {
      Files.delete(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
