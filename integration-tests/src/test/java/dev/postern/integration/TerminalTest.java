package dev.postern.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged command with a person's terminal, through two real servers. */
@NeedsRealServers
final class TerminalTest {
  private static final Path LAUNCHER = Path.of("..", "postern").toAbsolutePath().normalize();

  private final Account account = Account.create();
  @TempDir private Path folder;
  private RealSshd first;
  private RealSshd second;

  @BeforeEach
  void startServers() {
    Path key = account.authorizeNewKey(folder);
    first = RealSshd.in(folder).start();
    second = RealSshd.in(folder).start();
    String auth = "[ { type = publickey, identities = [\"%s\"], agent = false } ]".formatted(key);
    new RouteFile(folder)
        .hop(first, account.name(), auth)
        .hop(second, account.name(), auth)
        .write();
  }

  @AfterEach
  void stopServers() {
    first.close();
    second.close();
    account.close();
  }

  @Test
  void aCommandHasATerminalLikeOurs() throws Exception {
    try (Typist typist =
        typist("stty rows 31 cols 97 erase ^H; ", " exec -t it -- 'stty -a; echo $TERM; exit 5'")) {
      assertThat(typist.shownUntil("status 5"))
          .contains("rows 31; columns 97;")
          .contains("erase = ^H;")
          .contains("vt220\r\n")
          .contains("Connection to 127.0.0.1 closed.\r\n");
    }
  }

  @Test
  void aKeyInterruptsTheRemoteCommand() throws Exception {
    try (Typist typist =
        typist("", " exec -t it -- 'trap \"echo caught; exit 6\" INT; echo ready; sleep 300'")) {
      typist.shownUntil("ready\r\n");
      typist.types("\u0003");
      assertThat(typist.shownUntil("status 6")).contains("caught\r\n");
    }
  }

  @Test
  void aForcedTerminalNeedsNoneHere() throws Exception {
    PosternCommand.Result result =
        new PosternCommand(folder, java.util.Map.of("TERM", "vt100"))
            .run("exec", "-qtt", "it", "--", "test -t 0 && echo $TERM");
    assertThat(result.output()).isEqualTo("vt100\r\n");
    assertThat(result.error()).isEmpty();
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void theEscapeKeyLeavesAndTheTerminalIsAsBefore() throws Exception {
    try (Typist typist = typist("", " shell it")) {
      typist.shownUntil("$ ");
      typist.types("echo re''ady\r");
      typist.shownUntil("ready\r\n");
      typist.types("~.");
      assertThat(typist.shownUntil("status 255"))
          .contains("~.\r\n")
          .contains("Connection to 127.0.0.1 closed.\r\n");
    }
    expectTheTerminalAsBefore();
  }

  @Test
  void aLostLinkGivesTheTerminalBack() throws Exception {
    try (Typist typist =
        typist("", " exec -t it -- 'printf \"\\033[?1049h\\033[?2004hready\"; sleep 300'")) {
      typist.shownUntil("ready");
      first.kill();
      assertThat(typist.shownUntil("status 255"))
          .startsWith("\u001b[?1049l\u001b[?2004l")
          .contains("PST-T009");
    }
    expectTheTerminalAsBefore();
  }

  @Test
  void aSignalGivesTheTerminalBack() throws Exception {
    try (Typist typist = typist("", " exec -t it -- 'printf \"\\033[?1049hready\"; sleep 300'")) {
      typist.shownUntil("ready");
      typist.endsPostern("TERM");
      assertThat(typist.shownUntil("status 143")).startsWith("\u001b[?1049l");
    }
    expectTheTerminalAsBefore();
  }

  private void expectTheTerminalAsBefore() throws IOException {
    assertThat(Files.readString(folder.resolve("after")))
        .isEqualTo(Files.readString(folder.resolve("before")));
  }

  private Typist typist(String before, String arguments) throws IOException {
    String script =
        before
            + "stty -g >before; "
            + LAUNCHER
            + arguments
            + "; status=$?; stty -g >after; echo status $status";
    Files.writeString(folder.resolve("script"), script);
    ProcessBuilder builder =
        new ProcessBuilder("script", "-qec", "/bin/sh script", "/dev/null")
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().remove("SSH_AUTH_SOCK");
    builder.environment().remove("POSTERN_CONFIG");
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("TERM", "vt220");
    return new Typist(builder.start());
  }

  /** Types at a terminal, and reads what it shows. */
  private record Typist(Process process) implements AutoCloseable {
    void types(String keys) throws IOException {
      process.getOutputStream().write(keys.getBytes(UTF_8));
      process.getOutputStream().flush();
    }

    /** What is shown from now on, up to and with a text. */
    String shownUntil(String text) throws IOException {
      InputStream screen = process.getInputStream();
      StringBuilder shown = new StringBuilder();
      while (shown.indexOf(text) < 0) {
        int next = screen.read();
        assertThat(next).as("'%s' in: %s", text, shown).isNotNegative();
        shown.append((char) next);
      }
      return shown.toString();
    }

    void endsPostern(String signal) {
      ProcessHandle java =
          process
              .descendants()
              .filter(child -> child.info().command().orElse("").endsWith("/java"))
              .findFirst()
              .orElseThrow();
      Commands.run("kill", "-" + signal, Long.toString(java.pid()));
    }

    @Override
    public void close() throws Exception {
      process.getOutputStream().close();
      assertThat(process.waitFor(30, SECONDS)).isTrue();
    }
  }
}
