package dev.postern.cli;

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
 * @param loader the library
 */
record Surroundings(
    InputStream input,
    OutputStream output,
    PrintStream error,
    Map<String, String> environment,
    Path directory,
    Path home,
    Terminals terminals,
    Screen screen,
    Signals signals,
    Routes.Loader loader) {

  static Surroundings ofProcess() {
    Map<String, String> environment = System.getenv();
    return new Surroundings(
        new FileInputStream(FileDescriptor.in),
        new FileOutputStream(FileDescriptor.out),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        environment,
        Path.of("").toAbsolutePath(),
        Path.of(environment.getOrDefault("HOME", System.getProperty("user.home"))),
        Terminals.of(System.getProperty("postern-terminals", "")),
        new ControllingTerminal(),
        new ProcessSignals(),
        (configuration, person, hopBegun, forwards) ->
            LibraryRoutes.load(environment, configuration, person, hopBegun, forwards));
  }

  /** For reports, which are text. */
  PrintStream printer() {
    return new PrintStream(output, true, StandardCharsets.UTF_8);
  }
}
