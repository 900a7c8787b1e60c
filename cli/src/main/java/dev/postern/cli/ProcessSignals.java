package dev.postern.cli;

import java.lang.reflect.Proxy;

/**
 * The real ones. Java hears of signals through {@code sun.misc.Signal} only, which compilers warn
 * of without a way to answer; so it is found at run time, and a platform without it goes without.
 */
final class ProcessSignals implements Signals {
  @Override
  public void on(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object listener =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                action.run();
                return null;
              });
      Object wanted = signal.getConstructor(String.class).newInstance(name);
      signal.getMethod("handle", signal, handler).invoke(null, wanted, listener);
    } catch (ReflectiveOperationException e) {
      // Such a signal never comes here.
    }
  }
}
