package dev.postern.cli;

/** What the process ends with, apart from what a remote command ended with. */
final class ExitCodes {
  static final int OK = 0;

  /** {@code check} found something. */
  static final int PROBLEMS = 1;

  /** The command line cannot be understood. */
  static final int USAGE = 2;

  static final int INTERRUPTED = 130;

  /** Nobody reads our output any more: what a program that SIGPIPE ends has. */
  static final int BROKEN_PIPE = 141;

  /** OpenSSH's for every failure of its own. */
  static final int FAILURE = 255;

  private ExitCodes() {}
}
