package dev.postern.cli.surroundings;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where plugins that have a folder of their own are looked for. */
public final class PluginPlaces {
  private final Map<String, String> environment;
  private final Path home;
  private final Optional<Path> distribution;
  private final List<Path> named = new ArrayList<>();

  /**
   * The usual places.
   *
   * @param distribution the folder of the distribution that is running, if it has one
   */
  public PluginPlaces(Map<String, String> environment, Path home, Optional<Path> distribution) {
    this.environment = environment;
    this.home = home;
    this.distribution = distribution;
  }

  /** One more, from the command line. */
  public void name(Path folder) {
    named.add(folder);
  }

  /** Those of the command line. */
  public List<Path> named() {
    return List.copyOf(named);
  }

  /** All of them: the command line's, {@code $POSTERN_PLUGINS}, the distribution's, the user's. */
  public List<Path> all() {
    List<Path> places = new ArrayList<>(named);
    Arrays.stream(environment.getOrDefault("POSTERN_PLUGINS", "").split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(Path::of)
        .forEach(places::add);
    distribution.map(folder -> folder.resolve("plugins")).ifPresent(places::add);
    places.add(ofUser());
    return places;
  }

  /** Where plugins are installed: the place that was named, else the user's. */
  public Path toInstall() {
    return named.isEmpty() ? ofUser() : named.get(0);
  }

  private Path ofUser() {
    String data = environment.getOrDefault("XDG_DATA_HOME", "");
    Path share = data.startsWith("/") ? Path.of(data) : home.resolve(".local/share");
    return share.resolve("postern/plugins");
  }
}
