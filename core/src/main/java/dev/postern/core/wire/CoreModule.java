package dev.postern.core.wire;

import static com.google.inject.Scopes.SINGLETON;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import dev.postern.api.hop.HopInfo;
import dev.postern.api.hop.PluginContext;
import dev.postern.core.circuit.CircuitOpener;
import dev.postern.core.circuit.HopConnector;
import dev.postern.core.circuit.HopOpener;
import dev.postern.core.circuit.HopPool;
import dev.postern.core.circuit.HopServices;
import dev.postern.core.forward.Listeners;
import dev.postern.core.forward.SocketLoop;
import dev.postern.core.memory.Memories;
import dev.postern.core.sshd.SshdConnector;
import dev.postern.event.CircuitListener;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/**
 * What core consists of. Bindings are providers written out, not constructors found by reflection:
 * Guice then generates no byte code, which would cost start-up time and warns on Java 24 and later.
 */
final class CoreModule extends AbstractModule {
  private final PluginContext services;
  private final Consumer<HopInfo> hopBegun;
  private final CircuitListener listener;

  CoreModule(PluginContext services, Consumer<HopInfo> hopBegun, CircuitListener listener) {
    this.listener = listener;
    this.services = services;
    this.hopBegun = hopBegun;
  }

  @Override
  protected void configure() {
    binder().requireExplicitBindings();
    binder().requireExactBindingAnnotations();
    binder().disableCircularProxies();

    Provider<ExecutorService> blocking = getProvider(ExecutorService.class);
    Provider<HopConnector> connector = getProvider(HopConnector.class);
    Provider<HopServices> hopServices = getProvider(HopServices.class);
    Provider<Memories> memories = getProvider(Memories.class);
    Provider<HopOpener> opener = getProvider(HopOpener.class);
    Provider<HopPool> pool = getProvider(HopPool.class);
    Provider<SocketLoop> loop = getProvider(SocketLoop.class);
    Provider<Listeners> listeners = getProvider(Listeners.class);

    bind(PluginContext.class).toInstance(services);
    bind(ExecutorService.class).toProvider(BlockingThreads::executor).in(SINGLETON);
    bind(SocketLoop.class).toProvider(SocketLoop::new).in(SINGLETON);
    bind(Listeners.class).toProvider(() -> new Listeners(loop.get(), blocking.get())).in(SINGLETON);
    bind(HopConnector.class)
        .toProvider(() -> new SshdConnector(blocking.get(), loop.get()))
        .in(SINGLETON);
    bind(Memories.class).toProvider(() -> new Memories(blocking.get())).in(SINGLETON);
    bind(HopServices.class)
        .toProvider(() -> new PlannedHopServices(services, memories.get()))
        .in(SINGLETON);
    bind(HopOpener.class)
        .toProvider(() -> new HopOpener(connector.get(), hopServices.get(), blocking.get()))
        .in(SINGLETON);
    bind(HopPool.class).toProvider(() -> new HopPool(opener.get(), listener)).in(SINGLETON);
    bind(CircuitOpener.class)
        .toProvider(() -> new CircuitOpener(pool.get(), listeners.get(), hopBegun, listener))
        .in(SINGLETON);
  }
}
