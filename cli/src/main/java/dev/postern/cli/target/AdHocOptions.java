package dev.postern.cli.target;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** OpenSSH's letters for a destination that is not a route of the configuration. */
public final class AdHocOptions {
  public static final String HEADING = "%nFor a destination that is no route:%n";

  @Option(names = "-J", paramLabel = "[USER@]HOST[:PORT],…", description = "The hops on the way.")
  private List<String> jumps = new ArrayList<>();

  @Option(names = "-l", paramLabel = "USER", description = "The user at the destination.")
  private @Nullable String user;

  @Option(names = "-p", paramLabel = "PORT", description = "The port of the destination.")
  private @Nullable String port;

  @Option(names = "-i", paramLabel = "FILE", description = "A key to sign in with, at every hop.")
  private List<String> identities = new ArrayList<>();

  @Option(names = "-c", paramLabel = "CIPHERS", description = "The ciphers to offer, best first.")
  private @Nullable String ciphers;

  @Option(names = "-m", paramLabel = "MACS", description = "The MACs to offer, best first.")
  private @Nullable String macs;

  @Option(names = "-C", description = "Compresses, for a slow link to the destination.")
  private boolean compressed;

  @Option(
      names = "-o",
      paramLabel = "KEY=VALUE",
      description = "An option of ssh_config, such as ConnectTimeout=5.")
  private List<String> options = new ArrayList<>();

  /** Those of a command that spells them otherwise. */
  public static AdHocOptions of(
      List<String> jumps,
      @Nullable String port,
      List<String> identities,
      boolean compressed,
      List<String> options) {
    AdHocOptions given = new AdHocOptions();
    given.jumps = jumps;
    given.port = port;
    given.identities = identities;
    given.compressed = compressed;
    given.options = options;
    return given;
  }

  public List<Destination> jumps() {
    return Destination.jumps(
        jumps.isEmpty() ? ssh().first(SshKeyword.PROXY_JUMP).stream().toList() : jumps);
  }

  Optional<String> user() {
    return Optional.ofNullable(user).map(Destination::expectUser);
  }

  Optional<Integer> port() {
    return Optional.ofNullable(port).map(Destination::port);
  }

  Optional<String> ciphers() {
    return Optional.ofNullable(ciphers).or(() -> ssh().first(SshKeyword.CIPHERS));
  }

  Optional<String> macs() {
    return Optional.ofNullable(macs).or(() -> ssh().first(SshKeyword.MACS));
  }

  boolean isCompressed() {
    return compressed || ssh().compression();
  }

  List<String> identities() {
    return List.copyOf(identities);
  }

  public SshOptions ssh() {
    return SshOptions.parse(options);
  }

  /** Whether any was given, so that the destination cannot be a route. */
  public boolean areGiven() {
    return !jumps.isEmpty()
        || user != null
        || port != null
        || ciphers != null
        || macs != null
        || compressed
        || !identities.isEmpty()
        || !ssh().areOnlyAboutForwards();
  }
}
