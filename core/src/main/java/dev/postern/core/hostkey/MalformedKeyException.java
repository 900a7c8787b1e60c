package dev.postern.core.hostkey;

/** A key, a certificate or a signature does not have the form that its specification asks for. */
final class MalformedKeyException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong, as the end of a sentence: {@code its curve is not nistp256}. */
  MalformedKeyException(String message) {
    super(message);
  }
}
