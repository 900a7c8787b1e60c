package dev.postern.cli;

import dev.postern.api.hop.Person;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import dev.postern.cli.command.ReportingCommand;
import dev.postern.cli.report.CommandLineProblem;
import dev.postern.cli.report.ExitCodes;
import dev.postern.cli.report.Json;
import dev.postern.cli.surroundings.Routes;
import dev.postern.cli.surroundings.Surroundings;
import dev.postern.core.person.Persons;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code postern totp}. */
@Command(
    name = "totp",
    description = TotpCommand.DESCRIPTION,
    customSynopsis = "postern totp [OPTIONS] (--env NAME | --file FILE | SECRET)",
    footer = {
      "",
      "  postern totp --file ~/.config/postern/bastion.seed",
      "  postern totp '{ command = [pass, otp-seed, bastion] }'"
    })
final class TotpCommand extends ReportingCommand {
  static final String DESCRIPTION = "Prints the code of a one-time password (RFC 6238).";

  @ArgGroup(multiplicity = "1")
  private Seed seed = new Seed();

  @Option(
      names = "--algorithm",
      paramLabel = "NAME",
      defaultValue = "sha1",
      description = "sha1, sha256 or sha512 (default: ${DEFAULT-VALUE}).")
  private String algorithm = "sha1";

  @Option(
      names = "--digits",
      paramLabel = "N",
      defaultValue = "6",
      description = "The length of the code, 6 to 8 (default: ${DEFAULT-VALUE}).")
  private int digits = 6;

  @Option(
      names = "--period",
      paramLabel = "TIME",
      defaultValue = "30s",
      description = "How long a code is valid (default: ${DEFAULT-VALUE}).")
  private String period = "30s";

  @Option(names = "--batch", description = "Never asks: a question is a failure.")
  private boolean batch;

  TotpCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  public int run() throws SecretException {
    Person person = Persons.of(surroundings().environment(), batch);
    try (Routes routes = surroundings().loader().load(Optional.empty(), person);
        SecretValue code = routes.secret(code()).read()) {
      // A code is shown: that is what the command is for.
      String shown = new String(code.chars());
      surroundings()
          .printer()
          .println(json() ? Json.text(Map.of("ok", true, "code", shown)) : shown);
    }
    return ExitCodes.OK;
  }

  private String code() {
    return "{ type = totp, secret = %s, algorithm = %s, digits = %d, period = %s }"
        .formatted(
            seed.hocon(surroundings().directory()),
            Json.text(algorithm),
            digits,
            Json.text(period));
  }

  /** Where the seed comes from. Never the seed itself: others can read a command line. */
  static final class Seed {
    @Option(names = "--env", paramLabel = "NAME", description = "A variable that holds the seed.")
    private @Nullable String variable;

    @Option(names = "--file", paramLabel = "FILE", description = "A file that holds the seed.")
    private @Nullable Path file;

    @Parameters(
        index = "0",
        paramLabel = "SECRET",
        description = "The source of the seed in HOCON: '{ command = [pass, otp-seed] }'.")
    private @Nullable String hocon;

    private String hocon(Path directory) {
      if (variable != null) {
        return "{ env = %s }".formatted(Json.text(variable));
      }
      if (file != null) {
        return "{ file = %s }".formatted(Json.text(directory.resolve(file).toString()));
      }
      String text = hocon == null ? "" : hocon.strip();
      if (!text.startsWith("{")) {
        throw CommandLineProblem.badDestination(
            "that is no source of a seed; write --env NAME, --file FILE, or the secret as a route's totp strategy has it: '{ command = [pass, otp-seed] }'. The seed itself does not belong on a command line, which others can see");
      }
      return text;
    }
  }
}
