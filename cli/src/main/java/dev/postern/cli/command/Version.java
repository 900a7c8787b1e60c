package dev.postern.cli.command;

import dev.postern.cli.surroundings.Distribution;
import picocli.CommandLine.IVersionProvider;

/** The version, as the jar has it, and before it the distribution's. */
public final class Version implements IVersionProvider {
  private final Distribution distribution = Distribution.ofProcess();

  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    String postern = "postern " + (version == null ? "unpackaged" : version);
    int java = Runtime.version().feature();
    return new String[] {
      distribution.isPostern()
          ? "%s (Java %d)".formatted(postern, java)
          : "%s %s (%s, Java %d)"
              .formatted(distribution.name(), distribution.version(), postern, java)
    };
  }
}
