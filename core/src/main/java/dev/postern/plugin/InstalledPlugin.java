package dev.postern.plugin;

/**
 * A plugin that was found.
 *
 * @param kind what it extends
 * @param type the name it has in the configuration
 * @param provider the class that provides it
 * @param version of its jar, or {@code unknown}
 * @param location the jar or folder that it came from, or {@code unknown}
 */
public record InstalledPlugin(
    Kind kind, String type, String provider, String version, String location) {
  /** The extension points. */
  public enum Kind {
    /** A way to sign in. */
    AUTH("auth"),
    /** A way to reach a hop. */
    TRANSPORT("transport"),
    /** A source of secrets. */
    SECRET("secret");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    @Override
    public String toString() {
      return label;
    }
  }
}
