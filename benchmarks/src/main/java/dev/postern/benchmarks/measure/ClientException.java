package dev.postern.benchmarks.measure;

import java.io.Serial;

/** A peer could not do what it was asked for. */
final class ClientException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  ClientException(String reason) {
    super(reason);
  }
}
