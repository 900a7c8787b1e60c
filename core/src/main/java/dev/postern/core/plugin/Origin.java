package dev.postern.core.plugin;

import java.security.CodeSource;
import java.util.Objects;

/** Where a provider came from. */
record Origin(String className, String version, String location) {
  static Origin of(Object provider) {
    Class<?> type = provider.getClass();
    CodeSource source = type.getProtectionDomain().getCodeSource();
    String location =
        source == null || source.getLocation() == null ? "unknown" : source.getLocation().getPath();
    return new Origin(
        type.getName(),
        Objects.requireNonNullElse(type.getPackage().getImplementationVersion(), "unknown"),
        location);
  }

  @Override
  public String toString() {
    return className + " in " + location;
  }
}
