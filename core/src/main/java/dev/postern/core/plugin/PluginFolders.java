package dev.postern.core.plugin;

import dev.postern.problem.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks through folders that hold one folder for each plugin. Loads no class of any. */
final class PluginFolders {
  private final Host host;
  private final ClassLoader parent;

  PluginFolders(Host host, ClassLoader hostLoader) {
    this.host = host;
    this.parent = new SharedApi(hostLoader);
  }

  /** The plugins in these folders, sound or not. A folder that is not there has none. */
  List<Plugin> find(List<Path> folders) {
    List<Plugin> found = new ArrayList<>();
    for (Path folder :
        folders.stream().map(path -> path.toAbsolutePath().normalize()).distinct().toList()) {
      if (Files.isDirectory(folder)) {
        search(folder, found);
      }
    }
    return found;
  }

  private void search(Path folder, List<Plugin> found) {
    List<Path> entries;
    try (Stream<Path> files = Files.list(folder)) {
      Safety.expect(folder);
      entries = files.filter(PluginFolders::isVisible).sorted().toList();
    } catch (PluginFault e) {
      found.add(new BrokenPlugin(folder, Optional.empty(), e));
      return;
    } catch (IOException e) {
      PluginFault fault =
          new PluginFault(
              Code.PLUGIN_UNREADABLE,
              "the folder of plugins %s cannot be read: %s".formatted(folder, e),
              e);
      found.add(new BrokenPlugin(folder, Optional.empty(), fault));
      return;
    }
    for (Path entry : entries) {
      if (Files.isDirectory(entry)) {
        found.add(plugin(entry));
      } else if (entry.toString().endsWith(".jar")) {
        found.add(new BrokenPlugin(entry, Optional.empty(), strayJar(entry)));
      }
    }
  }

  /** Names with a dot are of installations that are under way, or of others. */
  private static boolean isVisible(Path entry) {
    return !String.valueOf(entry.getFileName()).startsWith(".");
  }

  private Plugin plugin(Path folder) {
    PluginJars jars;
    try {
      jars = PluginJars.in(folder);
    } catch (PluginFault e) {
      return new BrokenPlugin(folder, Optional.empty(), e);
    }
    try {
      host.expectToRun(jars.descriptor(), jars.main().toString());
      return new IsolatedPlugin(jars, folder, parent);
    } catch (PluginFault e) {
      return new BrokenPlugin(folder, Optional.of(jars.descriptor()), e);
    }
  }

  private static PluginFault strayJar(Path jar) {
    return new PluginFault(
        Code.PLUGIN_NO_DESCRIPTOR,
        "%s lies in the folder of plugins itself; put it into a folder of its own there"
            .formatted(jar));
  }
}
