package dev.postern.cli;

import java.lang.reflect.Proxy;

/**
 * Tells of new sizes of the terminal. Java hears of SIGWINCH through {@code sun.misc.Signal} only,
 * which compilers warn of without a way to answer; so it is found at run time, and a platform
 * without it goes without.
 */
final class WindowChanges {
  private WindowChanges() {}

  static void listen(Runnable action) {
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
      Object window = signal.getConstructor(String.class).newInstance("WINCH");
      signal.getMethod("handle", signal, handler).invoke(null, window, listener);
    } catch (ReflectiveOperationException e) {
      // The shell keeps the size that it began with.
    }
  }
}
