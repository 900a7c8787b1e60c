package dev.postern.core.memory;

import dev.postern.api.hop.HopInfo;
import dev.postern.core.hop.HopPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Remembers what servers did, in a file beside the first known_hosts file of each hop, or in this
 * process alone where there is none. Safe for use by several threads.
 */
public final class Memories implements AutoCloseable {
  private final Executor blocking;
  private final Map<Optional<Path>, Notebook> notebooks = new HashMap<>();

  /** The executor writes files. */
  public Memories(Executor blocking) {
    this.blocking = blocking;
  }

  /** Of one hop, by its user, its host or alias, and its port. Reads nothing yet. */
  public HostMemory of(HopInfo hop, HopPolicy policy) {
    if (!policy.handshakeMemory()) {
      return HostMemory.NONE;
    }
    String name =
        "%s@%s:%d"
            .formatted(
                hop.user(),
                policy.hostKeyAlias().orElse(hop.endpoint().host()),
                hop.endpoint().port());
    Optional<Path> file = policy.knownHosts().stream().findFirst().flatMap(MemoryFile::beside);
    Notebook notebook;
    synchronized (this) {
      notebook =
          notebooks.computeIfAbsent(
              file, place -> new Notebook(place.map(MemoryFile::new), blocking));
    }
    return new Page(notebook, name);
  }

  /** Writes down what was not written yet, if that takes no time to speak of. */
  @Override
  public void close() {
    List<Notebook> open;
    synchronized (this) {
      open = new ArrayList<>(notebooks.values());
    }
    open.forEach(Notebook::write);
  }

  private record Page(Notebook notebook, String name) implements HostMemory {
    @Override
    public Optional<Remembered> recall() {
      return notebook.recall(name);
    }

    @Override
    public void keep(Remembered seen) {
      notebook.note(name, Optional.of(seen));
    }

    @Override
    public void forget() {
      notebook.note(name, Optional.empty());
    }
  }
}
