package dev.postern.core.sshd;

import dev.postern.core.hop.Keepalive;
import java.time.Duration;
import org.apache.sshd.common.PropertyResolver;
import org.apache.sshd.core.CoreModuleProperties;

/** Properties of one session that follow from its hop's policy. */
record SessionSettings(Keepalive keepalive) {
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
