package dev.postern.core.memory;

import java.util.Optional;

/** What is remembered of one server. Safe for use by several threads; never fails. */
public interface HostMemory {
  /** Of a server of which nothing is to be remembered. */
  HostMemory NONE =
      new HostMemory() {
        @Override
        public Optional<Remembered> recall() {
          return Optional.empty();
        }

        @Override
        public void keep(Remembered seen) {}

        @Override
        public void forget() {}
      };

  /** What it did the last time; empty if that is not known. May read a small file. */
  Optional<Remembered> recall();

  /** Remembers what it did this time. */
  void keep(Remembered seen);

  /** What was remembered was of no use. */
  void forget();
}
