package dev.postern.cli.surroundings;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the commands see of the process and of the library; tests put their own in its place.
 *
 * @param input standard input, byte-exact
 * @param output standard output, byte-exact and unbuffered
 * @param error where everything diagnostic goes
 * @param environment the environment's variables
 * @param directory the current directory
 * @param home the user's home directory
 * @param terminals which of the streams are terminals
 * @param screen the controlling terminal
 * @param signals the process's signals
 * @param distribution what is running
 * @param plugins where plugins are
 * @param loader the library
 */
public record Surroundings(
    InputStream input,
    OutputStream output,
    PrintStream error,
    Map<String, String> environment,
    Path directory,
    Path home,
    Terminals terminals,
    Screen screen,
    Signals signals,
    Distribution distribution,
    PluginPlaces plugins,
    Routes.Loader loader) {

  public static Surroundings ofProcess() {
    Map<String, String> environment = System.getenv();
    Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
    Distribution distribution = Distribution.ofProcess();
    PluginPlaces plugins = new PluginPlaces(environment, home, distribution.folder());
    return new Surroundings(
        new FileInputStream(FileDescriptor.in),
        new FileOutputStream(FileDescriptor.out),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        environment,
        Path.of("").toAbsolutePath(),
        home,
        Terminals.of(System.getProperty("postern-terminals", "")),
        new ControllingTerminal(),
        new ProcessSignals(),
        distribution,
        plugins,
        (configuration, person, hopBegun, forwards) ->
            LibraryRoutes.load(
                environment, plugins.all(), configuration, person, hopBegun, forwards));
  }

  /** Says on standard error what is wrong, under the name of the command. */
  public void complain(Object text) {
    error.println(distribution.name() + ": " + text);
  }

  /** For reports, which are text. */
  public PrintStream printer() {
    return new PrintStream(output, true, StandardCharsets.UTF_8);
  }
}
