package dev.postern.integration;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What the packaged command loads, and above all what it does not. */
@NeedsRealServers
@TestInstance(Lifecycle.PER_CLASS)
final class LoadedClassesTest {
  private static final Path LAUNCHER = Path.of("..", "postern").toAbsolutePath().normalize();
  private static final String POST_QUANTUM = " dev.postern.postquantum.bouncycastle.";

  private final Account account = Account.create();
  private Path folder;
  private RealSshd server;
  private String auth;

  @BeforeAll
  void startServer(@TempDir Path temporary) {
    folder = temporary;
    server = RealSshd.in(folder).start();
    auth =
        "[ { type = publickey, identities = [\"%s\"], agent = false } ]"
            .formatted(account.authorizeNewKey(folder));
  }

  @AfterAll
  void stopServer() {
    server.close();
    account.close();
  }

  @Test
  void whatConnectsToNothingLoadsNoSsh() throws Exception {
    route().write();
    for (String arguments :
        List.of("--help", "--version", "check", "plugins", "completion", "explain it")) {
      assertThat(loadedBy(arguments.split(" ")))
          .as(arguments)
          .isNotEmpty()
          .noneMatch(line -> line.contains(" org.apache.sshd.client.SshClient "))
          .noneMatch(line -> line.contains(" com.google.inject.Guice "));
    }
  }

  @Test
  void postQuantumIsLoadedOnceAServerHasChosenIt() throws Exception {
    route().write();
    assertThat(loadedBy("exec", "it", "--", "true")).anyMatch(line -> line.contains(POST_QUANTUM));

    route().set("kex = curve25519-sha256").write();
    assertThat(loadedBy("exec", "it", "--", "true"))
        .anyMatch(line -> line.contains(" org.apache.sshd.client.SshClient "))
        .noneMatch(line -> line.contains(POST_QUANTUM));
  }

  private RouteFile route() {
    return new RouteFile(folder).hop(server, account.name(), auth);
  }

  private List<String> loadedBy(String... arguments) throws Exception {
    Path log = folder.resolve("classes.log");
    List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("ignored").toFile())
            .redirectError(folder.resolve("errors").toFile());
    builder.environment().remove("POSTERN_CONFIG");
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("POSTERN_JAVA_OPTS", "-Xlog:class+load=info:file=" + log);
    Process process = builder.start();
    assertThat(process.waitFor(60, SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("errors"))).isZero();
    return Files.readAllLines(log);
  }
}
