package dev.postern.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postern.circuit.Phase;
import dev.postern.fleet.FleetOrder;
import dev.postern.fleet.FleetTarget;
import dev.postern.problem.Code;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RunCommandTest {
  private final Rig rig = new Rig();
  @TempDir private Path folder;

  @BeforeEach
  void configure() {
    rig.directory = folder;
    rig.groups.put("sw", List.of("sw1", "sw2", "sw3"));
    rig.groups.put("db", List.of("db1"));
  }

  private int run(String... options) {
    String[] all = new String[options.length + 3];
    all[0] = "run";
    System.arraycopy(options, 0, all, 1, options.length);
    all[options.length + 1] = "--";
    all[options.length + 2] = "sh ver";
    return rig.run(all);
  }

  @Test
  void labelsWholeLinesOfEachStream() {
    rig.fleet.says("sw1", "one\ntwo", "hot\n", 0).says("sw2", "\n", "", 0);
    assertThat(run("-g", "sw")).isZero();
    assertThat(rig.output()).isEqualTo("sw1: one\nsw1: two\nsw2: \n");
    assertThat(rig.error()).isEqualTo("sw1: hot\n");
    assertThat(rig.orders.get(0).command()).isEqualTo("sh ver");
  }

  @Test
  void withoutLabelsTheBytesStayAsTheyAre() {
    rig.fleet.says("db1", "\u001b[31mred\n", "", 0);
    assertThat(run("-g", "db", "-N")).isZero();
    assertThat(rig.output()).isEqualTo("\u001b[31mred\n");
  }

  @Test
  void gathersEqualOutputsUnderTheirFoldedNames() {
    rig.fleet
        .says("sw1", "v1\n", "warm\n", 0)
        .says("sw2", "v1", "", 0)
        .says("sw3", "v2\n", "", 0)
        .says("db1", "", "", 0);
    assertThat(run("-b", "-w", "@sw,db1")).isZero();
    assertThat(rig.output())
        .isEqualTo(
            """
            ---------------
            sw[1-2] (2)
            ---------------
            v1
            ---------------
            sw3
            ---------------
            v2
            """);
    assertThat(rig.error()).isEqualTo("sw1: warm\n");
  }

  @Test
  void gathersStandardErrorToo() {
    rig.fleet.says("db1", "a\n", "b\n", 0);
    run("-B", "-g", "db");
    assertThat(rig.output()).isEqualTo("---------------\ndb1\n---------------\na\nb\n");
    assertThat(rig.error()).isEmpty();
  }

  @Test
  void eventsAreJsonLines() {
    rig.fleet
        .says("sw1", "é\n", "", 4)
        .fails("sw2", Code.AUTH_DENIED, Phase.AUTH, "no")
        .says("sw3", "", "", 0);
    assertThat(run("--json", "-g", "sw")).isEqualTo(255);
    assertThat(rig.output().lines())
        .containsExactly(
            "{\"event\":\"start\",\"target\":\"sw1\"}",
            "{\"data\":\"é\\n\",\"event\":\"stdout\",\"target\":\"sw1\"}",
            "{\"event\":\"exit\",\"status\":4,\"target\":\"sw1\"}",
            "{\"code\":\"PST-A001\",\"event\":\"error\",\"hop\":{\"count\":1,\"host\":\"db.internal\",\"index\":1,\"port\":22,\"user\":\"app\"},\"message\":\"hop 1/1 app@db.internal auth: no [PST-A001]\",\"phase\":\"auth\",\"target\":\"sw2\"}",
            "{\"event\":\"start\",\"target\":\"sw3\"}",
            "{\"event\":\"exit\",\"status\":0,\"target\":\"sw3\"}",
            "{\"elapsedMillis\":7,\"event\":\"summary\",\"failed\":0,\"nonZero\":0,\"skipped\":0,\"succeeded\":3,\"targets\":3}");
    assertThat(rig.error()).isEmpty();
  }

  @Test
  void eachTargetHasAFileForItsOwnerAlone() throws IOException {
    rig.fleet
        .says("sw1", "one\n", "err\n", 0)
        .fails("sw2", Code.CONNECT_FAILED, Phase.CONNECT, "no");
    assertThat(run("--outdir", "o/p", "--errdir", "e", "-g", "sw")).isEqualTo(255);
    Path out = folder.resolve("o/p");
    assertThat(out.resolve("sw1")).hasContent("one\n");
    assertThat(folder.resolve("e/sw1")).hasContent("err\n");
    assertThat(out.resolve("sw3")).isEmptyFile();
    assertThat(out.resolve("sw2")).doesNotExist();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out.resolve("sw1"))))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out)))
        .isEqualTo("rwx------");
    assertThat(rig.output()).isEmpty();
  }

  @Test
  void aLinkInTheFolderIsNotWrittenThrough() throws IOException {
    Path precious = Files.writeString(folder.resolve("precious"), "kept");
    Path out = Files.createDirectory(folder.resolve("out"));
    Files.createSymbolicLink(out.resolve("db1"), precious);
    Files.createSymbolicLink(out.resolve("db1.part"), precious);
    rig.fleet.says("db1", "new\n", "", 0);
    assertThat(run("--outdir", "out", "-g", "db")).isZero();
    assertThat(precious).hasContent("kept");
    assertThat(out.resolve("db1")).hasContent("new\n");
  }

  @Test
  void theHighestStatusIsTheExitCode() {
    rig.fleet.says("sw1", "", "", 3).says("sw2", "", "", 7).says("sw3", "", "", 3);
    assertThat(run("-g", "sw")).isEqualTo(7);
    assertThat(rig.error())
        .isEqualTo("postern: sw[1,3] (2): exit status 3\npostern: sw2: exit status 7\n");
  }

  @Test
  void failuresAreSummedUpByHopAndPhase() {
    rig.fleet
        .fails("sw1", Code.AUTH_DENIED, Phase.AUTH, "no")
        .fails("sw2", Code.AUTH_DENIED, Phase.AUTH, "no")
        .fails("sw3", Code.CONNECT_TIMEOUT, Phase.CONNECT, "late");
    assertThat(run("-g", "sw")).isEqualTo(255);
    assertThat(rig.error())
        .isEqualTo(
            """
            postern: sw1: hop 1/1 app@db.internal auth: no [PST-A001]
            postern: sw3: hop 1/1 app@db.internal connect: late [PST-T003]
            postern: 3 of 3 targets failed:
            postern:   sw[1-2] (2): hop 1/1 auth [PST-A001]
            postern:   sw3: hop 1/1 connect [PST-T003]
            """);
  }

  @ParameterizedTest
  @CsvSource({"INT,130", "TERM,143", "HUP,129"})
  void aSignalEndsTheRunAndSaysWhatWasRunning(String signal, int exitCode) throws Exception {
    rig.fleet.hangs("sw2");
    CompletableFuture<Integer> running = CompletableFuture.supplyAsync(() -> run("-g", "sw"));
    rig.fleet.running.await();
    await().until(() -> rig.signals.containsKey(signal));
    rig.signals.get(signal).run();
    assertThat(running.get()).isEqualTo(exitCode);
    assertThat(rig.fleet.cancelled).isTrue();
    assertThat(rig.error())
        .contains("postern:   sw2: hop 1/1 remote [PST-R002]; the command was running\n");
  }

  @Test
  void outputThatNobodyReadsEndsTheRun() {
    rig.standardOutput =
        new OutputStream() {
          @Override
          public void write(int octet) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    rig.fleet.says("sw1", "x\n", "", 0);
    assertThat(run("-g", "sw")).isEqualTo(141);
  }

  @Test
  void namesOfAGroupTakeItsSettingsAndOthersAreServers() throws IOException {
    Files.writeString(folder.resolve("more"), "# all\nweb[1-2] # two\n\nsw3\n");
    assertThat(run("-w", "sw1,app@web9:2222", "--file", "more", "-x", "web1")).isZero();
    List<FleetTarget> targets = rig.orders.get(0).targets();
    assertThat(targets)
        .extracting(FleetTarget::name)
        .containsExactly("sw1", "app@web9:2222", "web2", "sw3");
    assertThat(targets.get(0).group()).contains("sw");
    assertThat(targets.get(1).route().orElseThrow().settings().get("hops"))
        .asString()
        .contains("host=web9", "user=app", "port=2222");
    assertThat(targets.get(3).group()).contains("sw");
  }

  @Test
  void serversBehindARouteShareOnePassword() {
    assertThat(run("-w", "n[1-2]", "--via", "db", "-l", "admin")).isZero();
    FleetTarget target = rig.orders.get(0).targets().get(1);
    assertThat(target.via()).contains("db");
    assertThat(target.route().orElseThrow().settings().get("hops"))
        .asString()
        .contains("prompt=admin's password for the targets: ");
  }

  @Test
  void limitsGoIntoTheOrder() {
    assertThat(run("-g", "db", "-f", "5", "-t", "3", "-u", "2m", "-k", "--tty")).isZero();
    FleetOrder order = rig.orders.get(0);
    assertThat(order.parallel()).isEqualTo(5);
    assertThat(order.connectTimeout()).contains(Duration.ofSeconds(3));
    assertThat(order.commandTimeout()).contains(Duration.ofMinutes(2));
    assertThat(order.failFast()).isTrue();
    assertThat(order.terminal()).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-w a[1-3 | command line: \"a[1-3\" cannot be understood: its brackets do not match. Targets are written like web[01-20],db1 [PST-R004] | 255",
        "-w a[1-999999999] | command line: \"a[1-999999999]\" stands for more than 100000 targets [PST-R004] | 255",
        "-w ^none | command line: the file of targets %s/none cannot be read: it is not there [PST-R004] | 255",
        "-g swx | command line: no group 'swx'. Of groups, there is 'sw', 'db' [PST-R005] | 255",
        "-g sw -x @sw | command line: no target is left [PST-R004] | 255",
        "-g sw -l admin | command line: 'sw' is a group of the configuration, where its settings stand; --via, -J, -l, -p, -i and -o are for other targets [PST-C009] | 2",
        "-w a --via db -J b | command line: --via and -J are two ways to the same targets [PST-C009] | 2",
        "-f 0 -g sw | --parallel must be at least 1; see postern run --help [PST-C009] | 2",
        "-b --outdir o -g sw | -b, -B, --outdir and --json exclude each other; see postern run --help [PST-C009] | 2",
        "-u soon -g sw | command line: \"soon\" is not a time; it is a number of seconds, or a number with ms, s, m or h [PST-C009] | 2",
        "-q | on which targets? Say -w TARGETS, -g GROUP or --file FILE; see postern run --help [PST-C009] | 2"
      })
  void refusesWhatMakesNoSense(String options, String message, int exitCode) {
    assertThat(run(options.split(" "))).isEqualTo(exitCode);
    assertThat(rig.error() + rig.output()).contains(message.formatted(folder));
    assertThat(rig.orders).isEmpty();
  }
}
