package dev.postern.core.forward;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.postern.circuit.Phase;
import dev.postern.core.hop.HopFailure;
import dev.postern.problem.Code;
import dev.postern.route.ForwardAddress.UnixSocket;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/** Listens on a Unix socket that only this user may connect to. */
final class UnixBinding {
  /** What {@code sun_path} has room for on Linux, its end excluded; elsewhere it is less. */
  private static final int LONGEST = 107;

  private UnixBinding() {}

  static Binding open(UnixSocket wanted, boolean unlink, int backlog)
      throws HopFailure, IOException {
    int length = wanted.path().getBytes(StandardCharsets.UTF_8).length;
    if (length > LONGEST) {
      throw refused(
          wanted,
          "its path has %d bytes, and that of a Unix socket has room for %d; choose a shorter one"
              .formatted(length, LONGEST));
    }
    Path path = Path.of(wanted.path());
    makeRoom(wanted, path, unlink);
    ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      socket.bind(UnixDomainSocketAddress.of(path), backlog).configureBlocking(false);
    } catch (IOException | RuntimeException e) {
      SocketLoop.quietly(socket);
      throw refused(wanted, Binding.words(e) + "; the folder must be there and yours", e);
    }
    try {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
      turnAwayTheEarly(socket);
      Object file = file(path);
      return new Binding(socket, wanted, () -> remove(path, file));
    } catch (IOException | RuntimeException e) {
      SocketLoop.quietly(socket);
      Files.deleteIfExists(path);
      throw e;
    }
  }

  /** Where the umask is lax, others could connect before the mode was set. */
  private static void turnAwayTheEarly(ServerSocketChannel socket) throws IOException {
    SocketChannel early = socket.accept();
    while (early != null) {
      early.close();
      early = socket.accept();
    }
  }

  private static void makeRoom(UnixSocket wanted, Path path, boolean unlink)
      throws HopFailure, IOException {
    BasicFileAttributes there;
    try {
      there = Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return;
    }
    if (!there.isOther()) {
      throw refused(wanted, "there is a file of that name that is no socket; choose another path");
    }
    if (unlink) {
      Files.delete(path);
      return;
    }
    throw refused(
        wanted,
        isAbandoned(path)
            ? "there is a socket that nobody listens on any more; remove it, or let us do so (unlink = true, -o StreamLocalBindUnlink=yes)"
            : "somebody listens there already; choose another path");
  }

  private static boolean isAbandoned(Path path) {
    try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      probe.configureBlocking(false);
      probe.connect(UnixDomainSocketAddress.of(path));
      return false;
    } catch (ConnectException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static Object file(Path path) throws IOException {
    return Objects.requireNonNull(
        Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS).fileKey(),
        "the file system tells no files apart");
  }

  /** If it is still ours: somebody may have put another in its place. */
  private static void remove(Path path, Object ours) {
    try {
      if (file(path).equals(ours)) {
        Files.delete(path);
      }
    } catch (IOException e) {
      // It is gone.
    }
  }

  private static HopFailure refused(UnixSocket wanted, String why) {
    return new HopFailure(
        Code.FORWARD_BIND_FAILED, Phase.CHANNEL, "cannot listen on %s: %s".formatted(wanted, why));
  }

  private static HopFailure refused(UnixSocket wanted, String why, Exception cause) {
    return new HopFailure(
        Code.FORWARD_BIND_FAILED,
        Phase.CHANNEL,
        "cannot listen on %s: %s".formatted(wanted, why),
        cause);
  }
}
