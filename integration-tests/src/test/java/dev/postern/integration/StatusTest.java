package dev.postern.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.postern.route.ForwardAddress.Tcp;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code postern status} over a {@code postern forward} in a process of its own. */
@NeedsRealServers
@Timeout(180)
@TestInstance(Lifecycle.PER_CLASS)
final class StatusTest {
  private static final Pattern PORT = Pattern.compile("\"local\":\"127\\.0\\.0\\.1:(\\d+)\"");

  private final Account account = Account.create();
  @TempDir private Path folder;
  private RealSshd server;
  private EchoService echo;
  private PosternCommand postern;
  private Process forward;
  private int port;

  @BeforeEach
  void forward() throws Exception {
    echo = EchoService.onTcp();
    server = RealSshd.in(folder).start();
    new RouteFile(folder)
        .hop(
            server,
            account.name(),
            "[ { type = publickey, identities = [\"%s\"], agent = false } ]"
                .formatted(account.authorizeNewKey(folder)))
        .set("forwards = [ { local = \"0\", remote = \"%s\" } ]".formatted(echo.address()))
        .set("reconnect { delay = 500ms, max-delay = 1s, gate-time = 0s }")
        .write();
    // The session of whoever runs the tests is none of ours.
    postern = new PosternCommand(folder, Map.of("XDG_RUNTIME_DIR", "", "XDG_STATE_HOME", ""));
    ProcessBuilder builder =
        new ProcessBuilder(PosternCommand.LAUNCHER.toString(), "forward", "--json", "it")
            .directory(folder.toFile())
            .redirectError(folder.resolve("errors").toFile());
    builder.environment().remove("SSH_AUTH_SOCK");
    builder.environment().remove("POSTERN_CONFIG");
    builder.environment().remove("XDG_RUNTIME_DIR");
    builder.environment().remove("XDG_STATE_HOME");
    builder.environment().put("HOME", folder.toString());
    forward = builder.start();
    String line =
        new BufferedReader(new InputStreamReader(forward.getInputStream(), UTF_8)).readLine();
    Matcher matcher = PORT.matcher(String.valueOf(line));
    assertThat(matcher.find()).as(line).isTrue();
    port = Integer.parseInt(matcher.group(1));
  }

  @AfterEach
  void stop() throws Exception {
    forward.destroyForcibly().waitFor(10, SECONDS);
    server.close();
    echo.close();
  }

  @AfterAll
  void removeAccount() {
    account.close();
  }

  private String json() throws Exception {
    PosternCommand.Result result = postern.run("status", "--json");
    assertThat(result.error()).isEmpty();
    return result.output();
  }

  private void ask(String words) throws Exception {
    assertThat(Client.ask(Client.of(new Tcp("127.0.0.1", port)), words))
        .isEqualTo("hello:" + words);
  }

  private long sockets() throws Exception {
    try (Stream<Path> left = Files.list(folder.resolve(".local/state/postern/run"))) {
      return left.count();
    }
  }

  @Test
  void itCountsWhatGoesThroughAndEndsWithTheForward() throws Exception {
    ask("four");
    await().atMost(20, SECONDS).until(() -> json().contains("\"open\":0"));
    PosternCommand.Result shown = postern.run("status");
    assertThat(shown.exitCode()).isZero();
    assertThat(shown.output())
        .matches(
            "it  pid %d  up  since [-0-9]{10} [:0-9]{8}\n  local  127.0.0.1:%d -> %s  up  0 of 1 open  4 B sent  10 B received\n"
                .formatted(forward.pid(), port, echo.address()));
    new ProcessBuilder("kill", "-INT", Long.toString(forward.pid())).start().waitFor();
    assertThat(forward.waitFor(20, SECONDS)).isTrue();
    assertThat(forward.exitValue()).isZero();
    assertThat(sockets()).isZero();
    PosternCommand.Result none = postern.run("status");
    assertThat(none.exitCode()).isEqualTo(1);
    assertThat(none.error()).isEqualTo("postern: no forward is running\n");
  }

  @Test
  void aGatewayThatIsGoneIsShownAndThatItIsBackToo() throws Exception {
    server.kill();
    await().atMost(30, SECONDS).until(() -> json().contains("\"state\":\"reconnecting\""));
    assertThat(json()).containsPattern("\"lastError\":\"hop 1/1 [^\"]*\\[PST-T0\\d\\d]\"");
    server = RealSshd.in(folder).inPlaceOf(server, true).start();
    await()
        .atMost(30, SECONDS)
        .until(
            () -> json().contains("\"route\":\"it\"") && json().endsWith("\"state\":\"up\"}]\n"));
    ask("again");
    assertThat(json()).contains("\"listen\":\"127.0.0.1:%d\"".formatted(port));
  }

  @Test
  void theSocketOfAKilledProcessIsRemoved() throws Exception {
    assertThat(json()).contains("\"pid\":" + forward.pid());
    forward.destroyForcibly().waitFor(10, SECONDS);
    assertThat(sockets()).isEqualTo(1);
    PosternCommand.Result none = postern.run("status", "-q");
    assertThat(none.exitCode()).isEqualTo(1);
    assertThat(none.error()).isEmpty();
    assertThat(sockets()).isZero();
  }

  @Test
  void whatBelongsToSomebodyElseIsNotAsked() throws Exception {
    Path run = folder.resolve(".local/state/postern/run");
    UserPrincipal stranger =
        run.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(account.name());
    UserPrincipal us = Files.getOwner(run);
    Files.setOwner(run.resolve("forward-%d.sock".formatted(forward.pid())), stranger);
    assertThat(json()).isEqualTo("[]\n");
    Files.setOwner(run.resolve("forward-%d.sock".formatted(forward.pid())), us);
    assertThat(json()).contains("\"pid\":" + forward.pid());
    Files.setOwner(run, stranger);
    forward.destroyForcibly().waitFor(10, SECONDS);
    assertThat(json()).isEqualTo("[]\n");
    assertThat(sockets()).isEqualTo(1);
  }
}
