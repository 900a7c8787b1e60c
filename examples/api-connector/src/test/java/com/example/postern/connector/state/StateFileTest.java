package com.example.postern.connector.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StateFileTest {
  private static final Checkpoint CHECKPOINT =
      new Checkpoint(
          "w",
          3,
          Optional.of("2026-01-31T12:00:00Z"),
          Optional.of(
              new Pass(
                  Instant.parse("2026-01-31T12:00:01.5Z"),
                  Optional.of("2026-01-30T00:00:00Z"),
                  Optional.of("/pagination?page=2"),
                  Optional.of("2026-01-31T11:00:00Z"),
                  OptionalLong.of(200),
                  1)));

  @TempDir private Path folder;

  @Test
  void whatIsWrittenIsRead() throws Exception {
    assertThat(StateFile.read(folder, "one").checkpoint()).isEmpty();
    StateFile.read(folder, "one").write(CHECKPOINT);
    assertThat(StateFile.read(folder, "one").checkpoint()).contains(CHECKPOINT);
    Checkpoint none = Checkpoint.none("w");
    StateFile.read(folder, "one").write(none);
    assertThat(StateFile.read(folder, "one").checkpoint()).contains(none);
    assertThat(folder).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void theStateOfAnotherSourceIsNotUsedAndKept() throws Exception {
    StateFile.read(folder, "one").write(CHECKPOINT);
    StateFile other = StateFile.read(folder, "two");
    assertThat(other.checkpoint()).isEmpty();
    other.write(Checkpoint.none("v"));
    assertThat(StateFile.read(folder, "one").checkpoint()).contains(CHECKPOINT);
  }

  @Test
  void halfAFileThatAKilledWriterLeftIsNotRead() throws Exception {
    StateFile.read(folder, "one").write(CHECKPOINT);
    Files.writeString(folder.resolve("state.json.new"), "{\"vers");
    StateFile file = StateFile.read(folder, "one");
    assertThat(file.checkpoint()).contains(CHECKPOINT);
    file.write(CHECKPOINT);
    assertThat(folder.resolve("state.json.new")).doesNotExist();
  }

  @Test
  void whatIsNoStateIsRefused() throws Exception {
    Path file = folder.resolve("state.json");
    Files.writeString(file, "{");
    assertThatThrownBy(() -> StateFile.read(folder, "one"))
        .isInstanceOf(StateException.class)
        .hasMessage(file + " is not JSON: remove it to read everything again");
    Files.writeString(file, "{\"offset\": 100}");
    assertThatThrownBy(() -> StateFile.read(folder, "one"))
        .hasMessage(file + " is not a state of ours: remove it to read everything again");
    Files.writeString(
        file, "{\"version\": 1, \"sources\": {\"one\": {\"pass\": {\"started\": \"x\"}}}}");
    assertThatThrownBy(() -> StateFile.read(folder, "one").checkpoint())
        .hasMessage(
            file + " has a checkpoint that cannot be read: remove it to read everything again");
  }

  @Test
  void oneRunAtATimeHasTheLock() throws Exception {
    try (RunLock lock = RunLock.take(folder)) {
      assertThatThrownBy(() -> RunLock.take(folder))
          .isInstanceOf(StateException.class)
          .hasMessage("another run is at work in " + folder);
    }
    RunLock.take(folder).close();
  }
}
