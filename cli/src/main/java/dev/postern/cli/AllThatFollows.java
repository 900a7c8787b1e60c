package dev.postern.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** An option whose value is the rest of the command line, with or without a delimiter before it. */
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
    option.setValue(List.copyOf(words));
  }
}
