package com.example.postern.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A state that does not go with its warehouse, or with what is read. */
final class StateTest {
  @TempDir private Path folder;
  private Bench bench;

  @BeforeEach
  void start() throws IOException {
    bench = Bench.in(folder).set("pagination", "offset");
  }

  @AfterEach
  void stop() throws IOException {
    bench.close();
  }

  @Test
  void aWarehouseThatIsGoneIsFilledAgain() throws Exception {
    bench.sync();
    Files.delete(bench.directory.resolve("warehouse.db"));

    Bench.Ended ended = bench.sync();
    assertThat(ended.error())
        .isEqualTo(
            "api-connector: the checkpoint belongs to another warehouse: everything is read again\n");
    assertThat(ended.counts()).isEqualTo("200 0 0 1 4");
  }

  @Test
  void aWarehouseThatWasPutBackFromACopyIsFilledAgain() throws Exception {
    bench.sync();
    Path file = bench.directory.resolve("warehouse.db");
    Path copy = Files.copy(file, folder.resolve("copy"));
    bench.api.change(
        users -> users.get(0).put("job", "Astronaut").put("updatedAt", "2026-01-31T11:59:59Z"));
    bench.sync();
    Files.move(copy, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);

    assertThat(bench.sync().counts()).isEqualTo("200 1 0 0 4");
  }

  @Test
  void aStateThatIsGoneMeansEverythingIsReadAgain() throws Exception {
    bench.sync();
    Files.delete(bench.directory.resolve("state.json"));
    assertThat(bench.sync().counts()).isEqualTo("200 0 0 0 4");
  }

  @Test
  void anotherEndpointBeginsAtItsOwnBeginning() throws Exception {
    bench.sync();
    bench.set("pagination", "keyset").set("table", "other");
    assertThat(bench.sync().counts()).isEqualTo("200 0 0 1 4");
    bench.set("pagination", "offset").set("table", "user");
    assertThat(bench.sync().counts()).matches("[1-9] 0 0 0 [01]");
  }

  @Test
  void aBrokenStateEndsTheRunBeforeAnythingIsAsked() throws Exception {
    bench.sync();
    int before = bench.api.requests().size();
    Files.writeString(bench.directory.resolve("state.json"), "{");

    Bench.Ended ended = bench.sync();
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.error())
        .isEqualTo(
            "SYNC FAILED at state: %s is not JSON: remove it to read everything again\n"
                .formatted(bench.directory.resolve("state.json")));
    assertThat(bench.api.requests()).hasSize(before);
  }

  @Test
  void aMisconfiguredRunSaysAllAndDoesNothing() throws Exception {
    bench.without("ssh_user").without("api_key");
    Bench.Ended ended = bench.sync();
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.error())
        .isEqualTo(
            """
            api-connector: configuration: "ssh_user" is missing
            api-connector: configuration: "api_key" is missing
            """);
    assertThat(bench.directory).doesNotExist();
  }
}
