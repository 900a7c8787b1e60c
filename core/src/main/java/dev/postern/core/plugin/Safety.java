package dev.postern.core.plugin;

import dev.postern.core.file.Owner;
import dev.postern.problem.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/** Plugins are code that sees secrets: nobody else may be able to change them. */
final class Safety {
  private Safety() {}

  /**
   * Refuses a file or folder that others may write, or that is somebody else's: the owner may write
   * it whenever he wants.
   *
   * @throws PluginFault if they may, or if it cannot be known
   */
  static void expect(Path file) {
    Set<PosixFilePermission> permissions;
    Optional<String> stranger;
    try {
      stranger = Owner.stranger(file);
      permissions = Files.getPosixFilePermissions(file);
    } catch (UnsupportedOperationException e) {
      return; // no such permissions on this file system
    } catch (IOException e) {
      throw new PluginFault(
          Code.PLUGIN_UNREADABLE, "%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
    if (stranger.isPresent()) {
      throw new PluginFault(
          Code.PLUGIN_UNSAFE,
          "%s belongs to %s, neither to you nor to root, and code from there would see secrets; nothing of it was loaded. Install it yourself, or give it to root"
              .formatted(file, stranger.get()));
    }
    if (permissions.contains(PosixFilePermission.GROUP_WRITE)
        || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new PluginFault(
          Code.PLUGIN_UNSAFE,
          "others may write %s, and code from there would see secrets; nothing of it was loaded. Take the right away: chmod go-w %s"
              .formatted(file, file));
    }
  }
}
