package dev.postern.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.Postern;
import dev.postern.plugin.InstalledPlugin;
import dev.postern.plugin.KeyDescription;
import dev.postern.plugin.PluginType;
import dev.postern.plugin.TypeDescription;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Test;

/**
 * What every packaged plugin keeps to: it loads by itself, has the types that its descriptor says,
 * and describes every key. Extend it in a test that runs after {@code package}, {@code *IT} with
 * maven-failsafe-plugin.
 */
@API(status = API.Status.EXPERIMENTAL, since = "1.0")
public abstract class PackagedPluginContract {
  /** The plugin; what the build in {@code target} has made unless overridden. */
  protected PackagedPlugin plugin() throws IOException {
    return PackagedPlugin.in(Path.of("target"));
  }

  @Test
  final void itLoadsByItself() throws IOException {
    try (PackagedPlugin plugin = plugin()) {
      InstalledPlugin installed = plugin.installed();
      assertThat(installed.problems()).as("problems of %s", installed.id()).isEmpty();
      assertThat(installed.types()).as("types of %s", installed.id()).isNotEmpty();
    }
  }

  @Test
  final void theListOfPluginsHasIt() throws IOException {
    try (PackagedPlugin plugin = plugin();
        Postern postern = plugin.postern().build()) {
      List<InstalledPlugin> listed =
          postern.plugins().stream()
              .filter(other -> other.id().equals(plugin.installed().id()) && !other.bundled())
              .toList();
      assertThat(listed).containsExactly(plugin.installed());
      assertThat(postern.pluginConflicts())
          .as("types that other plugins have too; rename yours")
          .isEmpty();
    }
  }

  @Test
  final void everyKeyHasAMeaning() throws IOException {
    try (PackagedPlugin plugin = plugin();
        Postern postern = plugin.postern().build()) {
      for (PluginType type : plugin.installed().types()) {
        for (TypeDescription described : postern.describe(type.name())) {
          assertThat(described.meaning()).as("@Doc of the record of %s", type).isNotEmpty();
          assertThat(described.keys())
              .as("keys of %s without @Doc", type)
              .extracting(KeyDescription::meaning)
              .doesNotContain("");
        }
      }
    }
  }
}
