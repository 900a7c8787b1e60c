package dev.postern.core.forward;

import dev.postern.circuit.ForwardCounts;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts what goes through a forward. */
record Tally(
    AtomicInteger open,
    LongAdder accepted,
    LongAdder refused,
    LongAdder sent,
    LongAdder received,
    AtomicReference<@Nullable String> lastError) {
  Tally() {
    this(
        new AtomicInteger(),
        new LongAdder(),
        new LongAdder(),
        new LongAdder(),
        new LongAdder(),
        new AtomicReference<>());
  }

  ForwardCounts counts() {
    return new ForwardCounts(
        open.get(),
        accepted.sum(),
        refused.sum(),
        sent.sum(),
        received.sum(),
        Optional.ofNullable(lastError.get()));
  }
}
