package dev.postern.testkit.server;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.jspecify.annotations.Nullable;

/**
 * Where a server hangs up: at a moment, or when a step of the signing in begins; with a last word
 * or without.
 */
record Cut(Optional<ServerMoment> moment, int step, Optional<String> lastWord)
    implements SessionListener {
  static final Cut NEVER = new Cut(Optional.empty(), 0, Optional.empty());

  @Override
  public void sessionCreated(Session session) {
    at(ServerMoment.CONNECTED, session);
  }

  @Override
  public void sessionPeerIdentificationReceived(
      Session session, String version, List<String> extraLines) {
    at(ServerMoment.IDENTIFIED, session);
  }

  @Override
  public void sessionNegotiationEnd(
      Session session,
      Map<KexProposalOption, String> clientProposal,
      Map<KexProposalOption, String> serverProposal,
      Map<KexProposalOption, String> negotiatedOptions,
      @Nullable Throwable reason) {
    at(ServerMoment.KEY_EXCHANGE, session);
  }

  @Override
  public void sessionEvent(Session session, Event event) {
    switch (event) {
      case KeyEstablished -> at(ServerMoment.KEYS_AGREED, session);
      case Authenticated -> afterSuccess(session);
      case KexCompleted -> {}
    }
  }

  /** MINA tells of the success before it sends it; what is written after it comes after it. */
  private void afterSuccess(Session session) {
    if (moment.filter(ServerMoment.SIGNED_IN::equals).isEmpty()) {
      return;
    }
    CompletableFuture.runAsync(
        () -> {
          try {
            session.sendIgnoreMessage().addListener(sent -> at(ServerMoment.SIGNED_IN, session));
          } catch (IOException e) {
            session.close(true);
          }
        });
  }

  /** Hangs up if this is the moment. */
  boolean at(ServerMoment now, Session session) {
    if (moment.filter(now::equals).isEmpty()) {
      return false;
    }
    hangUp(session, now == ServerMoment.CONNECTED);
    return true;
  }

  /** Hangs up if this is the step. */
  boolean atStep(int now, Session session) {
    if (step != now) {
      return false;
    }
    hangUp(session, false);
    return true;
  }

  private void hangUp(Session session, boolean silently) {
    if (lastWord.isEmpty()) {
      // What was written before is still sent, but nothing at all to one who has just connected.
      session.getIoSession().close(silently);
      return;
    }
    try {
      session.disconnect(SshConstants.SSH2_DISCONNECT_BY_APPLICATION, lastWord.get());
    } catch (IOException e) {
      session.close(true);
    }
  }
}
