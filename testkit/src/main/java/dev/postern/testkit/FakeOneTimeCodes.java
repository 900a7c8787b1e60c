package dev.postern.testkit;

import dev.postern.api.hop.OneTimeCodes;
import java.util.HashMap;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * Remembers used codes for one test, as core does for a process. Safe for use by several threads.
 */
@API(status = API.Status.MAINTAINED, since = "1.0")
public final class FakeOneTimeCodes implements OneTimeCodes {
  private final Map<String, Long> steps = new HashMap<>();

  /** Codes of which none was used. */
  public FakeOneTimeCodes() {}

  @Override
  public synchronized boolean take(String account, long step) {
    Long last = steps.get(account);
    if (last != null && last >= step) {
      return false;
    }
    steps.put(account, step);
    return true;
  }

  /** The last step that was taken of each account. */
  public synchronized Map<String, Long> taken() {
    return Map.copyOf(steps);
  }
}
