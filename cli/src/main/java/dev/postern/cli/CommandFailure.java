package dev.postern.cli;

/** Something of the command itself failed. The message is a sentence for the person. */
final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CommandFailure(String message) {
    super(message);
  }
}
