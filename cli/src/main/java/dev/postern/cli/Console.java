package dev.postern.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * The streams and the environment of this process. Standard output is for results only; everything
 * else goes to standard error.
 */
final class Console {
  private final Map<String, String> environment;
  private final InputStream input = new FileInputStream(FileDescriptor.in);
  private final OutputStream output = new FileOutputStream(FileDescriptor.out);
  private final OutputStream error = new FileOutputStream(FileDescriptor.err);
  private final PrintStream textOutput = new PrintStream(output, true, UTF_8);
  private final PrintStream textError = new PrintStream(error, true, UTF_8);

  Console(Map<String, String> environment) {
    this.environment = environment;
  }

  Map<String, String> environment() {
    return environment;
  }

  /** Bytes as they come. */
  InputStream input() {
    return input;
  }

  /** Bytes as they are, without a buffer. */
  OutputStream output() {
    return output;
  }

  /** Bytes as they are, without a buffer. */
  OutputStream error() {
    return error;
  }

  /** A line of a result. */
  void print(String line) {
    textOutput.println(line);
  }

  /** A line about what happens. */
  void say(String line) {
    textError.println(line);
  }

  /** A result as one line of JSON. */
  void printJson(Object value) {
    print(json(value));
  }

  static String json(Object value) {
    return ConfigValueFactory.fromAnyRef(value).render(ConfigRenderOptions.concise());
  }
}
