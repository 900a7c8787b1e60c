package dev.postern.core.hop;

/**
 * Hears what becomes of the secrets of one strategy on one hop, and may hold them back. Calls come
 * off the I/O threads.
 */
public interface Verdicts {
  /** For a hop that stands alone. */
  Verdicts NOBODY =
      new Verdicts() {
        @Override
        public void sending() {}

        @Override
        public void refused() {}

        @Override
        public void accepted() {}
      };

  /**
   * A secret is about to go out. May wait until it is known whether it is right.
   *
   * @throws HopFailure if it must not go out
   */
  void sending() throws HopFailure, InterruptedException;

  /** The server refused what went out. */
  void refused();

  /** The server accepted what went out. */
  void accepted();
}
