package dev.postern.core.jfr;

import java.time.Duration;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** What all events have. Written when it is over, so that its time is its end. */
@Category("Postern")
@StackTrace(false)
abstract class RouteEvent extends Event {
  @Label("Route")
  @Nullable String route;

  @Label("Outcome")
  @Nullable String outcome;

  @Label("Code")
  @Description("Of the failure, as in docs/codes.md; empty if there was none")
  @Nullable String code;

  @Label("Took")
  @Timespan(Timespan.NANOSECONDS)
  long took;

  final void write(String ofRoute, String withOutcome, String withCode, Duration time) {
    route = ofRoute;
    outcome = withOutcome;
    code = withCode;
    took = time.toNanos();
    commit();
  }
}
