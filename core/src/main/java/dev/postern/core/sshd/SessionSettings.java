package dev.postern.core.sshd;

import dev.postern.core.hop.Keepalive;
import dev.postern.core.hop.Proposal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.PropertyResolver;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.core.CoreModuleProperties;

/** Properties of one session that follow from its hop's policy. */
record SessionSettings(Keepalive keepalive, Proposal proposal) {
  private static final AttributeRepository.AttributeKey<Long> WINDOW =
      new AttributeRepository.AttributeKey<>();

  /**
   * What the session will offer; called before it says anything.
   *
   * @throws SshException if nothing is left of it here: MINA would then offer everything
   */
  void propose(Session session) throws SshException {
    proposal.window().ifPresent(window -> session.setAttribute(WINDOW, window));
    List<String> kex = proposal.kex();
    List<String> ciphers = proposal.ciphers();
    List<String> macs = proposal.macs();
    if (!kex.equals(Proposal.USUAL.kex())) {
      session.setKeyExchangeFactories(some("kex", kex, Algorithms.keyExchanges(kex)));
    }
    if (!ciphers.equals(Proposal.USUAL.ciphers())) {
      session.setCipherFactories(some("ciphers", ciphers, Algorithms.ciphers(ciphers)));
    }
    if (!macs.equals(Proposal.USUAL.macs())) {
      session.setMacFactories(some("macs", macs, Algorithms.macs(macs)));
    }
    if (proposal.compression()) {
      session.setCompressionFactories(Algorithms.compressions());
    }
  }

  private static <T> List<T> some(String key, List<String> names, List<T> found)
      throws SshException {
    if (found.isEmpty()) {
      throw new SshException(
          "nothing of %s = \"%s\" can be had here; is postern-post-quantum left out?"
              .formatted(key, String.join(",", names)));
    }
    return found;
  }

  /** How much of a channel may be under way to us. */
  static long window(Session session, long usual) {
    return Objects.requireNonNullElse(session.getAttribute(WINDOW), usual);
  }

  void apply(PropertyResolver session) {
    if (!keepalive.interval().isZero()) {
      CoreModuleProperties.HEARTBEAT_INTERVAL.set(session, keepalive.interval());
      CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(session, keepalive.count());
    }
  }

  /** Properties of all sessions. */
  static void applyToAll(PropertyResolver client) {
    CoreModuleProperties.IDLE_TIMEOUT.set(client, Duration.ZERO);
    CoreModuleProperties.AUTH_TIMEOUT.set(client, Duration.ZERO);
    CoreModuleProperties.STOP_WAIT_TIME.set(client, Duration.ofSeconds(2));
    CoreModuleProperties.REQUEST_EXEC_REPLY.set(client, true);
    CoreModuleProperties.REQUEST_SHELL_REPLY.set(client, true);
    // A reader that takes its time is not an error.
    CoreModuleProperties.WAIT_FOR_SPACE_TIMEOUT.set(client, Duration.ofDays(365));
    CoreModuleProperties.NIO2_MIN_WRITE_TIMEOUT.set(client, Duration.ofMinutes(10));
    CoreModuleProperties.TCP_NODELAY.set(client, true);
    CoreModuleProperties.NIO_WORKERS.set(client, 2);
  }
}
