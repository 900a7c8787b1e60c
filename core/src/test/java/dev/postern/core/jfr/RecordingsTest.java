package dev.postern.core.jfr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.HopInfo;
import dev.postern.circuit.Phase;
import dev.postern.event.AuthOutcome;
import dev.postern.event.CircuitEvent;
import dev.postern.event.CircuitListener;
import dev.postern.event.Reason;
import dev.postern.problem.Code;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecordingsTest {
  private static final HopInfo HOP = new HopInfo(1, 2, "alice", new Endpoint("bastion", 2222));
  private static final Duration TOOK = Duration.ofMillis(640);

  @TempDir private Path folder;

  @Test
  void eachEventIsWrittenWithItsFields() throws IOException {
    CircuitListener recordings = Recordings.ofThisJava().orElseThrow();
    Path file = folder.resolve("it.jfr");
    try (Recording recording = new Recording()) {
      recording.start();
      recordings.on(
          new CircuitEvent.HopOpened(
              "db",
              HOP,
              TOOK,
              Optional.of(new Reason(Code.AUTH_DENIED, Phase.AUTH, "Permission denied"))));
      recordings.on(new CircuitEvent.AuthAttempt("db", HOP, "password", AuthOutcome.REFUSED, TOOK));
      recordings.on(
          new CircuitEvent.ForwardConnection("db", "1 -> h:2", 3, 4, TOOK, Optional.empty()));
      recordings.on(new CircuitEvent.Reconnected("db", 7, TOOK, Optional.empty()));
      recordings.on(new CircuitEvent.CircuitOpened("db", 2, TOOK));
      recording.stop();
      recording.dump(file);
    }
    List<RecordedEvent> events =
        RecordingFile.readAllEvents(file).stream()
            .filter(event -> event.getEventType().getName().startsWith("dev.postern."))
            .toList();
    assertThat(events)
        .extracting(event -> event.getEventType().getName())
        .containsExactlyInAnyOrder(
            "dev.postern.HopOpened",
            "dev.postern.AuthAttempt",
            "dev.postern.ForwardConnection",
            "dev.postern.Reconnect");
    assertThat(events).allSatisfy(RecordingsTest::hasWhatAllHave);
    RecordedEvent hop = named(events, "dev.postern.HopOpened");
    assertThat(hop.getString("hop")).isEqualTo("hop 1/2 alice@bastion");
    assertThat(hop.getString("address")).isEqualTo("bastion:2222");
    assertThat(hop.getString("outcome")).isEqualTo("failed");
    assertThat(hop.getString("code")).isEqualTo("PST-A001");
    RecordedEvent attempt = named(events, "dev.postern.AuthAttempt");
    assertThat(attempt.getString("method")).isEqualTo("password");
    assertThat(attempt.getString("outcome")).isEqualTo("refused");
    RecordedEvent connection = named(events, "dev.postern.ForwardConnection");
    assertThat(connection.getLong("sent")).isEqualTo(3);
    assertThat(connection.getLong("received")).isEqualTo(4);
    assertThat(named(events, "dev.postern.Reconnect").getInt("attempt")).isEqualTo(7);
  }

  private static void hasWhatAllHave(RecordedEvent event) {
    assertThat(event.getString("route")).isEqualTo("db");
    assertThat(event.getDuration("took")).isEqualTo(TOOK);
    assertThat(event.getStackTrace()).isNull();
  }

  private static RecordedEvent named(List<RecordedEvent> events, String name) {
    return events.stream()
        .filter(event -> event.getEventType().getName().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
