package dev.postern.cli.command;

import dev.postern.cli.report.ExitCodes;
import dev.postern.cli.report.Shown;
import dev.postern.cli.surroundings.Surroundings;
import dev.postern.problem.Code;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what is wrong on a command line, and where its help is. */
public final class UsageErrors implements IParameterExceptionHandler {
  public static final String JSON = "--json";

  private final Surroundings surroundings;

  public UsageErrors(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    String sentence =
        "%s; see %s --help".formatted(sentence(failure), command.getCommandSpec().qualifiedName());
    boolean json =
        Arrays.stream(arguments).takeWhile(word -> !word.equals("--")).anyMatch(JSON::equals);
    new FailureReport(surroundings, json).coded(Code.CONFIG_BAD_DESTINATION, sentence);
    return ExitCodes.USAGE;
  }

  private String sentence(ParameterException failure) {
    if (!(failure instanceof UnmatchedArgumentException unmatched)) {
      String message = Shown.text(String.valueOf(failure.getMessage()));
      return Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }
    String word = Shown.text(unmatched.getUnmatched().get(0));
    return "%s '%s'%s".formatted(kind(unmatched), word, hint(unmatched.getSuggestions()));
  }

  private static String kind(UnmatchedArgumentException unmatched) {
    if (unmatched.isUnknownOption()) {
      return "unknown option";
    }
    boolean root = unmatched.getCommandLine().getParent() == null;
    return root ? "unknown command" : "too many arguments, from";
  }

  private String hint(List<String> suggestions) {
    return suggestions.isEmpty()
        ? ""
        : ". Did you mean '%s'?"
            .formatted(suggestions.get(0).replace(surroundings.distribution().name() + " ", ""));
  }
}
