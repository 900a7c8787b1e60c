package dev.postern.core.hop;

/** What a run over many targets wants at the hops that it opens. */
public interface HopWatch {
  /** For a hop that stands alone. */
  HopWatch NOBODY =
      new HopWatch() {
        @Override
        public String label() {
          return "";
        }

        @Override
        public Verdicts of(int strategy) {
          return Verdicts.NOBODY;
        }
      };

  /** What stands before a question to the person; empty if the hop's address says enough. */
  String label();

  /** Who hears of the secrets of a strategy, by its place in the plan. */
  Verdicts of(int strategy);
}
