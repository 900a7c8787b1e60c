package dev.postern.core.circuit;

import dev.postern.circuit.CircuitException;
import dev.postern.circuit.Forward;
import dev.postern.circuit.ForwardCounts;
import dev.postern.circuit.ForwardState;
import dev.postern.circuit.RemoteProcess;
import dev.postern.circuit.TcpStream;
import dev.postern.core.forward.LosableForward;
import dev.postern.route.ForwardAddress;
import dev.postern.route.ForwardSpec;
import dev.postern.sftp.Sftp;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one circuit opened on its last hop. It is closed with the circuit even where the hop lives
 * on for others. Safe for use by several threads.
 */
final class OpenChannels {
  /** In the order of opening; each is equal to itself alone. */
  private final Set<AutoCloseable> open = new LinkedHashSet<>();

  private boolean closed;

  RemoteProcess track(RemoteProcess process) {
    add(process);
    process.ended().whenComplete((result, failure) -> remove(process));
    return process;
  }

  Sftp track(Sftp sftp) {
    add(sftp);
    sftp.closed().thenRun(() -> remove(sftp));
    return sftp;
  }

  TcpStream track(TcpStream stream) {
    TcpStream tracked = new TrackedStream(stream, this::remove);
    add(tracked);
    return tracked;
  }

  Forward track(Forward forward) {
    Forward tracked = new TrackedForward(forward);
    add(tracked);
    return tracked;
  }

  synchronized List<Forward> forwards() {
    return open.stream().filter(Forward.class::isInstance).map(Forward.class::cast).toList();
  }

  /** Closes a channel that nobody wants any more. */
  void discard(AutoCloseable channel) {
    remove(channel);
    quietly(channel);
  }

  /** Closes everything; processes, streams and clients of forwards learn it, if not meant so. */
  void close(Optional<CircuitException> reason) {
    List<AutoCloseable> all;
    synchronized (this) {
      closed = true;
      all = new ArrayList<>(open);
      open.clear();
    }
    for (AutoCloseable channel : all) {
      if (reason.isPresent() && channel instanceof LosableProcess process) {
        process.lost(reason.get());
      }
      if (reason.isPresent() && channel instanceof TrackedStream stream) {
        stream.lost(reason.get());
      }
      if (reason.isPresent() && channel instanceof TrackedForward tracked) {
        tracked.lost();
      }
      quietly(channel);
    }
  }

  private void add(AutoCloseable channel) {
    synchronized (this) {
      if (!closed) {
        open.add(channel);
        return;
      }
    }
    quietly(channel);
  }

  private synchronized void remove(AutoCloseable channel) {
    open.remove(channel);
  }

  private static void quietly(AutoCloseable channel) {
    try {
      channel.close();
    } catch (Exception e) {
      // It is being given up; the end of its hop reaps what is left of it.
    }
  }

  private final class TrackedForward implements Forward {
    private final Forward forward;

    TrackedForward(Forward forward) {
      this.forward = forward;
    }

    private void lost() {
      if (forward instanceof LosableForward losable) {
        losable.lost();
      }
    }

    @Override
    public ForwardSpec spec() {
      return forward.spec();
    }

    @Override
    public ForwardAddress address() {
      return forward.address();
    }

    @Override
    public ForwardState state() {
      return forward.state();
    }

    @Override
    public ForwardCounts counts() {
      return forward.counts();
    }

    @Override
    public void close() {
      remove(this);
      forward.close();
    }
  }
}
