package dev.postern.core.person;

import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * A signal of this process with an action in place of what it did. Java hears of signals through
 * {@code sun.misc.Signal} only, which compilers warn of without a way to answer; so it is found at
 * run time, and a platform without it goes without.
 */
public final class ProcessSignal implements AutoCloseable {
  private final @Nullable Object signal;
  private final @Nullable Object before;

  private ProcessSignal(@Nullable Object signal, @Nullable Object before) {
    this.signal = signal;
    this.before = before;
  }

  /**
   * Runs the action, on a thread of its own, at each such signal until closed.
   *
   * @param name without {@code SIG}; a signal that this system does not have never comes
   */
  public static ProcessSignal on(String name, Runnable action) {
    try {
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object listener =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                action.run();
                return null;
              });
      Object signal =
          Class.forName("sun.misc.Signal").getConstructor(String.class).newInstance(name);
      return new ProcessSignal(signal, handle(signal, listener));
    } catch (ReflectiveOperationException e) {
      // Such a signal never comes here.
      return new ProcessSignal(null, null);
    }
  }

  private static @Nullable Object handle(Object signal, Object handler)
      throws ReflectiveOperationException {
    return signal
        .getClass()
        .getMethod("handle", signal.getClass(), Class.forName("sun.misc.SignalHandler"))
        .invoke(null, signal, handler);
  }

  /** Puts back what the signal did before. */
  @Override
  public void close() {
    if (signal == null || before == null) {
      return;
    }
    try {
      handle(signal, before);
    } catch (ReflectiveOperationException e) {
      // It was handled a moment ago.
    }
  }
}
