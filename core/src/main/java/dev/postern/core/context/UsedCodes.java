package dev.postern.core.context;

import dev.postern.api.hop.OneTimeCodes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers used codes for the whole process. This is core's one static state: an account is of the
 * outside world, and a second Postern in this process must not use a code again. Keys are digests,
 * values are numbers of time steps.
 */
public final class UsedCodes implements OneTimeCodes {
  private static final Map<String, Long> LAST_STEPS = new ConcurrentHashMap<>();

  @Override
  public boolean take(String account, long step) {
    boolean[] taken = new boolean[1];
    LAST_STEPS.compute(
        account,
        (key, last) -> {
          taken[0] = last == null || step > last;
          return taken[0] ? Long.valueOf(step) : last;
        });
    return taken[0];
  }
}
