package dev.postern.testkit.server;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.auth.AsyncAuthException;
import org.apache.sshd.server.auth.UserAuth;
import org.apache.sshd.server.session.ServerSession;
import org.jspecify.annotations.Nullable;

/** Writes down each verdict on a method, and takes its time for it where the script says so. */
final class Judged implements UserAuth {
  private final UserAuth method;
  private final Progress progress;
  private final ServerLog log;
  private final Cut cut;
  private final ScheduledExecutorService timer;

  Judged(
      UserAuth method, Progress progress, ServerLog log, Cut cut, ScheduledExecutorService timer) {
    this.method = method;
    this.progress = progress;
    this.log = log;
    this.cut = cut;
    this.timer = timer;
  }

  @Override
  public @Nullable Boolean auth(
      ServerSession session, String username, String service, Buffer buffer) throws Exception {
    if (cut.atStep(progress.position(), session)) {
      return null;
    }
    try {
      return verdict(method.auth(session, username, service, buffer), username);
    } catch (AsyncAuthException later) {
      throw later;
    } catch (Exception e) {
      // A signature that does not verify.
      return verdict(false, username);
    }
  }

  @Override
  public @Nullable Boolean next(Buffer buffer) throws Exception {
    return verdict(method.next(buffer), method.getUsername());
  }

  private @Nullable Boolean verdict(@Nullable Boolean accepted, String username)
      throws AsyncAuthException {
    if (accepted == null) {
      return null;
    }
    Duration delay = progress.next(getName()).map(Step::delay).orElse(Duration.ZERO);
    log.attempts.add(new Attempt(getName(), username, outcome(accepted)));
    if (delay.isZero()) {
      return accepted;
    }
    AsyncAuthException later = new AsyncAuthException();
    timer.schedule(() -> later.setAuthed(accepted), delay.toMillis(), MILLISECONDS);
    throw later;
  }

  private Attempt.Outcome outcome(boolean accepted) {
    if (!accepted) {
      return Attempt.Outcome.REFUSED;
    }
    return progress.pass(getName()) ? Attempt.Outcome.ACCEPTED : Attempt.Outcome.PARTIAL;
  }

  @Override
  public String getName() {
    return method.getName();
  }

  @Override
  public String getUsername() {
    return method.getUsername();
  }

  @Override
  public ServerSession getServerSession() {
    return method.getServerSession();
  }

  @Override
  public ServerSession getSession() {
    return method.getServerSession();
  }

  @Override
  public void destroy() {
    method.destroy();
  }
}
