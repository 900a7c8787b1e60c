package com.example.postern.connector;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.postern.connector.Bench.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The process is killed (SIGKILL), and the next run makes up for it. */
final class KilledTest {
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

  private Process process() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Dguice_bytecode_gen_option=DISABLED",
            "-Djava.io.tmpdir=" + temporary(),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "com.example.postern.connector.Main",
            "sync",
            "--config",
            bench.configuration().toString(),
            "--directory",
            bench.directory.toString())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("output").toFile())
        .start();
  }

  private Path temporary() throws IOException {
    return Files.createDirectories(folder.resolve("temporary"));
  }

  /** Kills it when it asks for a page, which is when the one before is written. */
  private void killAt(int request) throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch dead = new CountDownLatch(1);
    int before = bench.api.requests().size();
    bench.api.intercept(
        (exchange, number) -> {
          if (number == before + request) {
            asked.countDown();
            await(dead);
          }
          return false;
        });
    Process process = process();
    assertThat(asked.await(60, TimeUnit.SECONDS)).as(() -> read(folder.resolve("output"))).isTrue();
    process.destroyForcibly().waitFor();
    dead.countDown();
    assertThat(temporary()).isEmptyDirectory();
    bench.api.intercept((exchange, number) -> false);
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private void assertAllIsThereOnce() throws Exception {
    assertThat(bench.query("select id from tester.\"user\" order by id")).isEqualTo(bench.ids());
  }

  @ParameterizedTest
  @CsvSource({"next_page_url, 3", "page_number, 2", "offset, 4", "keyset, 3"})
  void theNextRunGoesOnAtThePageThatWasNotWritten(String shape, int request) throws Exception {
    bench.set("pagination", shape);
    killAt(request);
    assertThat(bench.state()).contains("\"sequence\" : " + (request - 1), "\"place\"");

    Ended ended = bench.sync();
    assertThat(ended.error()).isEmpty();
    int left = 4 - (request - 1);
    assertThat(ended.counts()).isEqualTo("%d 0 0 0 %d".formatted(50 * left, left));
    assertThat(bench.api.requests()).hasSize(request + left);
    assertAllIsThereOnce();
  }

  @Test
  void beforeTheFirstPageNothingIsLost() throws Exception {
    bench.set("pagination", "offset");
    killAt(1);
    assertThat(bench.sync().counts()).isEqualTo("200 0 0 1 4");
    assertAllIsThereOnce();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 20, 60, 150})
  void whileAPageIsWrittenNothingIsLostOrDoubled(int milliseconds) throws Exception {
    bench.set("pagination", "keyset");
    CountDownLatch answered = new CountDownLatch(1);
    bench.api.intercept(
        (exchange, number) -> {
          if (number == 2) {
            answered.countDown();
          }
          return false;
        });
    Process process = process();
    assertThat(answered.await(60, TimeUnit.SECONDS)).isTrue();
    // Somewhere between the answer, the commit and the checkpoint: where, is chance.
    process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
    process.destroyForcibly().waitFor();

    Ended ended = bench.sync();
    assertThat(ended.exitCode()).as(ended.error()).isZero();
    assertAllIsThereOnce();
    assertThat(bench.query("select count(*) from tester.\"user\" where _deleted"))
        .containsExactly("0");
  }

  @Test
  void rowsWithoutTheirCheckpointAreWrittenOverThemselves() throws Exception {
    bench.set("pagination", "offset");
    killAt(3);
    Path state = bench.directory.resolve("state.json");
    String older = Files.readString(state);
    killAt(2);
    assertThat(Files.readString(state)).isNotEqualTo(older);
    // As if the process had been killed between a commit and its checkpoint.
    Files.writeString(state, older);

    assertThat(bench.sync().counts()).isEqualTo("100 0 0 0 2");
    assertAllIsThereOnce();
  }

  @Test
  void aSecondRunMeanwhileIsRefused() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    bench.api.intercept(
        (exchange, number) -> {
          asked.countDown();
          await(done);
          return false;
        });
    Process process = process();
    assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();

    Ended second = bench.sync();
    assertThat(second.exitCode()).isEqualTo(1);
    assertThat(second.error())
        .isEqualTo(
            "SYNC FAILED at state: another run is at work in %s\n".formatted(bench.directory));
    done.countDown();
    assertThat(process.waitFor()).isZero();
    assertThat(List.of("20")).isEqualTo(bench.query("select count(*) from tester.\"user\""));
  }
}
