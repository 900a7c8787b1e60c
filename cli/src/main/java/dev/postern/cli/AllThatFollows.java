package dev.postern.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * An option whose value is the rest of the command line, with or without a delimiter before it; so
 * the route comes before.
 */
final class AllThatFollows implements IParameterConsumer {
  @Override
  @SuppressWarnings("JdkObsolete") // picocli's own type
  public void consumeParameters(Stack<String> arguments, ArgSpec option, CommandSpec command) {
    List<String> words = new ArrayList<>();
    while (!arguments.isEmpty()) {
      words.add(arguments.pop());
    }
    if (!words.isEmpty() && words.get(0).equals("--")) {
      words.remove(0);
    }
    if (words.isEmpty()) {
      throw new ParameterException(
          command.commandLine(), "there is no command after --run, which takes all that follows");
    }
    if (command.positionalParameters().get(0).<String>getValue().isEmpty()) {
      throw new ParameterException(
          command.commandLine(),
          "there is no ROUTE before --run, which takes all that follows; write %s ROUTE --run %s%s"
              .formatted(command.qualifiedName(), words.get(0), words.size() > 1 ? " …" : ""));
    }
    option.setValue(List.copyOf(words));
  }
}
