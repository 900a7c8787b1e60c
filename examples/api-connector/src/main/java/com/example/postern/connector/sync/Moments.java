package com.example.postern.connector.sync;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** When items were changed, by the clock of the API. */
final class Moments {
  private final String field;

  Moments(String field) {
    this.field = field;
  }

  /**
   * The latest change of items and another.
   *
   * @param now one that lies more than a day after it is a mistake, behind which everything that
   *     comes later would be missed
   */
  Optional<String> newest(List<ObjectNode> items, Optional<String> other, Instant now) {
    Instant bound = now.plus(Duration.ofDays(1));
    Optional<Instant> newest = other.map(Instant::parse);
    for (ObjectNode item : items) {
      Optional<Instant> moment = moment(item).filter(each -> each.isBefore(bound));
      if (moment.isPresent() && (newest.isEmpty() || moment.get().isAfter(newest.get()))) {
        newest = moment;
      }
    }
    return newest.map(Moments::text);
  }

  private Optional<Instant> moment(ObjectNode item) {
    String text = item.path(field).asText();
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** A moment before another. */
  static String earlier(String moment, Duration duration) {
    return text(Instant.parse(moment).minus(duration));
  }

  private static String text(Instant moment) {
    return moment.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
