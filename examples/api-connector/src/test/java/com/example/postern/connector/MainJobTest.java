package com.example.postern.connector;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.postern.connector.Bench.Ended;
import dev.postern.api.hop.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the example that people come from does: one answer of 20 users, behind a password. */
final class MainJobTest {
  @TempDir private Path folder;
  private Bench bench;

  @BeforeEach
  void start() throws IOException {
    bench = Bench.in(folder);
  }

  @AfterEach
  void stop() throws IOException {
    bench.close();
  }

  @Test
  void twentyUsersAreUpsertedAndAgainWithoutDuplicates() throws Exception {
    Ended first = bench.sync();
    assertThat(first.error()).isEmpty();
    assertThat(first.output())
        .isEqualToIgnoringNewLines(
            """
            Operation     | Calls
            ------------- + ------------
            Upserts       | 20
            Updates       | 0
            Deletes       | 0
            SchemaChanges | 1
            Checkpoints   | 1
            """);
    assertThat(first.exitCode()).isZero();

    Ended second = bench.sync();
    assertThat(second.counts()).isEqualTo("20 0 0 0 1");
    assertThat(bench.query("select count(*), count(distinct id) from tester.\"user\""))
        .containsExactly("20|20");
    assertThat(bench.api.requests()).containsExactly("GET /auth/api_key", "GET /auth/api_key");
    assertThat(bench.ssh.forwards())
        .containsExactly(
            new Endpoint("127.0.0.1", bench.api.port()),
            new Endpoint("127.0.0.1", bench.api.port()));
  }

  @Test
  void columnsAreInSnakeCaseAndValuesAsTheApiHasThem() throws Exception {
    bench.sync();
    assertThat(
            bench.query(
                "select column_name from information_schema.columns where table_name = 'user' order by column_name"))
        .containsExactly(
            "_deleted",
            "_synced",
            "address",
            "company",
            "created_at",
            "email",
            "id",
            "job",
            "name",
            "updated_at");
    bench.api.change(
        users ->
            assertThat(rowOfFirst())
                .isEqualTo(
                    users.get(0).get("id").textValue()
                        + "|"
                        + users.get(0).get("address").textValue()
                        + "|"
                        + users.get(0).get("updatedAt").textValue()));
  }

  private String rowOfFirst() {
    try {
      return bench
          .query(
              "select id, address, updated_at from tester.\"user\" order by created_at, id limit 1")
          .get(0);
    } catch (java.sql.SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aChangedUserCountsAsUpdated() throws Exception {
    bench.sync();
    bench.api.change(users -> users.get(3).put("job", "Astronaut"));

    assertThat(bench.sync().counts()).isEqualTo("20 1 0 0 1");
    assertThat(bench.query("select count(*) from tester.\"user\" where job = 'Astronaut'"))
        .containsExactly("1");
  }

  @Test
  void anEmptyAnswerWritesNothing() throws Exception {
    bench.api.change(java.util.List::clear);

    assertThat(bench.sync().counts()).isEqualTo("0 0 0 0 0");
    assertThat(Files.exists(bench.directory.resolve("state.json"))).isFalse();
  }

  @Test
  void withALocalPortTheApiIsThereWhileItRuns() throws Exception {
    int port = freePort();
    bench.set("local_port", String.valueOf(port));
    AtomicBoolean listened = new AtomicBoolean();
    bench.api.intercept(
        (exchange, number) -> {
          listened.set(
              answers(port)
                  && exchange.getRequestHeaders().getFirst("Host").equals("127.0.0.1:" + port));
          return false;
        });

    assertThat(bench.sync().counts()).isEqualTo("20 0 0 1 1");
    assertThat(listened).isTrue();
    assertThat(answers(port)).isFalse();
  }

  @Test
  void aLocalPortThatIsTakenEndsTheRun() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Ended ended = bench.set("local_port", String.valueOf(taken.getLocalPort())).sync();
      assertThat(ended.exitCode()).isEqualTo(1);
      assertThat(ended.error())
          .startsWith("SYNC FAILED at ssh: ")
          .contains("127.0.0.1:" + taken.getLocalPort(), "PST-F001");
    }
  }

  @Test
  void theEndCanBeJson() throws Exception {
    assertThat(bench.sync("--json").output())
        .isEqualToIgnoringNewLines(
            "{\"ok\":true,\"upserts\":20,\"updates\":0,\"deletes\":0,\"schemaChanges\":1,\"checkpoints\":1}");
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
