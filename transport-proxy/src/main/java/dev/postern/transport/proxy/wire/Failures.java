package dev.postern.transport.proxy.wire;

import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/** Failures of the JDK in words. */
public final class Failures {
  private Failures() {}

  /** What is wrong, for the middle of a sentence. */
  public static String words(@Nullable Throwable failure) {
    if (failure instanceof ClosedChannelException) {
      return "it was closed";
    }
    if (failure == null || failure.getMessage() == null) {
      return String.valueOf(failure);
    }
    return failure.getMessage();
  }
}
