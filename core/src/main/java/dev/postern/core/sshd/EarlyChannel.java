package dev.postern.core.sshd;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.postern.api.hop.Endpoint;
import dev.postern.core.circuit.Ahead;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A channel whose opening goes out behind the request that let us in the last time, before its
 * answer. A server reads in order, so it has let us in when it comes to the opening. If it has not,
 * OpenSSH says that it does not know the message and goes on (RFC 4253 section 11.4); other servers
 * close the connection, so to them nothing is sent early. Nor where packets will be compressed:
 * that begins with the server's answer, and what it reads next must be.
 */
final class EarlyChannel {
  private static final Pattern GOES_ON = Pattern.compile("SSH-2\\.0-OpenSSH_\\d.*");

  private final Ahead wanted;
  private @Nullable HopChannel hop;
  private @Nullable CompletableFuture<Carrier> carrier;
  private @Nullable ProcessChannel process;
  private volatile @Nullable CompletableFuture<?> answer;

  EarlyChannel(Ahead wanted) {
    this.wanted = wanted;
  }

  /** The request is out that is expected to be enough. */
  synchronized void open(PosternSession session) {
    if (session.isToBeCompressed() || !GOES_ON.matcher(session.getServerVersion()).matches()) {
      return;
    }
    if (wanted instanceof Ahead.NextHop next) {
      HopChannel channel = new HopChannel(session, next.endpoint());
      HopLink link = new HopLink(session, session.attempt().hop(), next.endpoint());
      hop = channel;
      carrier = link.open(channel);
      answer = carrier;
    } else if (wanted instanceof Ahead.Session) {
      process = new ProcessChannel();
      answer = process.granted();
      SessionChannels.begin(session, process);
    }
  }

  /** Whether the server has yet to say what becomes of it. */
  boolean isAwaited() {
    CompletableFuture<?> awaited = answer;
    return awaited != null && !awaited.isDone();
  }

  /** It was not enough: the server knows nothing of the channel. */
  synchronized void drop() {
    if (hop != null) {
      hop.close(true);
    }
    if (process != null) {
      process.close(true);
    }
    answer = null;
    forget();
  }

  /** The connection to that endpoint, once; null if it was not opened early. */
  synchronized @Nullable CompletableFuture<Carrier> takeHop(Endpoint target) {
    boolean same = wanted instanceof Ahead.NextHop next && next.endpoint().equals(target);
    CompletableFuture<Carrier> taken = same ? carrier : null;
    if (taken != null) {
      forget();
    }
    return taken;
  }

  /** The channel to run something on, once; null if there is none. */
  synchronized @Nullable ProcessChannel takeProcess() {
    ProcessChannel taken = process;
    if (taken != null) {
      forget();
    }
    return taken;
  }

  /** Closes what nobody comes for in that time. */
  synchronized void closeUnusedAfter(Duration time, Executor executor) {
    if (carrier != null || process != null) {
      CompletableFuture.delayedExecutor(time.toMillis(), MILLISECONDS, executor)
          .execute(this::closeUnused);
    }
  }

  private synchronized void closeUnused() {
    if (carrier != null && !carrier.cancel(true) && hop != null) {
      hop.close();
    }
    if (process != null) {
      process.shut();
    }
    forget();
  }

  private void forget() {
    hop = null;
    carrier = null;
    process = null;
  }
}
