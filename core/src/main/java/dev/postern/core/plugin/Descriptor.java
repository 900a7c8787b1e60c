package dev.postern.core.plugin;

import dev.postern.api.ApiLevel;
import dev.postern.plugin.PluginType;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.regex.Pattern;

/**
 * What a plugin's jar says of itself in its manifest, readable before any class is loaded.
 *
 * @param id names the plugin, {@code [a-z][a-z0-9-]*}
 * @param version of the plugin
 * @param api the level of the API that it was made for
 * @param java the Java that it needs
 * @param provides the types it adds
 */
record Descriptor(String id, String version, ApiLevel api, int java, List<PluginType> provides) {
  static final String ID = "Postern-Plugin-Id";
  static final String VERSION = "Postern-Plugin-Version";
  static final String API = "Postern-Plugin-Api";
  static final String JAVA = "Postern-Plugin-Java";
  static final String PROVIDES = "Postern-Plugin-Provides";

  private static final Pattern ID_FORM = Pattern.compile("[a-z][a-z0-9-]{0,63}");
  private static final Pattern VERSION_FORM = Pattern.compile("[0-9A-Za-z][0-9A-Za-z.+_-]{0,63}");

  Descriptor {
    provides = List.copyOf(provides);
  }

  static boolean isIn(Attributes manifest) {
    return manifest.getValue(ID) != null;
  }

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException if it is not whole; the message has the attribute
   */
  static Descriptor read(Attributes manifest) {
    String id = matching(manifest, ID, ID_FORM);
    String version = matching(manifest, VERSION, VERSION_FORM);
    return new Descriptor(id, version, api(manifest), java(manifest), provides(manifest));
  }

  private static String required(Attributes manifest, String name) {
    String value = manifest.getValue(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("its manifest has no " + name);
    }
    return value.trim();
  }

  private static String matching(Attributes manifest, String name, Pattern form) {
    String value = required(manifest, name);
    if (!form.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "%s in its manifest is not of the form %s".formatted(name, form));
    }
    return value;
  }

  private static ApiLevel api(Attributes manifest) {
    try {
      return ApiLevel.parse(required(manifest, API));
    } catch (IllegalArgumentException e) {
      throw inManifest(API, e);
    }
  }

  private static int java(Attributes manifest) {
    String value = required(manifest, JAVA);
    if (!value.matches("\\d{1,3}")) {
      throw new IllegalArgumentException(
          "%s in its manifest is not a Java version such as 17".formatted(JAVA));
    }
    return Integer.parseInt(value);
  }

  private static List<PluginType> provides(Attributes manifest) {
    List<PluginType> types = new ArrayList<>();
    for (String type : required(manifest, PROVIDES).split(",", -1)) {
      try {
        types.add(PluginType.parse(type.trim()));
      } catch (IllegalArgumentException e) {
        throw inManifest(PROVIDES, e);
      }
    }
    return types;
  }

  private static IllegalArgumentException inManifest(String name, IllegalArgumentException cause) {
    return cause.getMessage() != null && cause.getMessage().startsWith("its manifest")
        ? cause
        : new IllegalArgumentException(name + " in its manifest: " + cause.getMessage(), cause);
  }

  @Override
  public String toString() {
    return id + " " + version;
  }
}
