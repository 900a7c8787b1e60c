package dev.postern.core.circuit;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.postern.api.config.MisconfiguredException;
import dev.postern.api.hop.HopContext;
import dev.postern.api.transport.Link;
import dev.postern.api.transport.Transport;
import dev.postern.circuit.Phase;
import dev.postern.core.auth.AuthEngine;
import dev.postern.core.config.HopPlan;
import dev.postern.core.config.PluginUse;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.plugin.PluginFault;
import dev.postern.core.plugin.ThirdParty;
import dev.postern.core.text.Sanitiser;
import dev.postern.problem.Code;
import java.io.IOException;
import java.nio.channels.AsynchronousByteChannel;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** One attempt at one hop. What it made is undone when it fails or is cancelled. */
final class HopOpening {
  private final HopConnector connector;
  private final HopServices services;
  private final HopPlan plan;
  private final @Nullable OpenHop previous;
  private final HopTrail trail;
  private final Ahead ahead;
  private final CompletableFuture<OpenHop> result = new CompletableFuture<>();

  private @Nullable Future<?> preparation;
  private @Nullable CompletableFuture<HopSession> connection;
  private @Nullable Transport transport;

  HopOpening(
      HopConnector connector,
      HopServices services,
      HopPlan plan,
      @Nullable OpenHop previous,
      HopTrail trail,
      Ahead ahead) {
    this.ahead = ahead;
    this.connector = connector;
    this.services = services;
    this.plan = plan;
    this.previous = previous;
    this.trail = trail;
  }

  CompletableFuture<OpenHop> result() {
    return result;
  }

  void start(ExecutorService blocking) {
    result.whenComplete((hop, failure) -> finished(failure));
    try {
      synchronized (this) {
        preparation = blocking.submit(this::prepare);
      }
    } catch (RejectedExecutionException e) {
      fail(new HopFailure(Code.CLOSED, Phase.CONNECT, "Postern was closed", e));
    }
  }

  private void prepare() {
    try {
      Transport made = makeTransport(services.transportContext(trail));
      keep(made);
      Link link = link(made);
      connect(link, engine(link));
    } catch (HopFailure e) {
      fail(e);
    } catch (InterruptedException e) {
      fail(new HopFailure(Code.CANCELLED, Phase.CONNECT, "the opening was cancelled", e));
    } catch (RuntimeException e) {
      fail(new HopFailure(Code.TRANSPORT_FAILED, Phase.CONNECT, "unexpected " + e, e));
    }
  }

  private Transport makeTransport(HopContext context) throws HopFailure {
    try {
      return PluginUse.createTransport(plan.transport(), context);
    } catch (MisconfiguredException e) {
      throw misconfigured(e);
    } catch (RuntimeException | LinkageError e) {
      throw broken(e);
    }
  }

  private Link link(Transport made) throws HopFailure, InterruptedException {
    Thread opener = Thread.currentThread();
    CompletableFuture<Void> opened = new CompletableFuture<>();
    long limit = plan.policy().connectTimeout().toMillis();
    opened
        .orTimeout(limit, MILLISECONDS)
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                opener.interrupt();
              }
            });
    try {
      return made.open(plan.info().endpoint(), previous);
    } catch (InterruptedException e) {
      if (!opened.isCompletedExceptionally()) {
        throw e;
      }
      throw new HopFailure(
          Code.CONNECT_TIMEOUT,
          Phase.CONNECT,
          "the transport '%s' took longer than %d ms (connect-timeout)%s"
              .formatted(plan.transport().type(), limit, waitedFor(e)),
          e);
    } catch (MisconfiguredException e) {
      throw misconfigured(e);
    } catch (IOException e) {
      throw new HopFailure(
          Code.TRANSPORT_FAILED,
          Phase.CONNECT,
          "the transport '%s' failed: %s"
              .formatted(plan.transport().type(), Sanitiser.line(String.valueOf(e.getMessage()))),
          e);
    } catch (RuntimeException | LinkageError e) {
      throw broken(e);
    } finally {
      opened.complete(null);
    }
  }

  /** Nobody else closes a plugin's channel before it is connected. */
  private AuthEngine engine(Link link) throws HopFailure {
    try {
      return services.engine(plan, trail);
    } catch (HopFailure | RuntimeException e) {
      if (link instanceof Link.Stream stream) {
        close(stream.channel());
      }
      throw e;
    }
  }

  private static void close(AsynchronousByteChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // It was not used.
    }
  }

  private static String waitedFor(InterruptedException e) {
    return e.getMessage() == null ? "" : ": " + Sanitiser.line(e.getMessage());
  }

  private void connect(Link link, AuthEngine engine) {
    CompletableFuture<HopSession> connecting =
        connector.connect(
            new HopConnector.Attempt(
                plan.info(),
                link,
                plan.policy(),
                services.verifier(plan),
                engine,
                trail,
                services.memory(plan),
                ahead));
    synchronized (this) {
      connection = connecting;
    }
    if (result.isDone()) {
      connecting.cancel(true);
    }
    connecting.whenComplete(this::connected);
  }

  private void connected(@Nullable HopSession session, @Nullable Throwable failure) {
    if (session == null) {
      fail(failure == null ? new CancellationException() : failure);
      return;
    }
    if (!result.complete(new OpenHop(plan.info(), session))) {
      session.close();
      return;
    }
    session.closed().whenComplete((reason, ignored) -> closeTransport());
  }

  private void finished(@Nullable Throwable failure) {
    if (failure == null) {
      return;
    }
    synchronized (this) {
      if (result.isCancelled() && preparation != null) {
        preparation.cancel(true);
      }
      if (connection != null) {
        connection.cancel(true);
      }
    }
    closeTransport();
  }

  private void keep(Transport made) {
    synchronized (this) {
      transport = made;
    }
    if (result.isDone()) {
      closeTransport();
    }
  }

  private void closeTransport() {
    Transport made;
    synchronized (this) {
      made = transport;
      transport = null;
    }
    if (made == null) {
      return;
    }
    try {
      made.close();
    } catch (Exception e) {
      trail.record(
          Phase.CONNECT,
          "the transport '%s' failed to close: %s".formatted(plan.transport().type(), e));
    }
  }

  private void fail(Throwable failure) {
    result.completeExceptionally(Failures.unwrap(failure));
  }

  private HopFailure misconfigured(MisconfiguredException e) {
    return new HopFailure(
        Code.PLUGIN_MISCONFIGURED,
        Phase.CONNECT,
        "the transport '%s' is misconfigured: %s"
            .formatted(plan.transport().type(), e.getMessage()),
        e);
  }

  private HopFailure broken(Throwable e) {
    if (e instanceof PluginFault fault) {
      return new HopFailure(fault.code(), Phase.CONNECT, Sanitiser.line(fault.sentence()), e);
    }
    return new HopFailure(
        Code.PLUGIN_BROKEN,
        Phase.CONNECT,
        "the transport '%s'%s is broken: %s"
            .formatted(plan.transport().type(), ThirdParty.mention(plan.transport().provider()), e),
        e);
  }
}
