package dev.postern.cli;

import dev.postern.cli.copy.Amounts;
import dev.postern.cli.report.Table;
import dev.postern.cli.status.ForwardStatus;
import dev.postern.cli.status.Running;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What runs, for a person. */
final class StatusReport {
  private static final String RECONNECTING = "reconnecting";

  private final DateTimeFormatter time;

  StatusReport(ZoneId zone) {
    this.time = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(zone);
  }

  /** A block of lines for each process, with empty lines between. */
  String text(List<Running> all) {
    return String.join("\n", all.stream().map(this::block).toList());
  }

  private String block(Running running) {
    if (running instanceof Running.Route route) {
      return route(route);
    }
    return "?  pid %d  %s\n".formatted(running.pid(), ((Running.Silent) running).why());
  }

  private String route(Running.Route route) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s  pid %d  %s  since %s\n"
            .formatted(route.route(), route.pid(), state(route), time.format(route.since())));
    String[] lines =
        Table.text(route.forwards().stream().map(StatusReport::row).toList()).split("\n");
    for (int i = 0; i < route.forwards().size(); i++) {
      text.append("  ").append(lines[i]).append('\n');
      error(text, "    ", route.forwards().get(i).lastError());
    }
    error(text, "  ", route.lastError());
    return text.toString();
  }

  private static String state(Running.Route route) {
    boolean reconnects = route.state().equals(RECONNECTING) && route.attempt() > 0;
    if (!reconnects) {
      return route.state();
    }
    return route
        .nextAttemptMillis()
        .map(
            millis ->
                String.format(
                    Locale.ROOT,
                    "%s (attempt %d in %.1f s)",
                    route.state(),
                    route.attempt(),
                    millis / 1000.0))
        .orElseGet(() -> "%s (attempt %d)".formatted(route.state(), route.attempt()));
  }

  private static List<String> row(ForwardStatus forward) {
    String refused = forward.refused() == 0 ? "" : ", %d refused".formatted(forward.refused());
    return List.of(
        forward.type(),
        "%s -> %s".formatted(forward.listen(), forward.target().orElse("SOCKS")),
        forward.state(),
        "%d of %d open%s".formatted(forward.open(), forward.accepted(), refused),
        "%s sent".formatted(Amounts.bytes((double) forward.sent())),
        "%s received".formatted(Amounts.bytes((double) forward.received())));
  }

  private static void error(StringBuilder text, String indent, Optional<String> sentence) {
    sentence.ifPresent(
        words -> text.append(indent).append("last error: ").append(words).append('\n'));
  }
}
