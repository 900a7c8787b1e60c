package dev.postern.cli.copy;

import dev.postern.cli.target.AdHocOptions;
import dev.postern.sftp.CopyOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The letters of {@code copy}, as scp spells them. */
final class CopyOptionsGiven {
  @Option(names = "-r", description = "Copies folders, with all that is in them.")
  private boolean recursive;

  @Option(
      names = "-p",
      description = "Keeps times and modes, setuid and setgid included; of new folders too.")
  private boolean preserve;

  @Option(
      names = "--no-resume",
      negatable = false,
      description = "Begins each file anew, even if a part of it is there.")
  private boolean anew;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "16",
      description = "So many files at a time; ${DEFAULT-VALUE}.")
  private int parallel;

  @Option(names = "-J", paramLabel = "[USER@]HOST[:PORT],…", description = "The hops on the way.")
  private List<String> jumps = new ArrayList<>();

  @Option(names = "-P", paramLabel = "PORT", description = "The port of a server that is no route.")
  private @Nullable String port;

  @Option(names = "-i", paramLabel = "FILE", description = "A key to sign in with, at every hop.")
  private List<String> identities = new ArrayList<>();

  @Option(names = "-C", description = "Compresses, for a slow link to a server that is no route.")
  private boolean compressed;

  @Option(
      names = "-o",
      paramLabel = "KEY=VALUE",
      description = "An option of ssh_config, such as ConnectTimeout=5.")
  private List<String> options = new ArrayList<>();

  CopyOptions toCopy(boolean intoFolder) {
    return new CopyOptions(recursive, preserve, !anew, intoFolder, parallel);
  }

  boolean isParallelInRange() {
    return parallel >= 1 && parallel <= 256;
  }

  AdHocOptions adHoc() {
    return AdHocOptions.of(jumps, port, identities, compressed, options);
  }
}
