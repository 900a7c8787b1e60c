package dev.postern.core.sshd;

import dev.postern.core.memory.HostMemory;
import dev.postern.core.memory.Remembered;
import java.util.Optional;

/** Remembers one server, as a test says or as it was seen. */
final class Remembering implements HostMemory {
  private volatile Optional<Remembered> server = Optional.empty();

  static Remembering of(String keyExchange, String hostKey) {
    Remembering memory = new Remembering();
    memory.keep(new Remembered(keyExchange, hostKey, Optional.empty(), false));
    return memory;
  }

  @Override
  public Optional<Remembered> recall() {
    return server;
  }

  @Override
  public void keep(Remembered seen) {
    server = Optional.of(seen);
  }

  @Override
  public void forget() {
    server = Optional.empty();
  }
}
