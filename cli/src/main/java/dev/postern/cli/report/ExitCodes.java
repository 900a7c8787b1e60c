package dev.postern.cli.report;

/** What the process ends with, apart from what a remote command ended with. */
public final class ExitCodes {
  public static final int OK = 0;

  /** {@code check} found something. */
  public static final int PROBLEMS = 1;

  /** The command line cannot be understood. */
  public static final int USAGE = 2;

  public static final int INTERRUPTED = 130;

  /** Nobody reads our output any more: what a program that SIGPIPE ends has. */
  public static final int BROKEN_PIPE = 141;

  /** OpenSSH's for every failure of its own. */
  public static final int FAILURE = 255;

  private ExitCodes() {}
}
