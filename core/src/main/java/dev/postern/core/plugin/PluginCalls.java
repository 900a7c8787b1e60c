package dev.postern.core.plugin;

import dev.postern.api.config.MisconfiguredException;
import dev.postern.problem.Code;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls what a plugin must do at once: its constructors, {@code type}, {@code create}. Each call
 * runs on a thread of its own, so that one that hangs holds up nobody, and what it throws becomes a
 * sentence that names the plugin.
 */
final class PluginCalls {
  /** Far beyond what must do no I/O, on any machine. */
  static final Duration LIMIT = Duration.ofSeconds(5);

  private final String plugin;
  private final Duration limit;

  /**
   * Calls of one plugin.
   *
   * @param plugin its name, version and place, for messages
   */
  PluginCalls(String plugin, Duration limit) {
    this.plugin = plugin;
    this.limit = limit;
  }

  String plugin() {
    return plugin;
  }

  /**
   * Runs a call.
   *
   * @param what is called, for messages: {@code create of 'acme'}
   * @throws MisconfiguredException as the plugin threw it
   * @throws PluginFault if it is broken or hangs
   */
  <T> T run(String what, Callable<T> call) {
    FutureTask<T> task = new FutureTask<>(call);
    Thread thread = new Thread(task, "postern-plugin");
    thread.setDaemon(true);
    thread.start();
    try {
      T result = task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (result == null) {
        throw fault(Code.PLUGIN_BROKEN, "%s returned null".formatted(what));
      }
      return result;
    } catch (TimeoutException e) {
      String place = where(thread);
      task.cancel(true);
      throw fault(
          Code.PLUGIN_HANGS,
          "%s did not return within %d s%s; it must do no I/O and wait for nothing"
              .formatted(what, limit.toSeconds(), place));
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw new PluginFault(Code.CANCELLED, "the opening was cancelled", e);
    } catch (ExecutionException e) {
      throw rethrown(what, e.getCause() == null ? e : e.getCause());
    }
  }

  private RuntimeException rethrown(String what, Throwable cause) {
    if (cause instanceof MisconfiguredException misconfigured) {
      return misconfigured;
    }
    if (cause instanceof PluginFault fault) {
      return fault;
    }
    return Causes.fault(plugin, what, cause);
  }

  private PluginFault fault(Code code, String sentence) {
    return new PluginFault(code, "the plugin " + plugin + " is broken: " + sentence);
  }

  private static String where(Thread thread) {
    StackTraceElement[] stack = thread.getStackTrace();
    return stack.length == 0 ? "" : " (it is in %s)".formatted(stack[0]);
  }
}
