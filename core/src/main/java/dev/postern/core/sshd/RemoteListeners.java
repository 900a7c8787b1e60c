package dev.postern.core.sshd;

import static java.util.Objects.requireNonNull;

import dev.postern.circuit.Phase;
import dev.postern.core.forward.Arrivals;
import dev.postern.core.forward.FarListener;
import dev.postern.core.forward.FarSide;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.text.Sanitiser;
import dev.postern.problem.Code;
import dev.postern.route.ForwardAddress;
import dev.postern.route.ForwardAddress.Tcp;
import dev.postern.route.ForwardAddress.UnixSocket;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.future.CloseFuture;
import org.apache.sshd.common.future.SshFutureListener;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;

/**
 * What one session's server was asked to listen on: {@code tcpip-forward} (RFC 4254 section 7.1)
 * and {@code streamlocal-forward@openssh.com}. Circuits that share the session share it, each with
 * addresses of its own. Safe for use by several threads.
 */
final class RemoteListeners implements FarSide {
  private static final AttributeKey<RemoteListeners> KEY = new AttributeKey<>();

  /** So many that nobody asked for are written down: a server must not fill the record. */
  private static final int WRITTEN_DOWN = 20;

  private final ClientSession session;
  private final Consumer<String> record;
  private final Supplier<HopFailure> lost;
  private final Completions completions;
  private final Map<ForwardAddress, Arrivals> listening = new HashMap<>();
  private final AtomicInteger unasked = new AtomicInteger();

  /** The record takes what the server tried without being asked, in sentences. */
  RemoteListeners(
      ClientSession session,
      Consumer<String> record,
      Supplier<HopFailure> lost,
      Completions completions) {
    this.session = session;
    this.record = record;
    this.lost = lost;
    this.completions = completions;
    session.setAttribute(KEY, this);
  }

  static RemoteListeners of(Session session) {
    return requireNonNull(session.getAttribute(KEY), "a session without listeners");
  }

  /** Whose connection it is, if anybody asked for it. */
  synchronized Optional<Arrivals> find(ForwardAddress connected) {
    return listening.entrySet().stream()
        .filter(entry -> HeardAddress.fits(entry.getKey(), connected))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** A connection was refused that the server says arrived there: we did not ask it to listen. */
  void unasked(String address) {
    int number = unasked.incrementAndGet();
    if (number > WRITTEN_DOWN) {
      return;
    }
    record.accept(
        "refused a connection to %s that the server brought: nobody asked it to listen there%s"
            .formatted(
                Sanitiser.line(address),
                number == WRITTEN_DOWN ? "; more of them are not recorded" : ""));
  }

  /** The empty string stands for every interface. */
  static String fromWire(String host) {
    return host.isEmpty() ? "*" : host;
  }

  @Override
  public CompletableFuture<FarListener> listen(ForwardAddress address, Arrivals arrivals) {
    CompletableFuture<FarListener> result = new CompletableFuture<>();
    SshFutureListener<CloseFuture> whenLost =
        closed -> result.completeExceptionally(lostMeanwhile());
    session.addCloseFutureListener(whenLost);
    result.whenComplete((listener, failure) -> session.removeCloseFutureListener(whenLost));
    // Off the caller's thread, which would wait here while keys are exchanged.
    completions.run(() -> ask(address, arrivals, result));
    return result;
  }

  private void ask(
      ForwardAddress address, Arrivals arrivals, CompletableFuture<FarListener> result) {
    synchronized (this) {
      if (listening.containsKey(address)) {
        result.completeExceptionally(
            denied(address, "it listens there for us already; choose another address"));
        return;
      }
    }
    try {
      session.request(
          request(address, "", true),
          address.toString(),
          (command, answer) -> answered(address, arrivals, command, answer, result));
    } catch (IOException e) {
      result.completeExceptionally(lostMeanwhile());
    }
  }

  /** On the session's own thread, so that no connection overtakes it. */
  private void answered(
      ForwardAddress asked,
      Arrivals arrivals,
      int command,
      Buffer answer,
      CompletableFuture<FarListener> result) {
    if (command != SshConstants.SSH_MSG_REQUEST_SUCCESS) {
      completions.run(() -> result.completeExceptionally(denied(asked, refusal(asked))));
      return;
    }
    ForwardAddress listens = asked;
    if (asked instanceof Tcp tcp && tcp.port() == 0) {
      int port = answer.available() < Integer.BYTES ? 0 : answer.getInt();
      if (port < 1 || port > 65_535) {
        completions.run(
            () ->
                result.completeExceptionally(
                    denied(asked, "it agreed, but did not say on which port")));
        return;
      }
      listens = new Tcp(tcp.host(), port);
    }
    Listening granted = new Listening(listens, arrivals);
    boolean added;
    synchronized (this) {
      added = listening.putIfAbsent(listens, arrivals) == null;
    }
    completions.run(
        () -> {
          if (!added) {
            result.completeExceptionally(denied(asked, "it listens there for us already"));
          } else if (!result.complete(granted)) {
            granted.close();
          }
        });
  }

  private HopFailure lostMeanwhile() {
    HopFailure failure = lost.get();
    return new HopFailure(failure.code(), Phase.CHANNEL, failure.sentence(), failure.getCause());
  }

  private static String refusal(ForwardAddress address) {
    return address instanceof UnixSocket
        ? "it may forbid it (AllowStreamLocalForwarding), the path may be taken (StreamLocalBindUnlink) or its folder not writable there"
        : "the port may be taken there, be reserved for root, or be forbidden (AllowTcpForwarding, PermitListen, GatewayPorts)";
  }

  private static HopFailure denied(ForwardAddress address, String why) {
    return new HopFailure(
        Code.FORWARD_DENIED,
        Phase.CHANNEL,
        "the server does not listen on %s for us: %s".formatted(address, why));
  }

  private Buffer request(ForwardAddress address, String prefix, boolean wantsReply) {
    Buffer buffer = session.createBuffer(SshConstants.SSH_MSG_GLOBAL_REQUEST);
    buffer.putString(
        prefix + (address instanceof Tcp ? "tcpip-forward" : "streamlocal-forward@openssh.com"));
    buffer.putBoolean(wantsReply);
    if (address instanceof Tcp tcp) {
      buffer.putString(tcp.host().equals("*") ? "" : tcp.host());
      buffer.putUInt(tcp.port());
    } else {
      buffer.putString(((UnixSocket) address).path());
    }
    return buffer;
  }

  private final class Listening implements FarListener {
    private final ForwardAddress address;
    private final Arrivals arrivals;

    Listening(ForwardAddress address, Arrivals arrivals) {
      this.address = address;
      this.arrivals = arrivals;
    }

    @Override
    public ForwardAddress address() {
      return address;
    }

    @Override
    public void close() {
      synchronized (RemoteListeners.this) {
        if (!listening.remove(address, arrivals)) {
          return;
        }
      }
      completions.run(this::cancel);
    }

    private void cancel() {
      if (!session.isOpen()) {
        return;
      }
      try {
        session.writePacket(request(address, "cancel-", false));
      } catch (IOException e) {
        // It ends with the session.
      }
    }
  }
}
