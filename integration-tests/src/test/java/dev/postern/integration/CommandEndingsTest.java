package dev.postern.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** How the packaged command ends: by itself, by a signal, by a reader that went away. */
@NeedsRealServers
@TestInstance(Lifecycle.PER_CLASS)
final class CommandEndingsTest {
  private static final Path LAUNCHER = Path.of("..", "postern").toAbsolutePath().normalize();

  private final Account account = Account.create();
  private Path folder;
  private RealSshd first;
  private RealSshd second;

  @BeforeAll
  void startServers(@TempDir Path temporary) {
    folder = temporary;
    Path key = account.authorizeNewKey(folder);
    first = RealSshd.in(folder).start();
    second = RealSshd.in(folder).start();
    String auth = "[ { type = publickey, identities = [\"%s\"], agent = false } ]".formatted(key);
    new RouteFile(folder)
        .hop(first, account.name(), auth)
        .hop(second, account.name(), auth)
        .write();
  }

  @AfterAll
  void stopServers() {
    first.close();
    second.close();
    account.close();
  }

  @Test
  void theEndOfTheCommandDoesNotWaitForInput() throws Exception {
    Process process = start(LAUNCHER.toString(), "exec", "it", "--", "exit 7");
    assertThat(process.waitFor(60, SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(7);
  }

  @Test
  void ctrlCEndsACommandAtOnce() throws Exception {
    Process process = start(LAUNCHER.toString(), "exec", "it", "--", "echo ready; sleep 300");
    assertThat(reader(process).readLine()).isEqualTo("ready");
    signal(process, "INT");
    assertThat(process.waitFor(10, SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
  }

  @Test
  void aReaderThatGoesAwayEndsACommandQuietly() throws Exception {
    Path error = folder.resolve("pipe-error");
    Process process =
        start("/bin/sh", "-c", LAUNCHER + " exec it -- yes 2>" + error + " </dev/null | head -n 1");
    assertThat(reader(process).readLine()).isEqualTo("y");
    assertThat(process.waitFor(60, SECONDS)).isTrue();
    await().atMost(30, SECONDS).until(() -> Files.exists(error));
    assertThat(Files.readString(error)).isEmpty();
  }

  @Test
  void ctrlCEndsAForwardWell() throws Exception {
    Process process =
        start(LAUNCHER.toString(), "forward", "--json", "-L", "0:127.0.0.1:" + first.port(), "it");
    assertThat(reader(process).readLine())
        .matches(
            "\\{\"forwards\":\\[\\{\"local\":\"127.0.0.1:[1-9][0-9]*\",\"remote\":\"127.0.0.1:%d\",\"type\":\"local\"}],\"ok\":true}"
                .formatted(first.port()));
    signal(process, "INT");
    assertThat(process.waitFor(10, SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void aCommandRunsWhileAnotherHoldsTheForwardsOfTheRoute() throws Exception {
    Path configuration = folder.resolve("forwards.conf");
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String forward =
          "forwards = [ { local = \"127.0.0.1:%d\", remote = \"127.0.0.1:%d\" } ]\n    hops = ["
              .formatted(free.getLocalPort(), first.port());
      Files.writeString(
          configuration,
          Files.readString(folder.resolve("postern.conf")).replace("hops = [", forward));
      Process process =
          start(
              LAUNCHER.toString(), "exec", "-F", configuration.toString(), "it", "--", "echo done");
      assertThat(reader(process).readLine()).isEqualTo("done");
      assertThat(process.waitFor(60, SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    }
  }

  @Test
  void anInterruptedDemoLeavesNoFiles() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("demo-files"));
    ProcessBuilder builder = builder(LAUNCHER.toString(), "demo");
    builder.environment().put("POSTERN_JAVA_OPTS", "-Djava.io.tmpdir=" + temporary);
    Process process = builder.start();
    assertThat(reader(process).readLine()).startsWith("A bastion that asks for ");
    signal(process, "TERM");
    assertThat(process.waitFor(20, SECONDS)).isTrue();
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left.filter(path -> !path.getFileName().toString().startsWith("hsperfdata")))
          .isEmpty();
    }
  }

  @Test
  void closedStreamsAreEmptyOnes() throws Exception {
    Process process =
        start(
            "/bin/sh",
            "-c",
            LAUNCHER + " exec it -- 'cat | wc -c' <&-; " + LAUNCHER + " exec it -- 'echo x' >&-");
    assertThat(reader(process).lines()).containsExactly("0");
    assertThat(process.waitFor(60, SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void aShellHasATerminalOfTheRightSizeAndGivesOursBack() throws Exception {
    String script =
        "stty rows 31 cols 97; stty -g >before; "
            + LAUNCHER
            + " shell it; echo status $?; stty -g >after";
    Process process = start("script", "-qec", script, "/dev/null");
    try (OutputStream keys = process.getOutputStream()) {
      keys.write("stty size; exit 5\n".getBytes(UTF_8));
      keys.flush();
      List<String> lines = reader(process).lines().toList();
      assertThat(lines)
          .anyMatch(line -> line.strip().endsWith("31 97"))
          .anyMatch(line -> line.strip().equals("Connection to 127.0.0.1 closed."))
          .anyMatch(line -> line.strip().equals("status 5"));
    }
    assertThat(process.waitFor(60, SECONDS)).isTrue();
    assertThat(Files.readString(folder.resolve("after")))
        .isEqualTo(Files.readString(folder.resolve("before")));
  }

  private Process start(String... command) throws IOException {
    return builder(command).start();
  }

  private ProcessBuilder builder(String... command) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(folder.resolve("ignored-errors").toFile());
    builder.environment().remove("SSH_AUTH_SOCK");
    builder.environment().remove("POSTERN_CONFIG");
    builder.environment().put("HOME", folder.toString());
    return builder;
  }

  private static BufferedReader reader(Process process) {
    return new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  private static void signal(Process process, String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }
}
