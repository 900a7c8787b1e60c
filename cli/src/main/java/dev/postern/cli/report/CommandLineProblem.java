package dev.postern.cli.report;

import dev.postern.problem.Code;
import dev.postern.problem.ConfigException;
import dev.postern.problem.ConfigProblem;
import java.util.List;

/** What is wrong on the command line, in the words of all other problems. */
public final class CommandLineProblem {
  private static final String ORIGIN = "command line";

  private CommandLineProblem() {}

  public static ConfigException badDestination(String message) {
    return of(Code.CONFIG_BAD_DESTINATION, message);
  }

  public static ConfigException of(Code code, String message) {
    return new ConfigException(List.of(new ConfigProblem(code, ORIGIN, "", message)));
  }
}
