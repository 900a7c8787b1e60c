package dev.postern.cli;

import dev.postern.Postern;
import dev.postern.api.secret.SecretException;
import dev.postern.api.secret.SecretValue;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code postern totp SECRET}. */
@Command(
    name = "totp",
    description = "Prints the present code of an account (RFC 6238).",
    mixinStandardHelpOptions = true)
final class TotpCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      index = "0",
      paramLabel = "SECRET",
      description =
          "Where the seed comes from, in HOCON: '{ env = SEED }', '{ file = seed.txt }', '{ command = [\"pass\", \"otp-seed\"] }'.")
  private String secret = "";

  @ArgGroup(validate = false)
  private ConfigOptions config = new ConfigOptions();

  @Option(
      names = "--algorithm",
      defaultValue = "sha1",
      description = "sha1, sha256 or sha512 (default: ${DEFAULT-VALUE}).")
  private String algorithm = "sha1";

  @Option(
      names = "--digits",
      defaultValue = "6",
      description = "The length of the code (default: ${DEFAULT-VALUE}).")
  private int digits = 6;

  @Option(
      names = "--period",
      defaultValue = "30s",
      description = "How long a code is valid (default: ${DEFAULT-VALUE}).")
  private String period = "30s";

  @Option(names = "--json", description = "Report in JSON.")
  private boolean json;

  TotpCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    String source =
        "{ totp = { secret = %s, algorithm = \"%s\", digits = %d, period = \"%s\" } }"
            .formatted(secret, algorithm, digits, period);
    try (Postern postern = config.builder(console, false).build();
        SecretValue code = postern.secret(source).read()) {
      char[] characters = code.chars();
      String text = new String(characters);
      Arrays.fill(characters, '\0');
      if (json) {
        console.printJson(Map.of("code", text));
      } else {
        console.print(text);
      }
      return 0;
    } catch (SecretException e) {
      throw new CommandFailure(e.getMessage() + " [PST-S001]");
    }
  }
}
