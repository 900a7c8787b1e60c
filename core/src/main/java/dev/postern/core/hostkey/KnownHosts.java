package dev.postern.core.hostkey;

import static java.util.Objects.requireNonNull;

import dev.postern.api.hop.HopInfo;
import dev.postern.api.hop.Person;
import dev.postern.api.hop.Time;
import dev.postern.core.hop.HopPolicy;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Makes the verifiers of all hops. One for a whole process, so that a key which several circuits
 * meet at once is asked about and added once. Safe for use by several threads.
 */
public final class KnownHosts {
  private final Time time;
  private final KnownHostsFiles files = new KnownHostsFiles();
  private final KnownHostsWriter writer = new KnownHostsWriter();
  private final ReentrantLock asking = new ReentrantLock();

  /** Checks certificates by the given clock. */
  public KnownHosts(Time time) {
    this.time = requireNonNull(time, "time is null");
  }

  /**
   * The verifier of one hop. Reads nothing yet.
   *
   * @param notice takes lines for the person which are no errors: {@code Warning: Permanently added
   *     …}
   */
  public KnownHostsVerifier verifier(
      HopInfo hop, HopPolicy policy, Person person, Consumer<String> notice) {
    return new KnownHostsVerifier(
        hop.endpoint(),
        policy,
        requireNonNull(person),
        requireNonNull(notice),
        time,
        files,
        writer,
        asking);
  }
}
