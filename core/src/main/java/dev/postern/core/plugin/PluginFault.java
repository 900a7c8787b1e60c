package dev.postern.core.plugin;

import dev.postern.problem.Code;
import dev.postern.problem.ConfigProblem;

/**
 * Something is wrong with a plugin. The message is a sentence for the user that names the plugin,
 * its version and its place.
 */
public final class PluginFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Code code;
  private final String sentence;

  PluginFault(Code code, String message) {
    super(message);
    this.code = code;
    this.sentence = message;
  }

  PluginFault(Code code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
    this.sentence = message;
  }

  /** Which kind of trouble it is. */
  public Code code() {
    return code;
  }

  /** The message. */
  public String sentence() {
    return sentence;
  }

  /** The same as a problem of a place in the configuration, of none if both are empty. */
  ConfigProblem problem(String origin, String path) {
    return new ConfigProblem(code, origin, path, sentence);
  }
}
