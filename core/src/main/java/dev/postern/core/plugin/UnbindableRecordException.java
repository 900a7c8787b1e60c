package dev.postern.core.plugin;

/** A plugin's configuration record is such that no settings can be bound to it. */
public final class UnbindableRecordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A failure with its sentence, which names the record and the component. */
  public UnbindableRecordException(String message) {
    super(message);
  }
}
