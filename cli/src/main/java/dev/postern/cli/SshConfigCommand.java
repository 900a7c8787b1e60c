package dev.postern.cli;

import dev.postern.cli.command.ReportingCommand;
import dev.postern.cli.report.CommandLineProblem;
import dev.postern.cli.report.ExitCodes;
import dev.postern.cli.report.Json;
import dev.postern.cli.report.Shown;
import dev.postern.cli.sshconfig.LastHop;
import dev.postern.cli.sshconfig.ProxyCommand;
import dev.postern.cli.sshconfig.Stanza;
import dev.postern.cli.surroundings.Onlooker;
import dev.postern.cli.surroundings.Routes;
import dev.postern.cli.surroundings.Surroundings;
import dev.postern.cli.target.AdHocOptions;
import dev.postern.cli.target.ConfigurationFile;
import dev.postern.cli.target.ConfigurationOptions;
import dev.postern.cli.target.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code postern ssh-config}. */
@Command(
    name = "ssh-config",
    description = SshConfigCommand.DESCRIPTION,
    customSynopsis = "postern ssh-config [OPTIONS] ROUTE",
    footer = {
      "",
      "The stanza is for the last hop, which ssh signs in to by itself; --behind has",
      "one for hosts behind it. Put it before any 'Host *': ssh takes the first value",
      "of each keyword. As 'Include orders-db' in ~/.ssh/config has it:",
      "",
      "  postern ssh-config orders-db >~/.ssh/orders-db",
      "  postern ssh-config --behind '*.internal' bastion >~/.ssh/internal",
      "  ssh orders-db; rsync -a site/ orders-db:site"
    })
final class SshConfigCommand extends ReportingCommand {
  static final String DESCRIPTION =
      "Prints a stanza for ~/.ssh/config, by which ssh, git, rsync and others go through a route.";

  @Mixin private ConfigurationOptions configuration = new ConfigurationOptions();

  @Option(
      names = "--behind",
      paramLabel = "PATTERNS",
      description = "For hosts behind the last hop, by patterns of ssh_config.")
  private @Nullable String behind;

  @Parameters(index = "0", paramLabel = "ROUTE", description = "A route of the configuration.")
  private String route = "";

  SshConfigCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public int run() {
    Optional<Path> file = new ConfigurationFile(surroundings()).find(configuration.file());
    try (Routes routes = surroundings().loader().load(file, new Onlooker(surroundings()))) {
      Target target = Target.of(route, new AdHocOptions(), routes, surroundings(), file);
      if (target instanceof Target.AdHoc) {
        throw CommandLineProblem.badDestination(
            "'%s' is no route of the configuration; for another destination, ssh has -J of its own"
                .formatted(Shown.text(route)));
      }
      tell(stanza(LastHop.of(target.explain(routes)), file));
    }
    return ExitCodes.OK;
  }

  private String stanza(LastHop last, Optional<Path> file) {
    try {
      if (behind != null) {
        return Stanza.behind(behind, proxyCommand(file, List.of()));
      }
      check(last);
      return Stanza.of(route, last, proxyCommand(file, List.of("--before-last")));
    } catch (IllegalArgumentException e) {
      throw CommandLineProblem.badDestination(Shown.text(String.valueOf(e.getMessage())));
    }
  }

  private static void check(LastHop last) {
    if (!last.isBehindAnother()) {
      throw new IllegalArgumentException(
          "the route has one hop, which ssh reaches by itself; for hosts behind it, add --behind '*.internal'");
    }
    if (!last.transport().equals("jump")) {
      throw new IllegalArgumentException(
          "the last hop is reached by '%s', which ssh cannot be told; for hosts behind it, add --behind '*.internal'"
              .formatted(last.transport()));
    }
  }

  private ProxyCommand proxyCommand(Optional<Path> file, List<String> options) {
    Path directory = surroundings().directory();
    List<String> words =
        new ArrayList<>(List.of(surroundings().distribution().command(directory), "forward"));
    // ssh may be started in another folder, where another configuration would be found.
    file.ifPresent(named -> words.addAll(List.of("-F", absolute(named))));
    surroundings()
        .plugins()
        .named()
        .forEach(folder -> words.addAll(List.of("--plugins", absolute(folder))));
    if (configuration.batch()) {
      words.add("--batch");
    }
    List<String> after = new ArrayList<>(options);
    after.add(route);
    return new ProxyCommand(words, after);
  }

  private String absolute(Path path) {
    return surroundings().directory().resolve(path).normalize().toString();
  }

  private void tell(String stanza) {
    if (json()) {
      surroundings().printer().println(Json.text(Map.of("ok", true, "stanza", stanza)));
      return;
    }
    surroundings().printer().print(stanza);
  }
}
