package dev.postern.transport.proxy.command;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A process and what it started. The end is asked for first, and after a while forced; the end of
 * this process waits for that.
 */
final class ProcessTree {
  private static final long GRACE_MILLIS = 2_000;

  private final ProcessHandle root;
  private final Thread atExit = new Thread(this::endAtExit, "postern-command-end");
  private final CompletableFuture<Void> gone = new CompletableFuture<>();
  private volatile boolean endedAtExit;
  private boolean ending;

  ProcessTree(ProcessHandle root) {
    this.root = root;
    try {
      Runtime.getRuntime().addShutdownHook(atExit);
    } catch (IllegalStateException e) {
      end();
    }
  }

  /** Asks all to end, and forces those that do not. Does not wait. */
  void end() {
    synchronized (this) {
      if (ending) {
        return;
      }
      ending = true;
    }
    // Their parent's end would make them nobody's, so they are listed before it.
    List<ProcessHandle> all = new ArrayList<>(List.of(root));
    root.descendants().forEach(all::add);
    all.forEach(ProcessHandle::destroy);
    CompletableFuture.allOf(
            all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
        .orTimeout(GRACE_MILLIS, MILLISECONDS)
        .whenComplete(
            (ended, late) -> {
              if (late != null) {
                all.forEach(ProcessTree::force);
              }
              gone.complete(null);
              removeHook();
            });
  }

  /**
   * What it started meanwhile as well. The parent goes first: a script would take the end of a
   * child for leave to start the next.
   */
  private static void force(ProcessHandle process) {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }

  private void removeHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // We are at it.
    }
  }

  /** Whether this process was about to end while the other still ran. */
  boolean isEndedAtExit() {
    return endedAtExit;
  }

  private void endAtExit() {
    endedAtExit = true;
    end();
    gone.join();
  }
}
