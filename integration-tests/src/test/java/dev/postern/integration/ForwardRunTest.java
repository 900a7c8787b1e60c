package dev.postern.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code forward --run} with the real {@code psql}, through two real servers, by the launcher. */
@NeedsRealServers
@Timeout(180)
@TestInstance(Lifecycle.PER_CLASS)
final class ForwardRunTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String PSQL =
      "psql --no-psqlrc --tuples-only --no-align -h \"$POSTERN_HOST\" -p \"$POSTERN_PORT\" -U %s -d %s "
          .formatted(RealPostgres.USER, RealPostgres.DATABASE);

  private Path folder;
  private TwoHops hops;
  private RealPostgres postgres;
  private PosternCommand postern;

  @BeforeAll
  void startServers(@TempDir Path temporary) {
    folder = temporary;
    hops = TwoHops.in(folder);
    postgres = RealPostgres.start();
    postern = new PosternCommand(folder, Map.of("PGPASSWORD", postgres.password()));
  }

  @AfterAll
  void stopServers() {
    postgres.close();
    hops.close();
  }

  private String anyPort() {
    return "0:localhost:" + postgres.port();
  }

  private PosternCommand.Result run(String input, String line) throws Exception {
    return postern.run(
        input.getBytes(UTF_8), "forward", "-L", anyPort(), "it", "--run", "sh", "-c", line);
  }

  @Test
  void psqlAsksThroughAPortThatNobodyChose() throws Exception {
    PosternCommand.Result result = run("", PSQL + "-c 'SELECT 6 * 7'");
    assertThat(result.error()).isEmpty();
    assertThat(result.output()).isEqualTo("42\n");
    assertThat(result.exitCode()).isZero();
    assertThat(hops.second().log()).contains("Accepted publickey for " + hops.user());
  }

  @Test
  void standardInputIsTheCommands() throws Exception {
    PosternCommand.Result result = run("SELECT 'typed';\n", PSQL);
    assertThat(result.output()).isEqualTo("typed\n");
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void whatPsqlFailsWithIsTheExitCode() throws Exception {
    PosternCommand.Result result =
        run("SELECT nonsense;\n", PSQL + "--set=ON_ERROR_STOP=1 --file=-");
    assertThat(result.exitCode()).isEqualTo(3);
    assertThat(result.output()).isEmpty();
    assertThat(result.error()).contains("column \"nonsense\" does not exist");
  }

  @Test
  void psqlGoesThroughAUnixSocketToo() throws Exception {
    Path socket = folder.resolve(".s.PGSQL." + postgres.port());
    PosternCommand.Result result =
        postern.run(
            "forward",
            "-L",
            socket + ":localhost:" + postgres.port(),
            "it",
            "--run",
            "sh",
            "-c",
            "psql --no-psqlrc -tA -h \"$(dirname \"$POSTERN_SOCKET\")\" -p %d -U %s -d %s -c 'SELECT 1'"
                .formatted(postgres.port(), RealPostgres.USER, RealPostgres.DATABASE));
    assertThat(result.error()).isEmpty();
    assertThat(result.output()).isEqualTo("1\n");
    assertThat(socket).doesNotExist();
  }

  @Test
  void forwardsAreNumberedAsTheyAreWritten() throws Exception {
    List<String> arguments = new ArrayList<>(List.of("forward", "--no-reconnect"));
    for (int i = 1; i <= 6; i++) {
      arguments.addAll(List.of("-L", folder.resolve("s" + i) + ":localhost:1"));
    }
    arguments.addAll(
        List.of("it", "--run", "sh", "-c", "env | grep ^POSTERN_SOCKET_ | sort; echo to >&2"));
    PosternCommand.Result result = postern.run(arguments.toArray(String[]::new));
    StringBuilder expected = new StringBuilder();
    for (int i = 1; i <= 6; i++) {
      expected.append("POSTERN_SOCKET_%d=%s\n".formatted(i, folder.resolve("s" + i)));
    }
    assertThat(result.output()).isEqualTo(expected.toString());
    assertThat(result.error()).isEqualTo("to\n");
  }

  @Test
  void aSignalThatEndsTheCommandIsAShellsExitCode() throws Exception {
    assertThat(run("", "kill -TERM $$").exitCode()).isEqualTo(143);
  }

  @Test
  void aProgramThatIsNotThereIsNamed() throws Exception {
    PosternCommand.Result result =
        postern.run("forward", "-L", anyPort(), "it", "--run", "no-such-program", "-h");
    assertThat(result.exitCode()).isEqualTo(127);
    assertThat(result.error())
        .isEqualTo(
            "postern: --run: there is no program no-such-program; for a line of the shell, write --run sh -c '…' [PST-F023]\n");
  }

  @Test
  void whatCannotBeOpenedRunsNothing() throws Exception {
    Path made = folder.resolve("made");
    PosternCommand.Result result =
        postern.run(
            "forward",
            "--batch",
            "-L",
            anyPort(),
            "-o",
            "ConnectTimeout=5",
            "nobody@127.0.0.1:1",
            "--run",
            "touch",
            made.toString());
    assertThat(result.exitCode()).isEqualTo(255);
    assertThat(result.error())
        .contains("hop 1/1 nobody@127.0.0.1 connect: ")
        .contains("[PST-T002]");
    assertThat(made).doesNotExist();
  }

  @Test
  void theTunnelSurvivesWhileTheCommandRuns() throws Exception {
    Path first = folder.resolve("first");
    Path again = folder.resolve("again");
    Path configuration = folder.resolve("survives.conf");
    Files.writeString(
        configuration,
        Files.readString(hops.configuration())
            .replace(
                "hops = [",
                "reconnect { delay = 200ms, max-delay = 1s, gate-time = 0s }\n    hops = ["));
    String line =
        "%1$s -c 'SELECT 1' >%2$s; while [ ! -e %3$s ]; do sleep 0.1; done; %1$s -c 'SELECT 2'"
            .formatted(PSQL, first, again);
    Path output = folder.resolve("output");
    Path error = folder.resolve("error");
    Process process =
        start(
            output,
            error,
            "forward",
            "-F",
            configuration.toString(),
            "-L",
            anyPort(),
            "it",
            "--run",
            "sh",
            "-c",
            line);
    await().atMost(LONG).until(() -> Files.exists(first) && Files.readString(first).equals("1\n"));
    hops.cutLinks();
    await().atMost(LONG).until(() -> Files.readString(error).contains("Up again after "));
    Files.createFile(again);
    assertThat(process.waitFor(60, SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(output).hasContent("2");
    assertThat(Files.readString(error)).startsWith("Lost it: hop ");
  }

  @Test
  void aSignalToUsReachesTheCommandAndWeWaitForIt() throws Exception {
    Path ready = folder.resolve("ready");
    Path output = folder.resolve("signal-output");
    String line =
        "trap 'echo told; exit 5' TERM; touch %s; while :; do sleep 0.1; done".formatted(ready);
    Process process =
        start(
            output,
            folder.resolve("signal-error"),
            "forward",
            "-L",
            anyPort(),
            "it",
            "--run",
            "sh",
            "-c",
            line);
    await().atMost(LONG).until(() -> Files.exists(ready));
    Commands.run("kill", "-TERM", String.valueOf(process.pid()));
    assertThat(process.waitFor(20, SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(5);
    assertThat(output).hasContent("told");
    assertThat(folder.resolve("signal-error")).isEmptyFile();
  }

  private Process start(Path output, Path error, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(PosternCommand.LAUNCHER.toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(output.toFile())
            .redirectError(error.toFile());
    builder.environment().remove("SSH_AUTH_SOCK");
    builder.environment().remove("POSTERN_CONFIG");
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("PGPASSWORD", postgres.password());
    return builder.start();
  }
}
