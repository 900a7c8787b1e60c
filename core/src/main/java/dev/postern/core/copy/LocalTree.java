package dev.postern.core.copy;

import dev.postern.sftp.FileInfo;
import dev.postern.sftp.FolderEntry;
import dev.postern.sftp.FolderVisitor;
import dev.postern.sftp.SftpException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The files of this machine. */
public final class LocalTree implements Tree {
  private final FileSystem files;
  private final LocalNames names;
  private final LocalAttributes attributes;

  /** Those of the default file system. */
  public LocalTree() {
    this(FileSystems.getDefault());
  }

  /** Those of a file system. */
  public LocalTree(FileSystem files) {
    this.files = files;
    this.names = new LocalNames(files);
    this.attributes = new LocalAttributes(files);
  }

  /** The name of a path, as {@link dev.postern.sftp.Sftp} writes names. */
  public String name(Path path) {
    String name = names.name(path);
    return name.isEmpty() ? "." : name;
  }

  private Path path(String name) throws IOException {
    try {
      return names.path(name);
    } catch (InvalidPathException e) {
      throw new FileSystemException(name, null, "this machine has no such names");
    }
  }

  @Override
  public List<String> expand(String source) {
    return List.of(source);
  }

  @Override
  public String target(String written) {
    return written;
  }

  @Override
  public Optional<FileInfo> find(String path, boolean followLink) throws IOException {
    try {
      return Optional.of(attributes.read(path(path), followLink));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public void list(String folder, FolderVisitor visitor) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path(folder))) {
      for (Path entry : entries) {
        try {
          visitor.entry(new FolderEntry(names.last(entry), attributes.read(entry, false)));
        } catch (NoSuchFileException e) {
          // It went while we looked.
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  @Override
  public InputStream read(String path, long offset) throws IOException {
    SeekableByteChannel channel = Files.newByteChannel(path(path), StandardOpenOption.READ);
    return Channels.newInputStream(channel.position(offset));
  }

  /** Never through a link: somebody else may have made it. */
  @Override
  public OutputStream write(String path, long offset, int mode) throws IOException {
    Path file = path(path);
    if (offset == 0) {
      Files.deleteIfExists(file);
      return Channels.newOutputStream(
          Files.newByteChannel(
              file,
              Set.of(
                  StandardOpenOption.CREATE_NEW,
                  StandardOpenOption.WRITE,
                  LinkOption.NOFOLLOW_LINKS),
              attributes.ofNew(mode)));
    }
    SeekableByteChannel channel =
        Files.newByteChannel(file, Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    return Channels.newOutputStream(channel.position(offset));
  }

  @Override
  public void makeFolder(String path, int mode) throws IOException {
    Files.createDirectory(path(path), attributes.ofNew(mode));
  }

  @Override
  public void remove(String path) throws IOException {
    Files.delete(path(path));
  }

  @Override
  public void rename(String from, String to) throws IOException {
    Files.move(
        path(from), path(to), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void setMode(String path, int mode) throws IOException {
    attributes.setMode(path(path), mode);
  }

  @Override
  public void setTimes(String path, Instant accessed, Instant modified) throws IOException {
    attributes.setTimes(path(path), accessed, modified);
  }

  @Override
  public String real(String path) throws IOException {
    return names.name(path(path).toRealPath());
  }

  @Override
  public @Nullable String unfit(String name) {
    return files.getSeparator().equals("\\")
        ? SafeNames.unfitForWindows(name)
        : SafeNames.unfit(name);
  }

  @Override
  public int unsure() {
    return 0;
  }

  @Override
  public SftpException missing(String path) {
    return Explained.missing(path);
  }

  @Override
  public SftpException explain(String path, IOException failure) {
    return Explained.local(path, failure);
  }
}
