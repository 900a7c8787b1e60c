package dev.postern.cli;

import picocli.CommandLine.IVersionProvider;

/** The version, as the jar has it. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "postern %s (Java %s)"
          .formatted(version == null ? "unpackaged" : version, Runtime.version().feature())
    };
  }
}
