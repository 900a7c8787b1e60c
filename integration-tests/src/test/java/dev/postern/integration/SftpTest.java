package dev.postern.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.Postern;
import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import dev.postern.problem.Code;
import dev.postern.sftp.CopyListener;
import dev.postern.sftp.CopyOptions;
import dev.postern.sftp.CopyResult;
import dev.postern.sftp.FileInfo;
import dev.postern.sftp.FileKind;
import dev.postern.sftp.FolderEntry;
import dev.postern.sftp.Sftp;
import dev.postern.sftp.SftpException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files at the end of a circuit, on real servers. */
@NeedsRealServers
@TestInstance(Lifecycle.PER_CLASS)
final class SftpTest {
  private static final String INTERNAL = "sftp internal-sftp";
  private static final String PROGRAM = "sftp /usr/lib/openssh/sftp-server";

  private final Account account = Account.create();
  @TempDir private Path folder;
  private String auth = "";

  @BeforeEach
  void authorizeKey() {
    auth =
        "[ { type = publickey, identities = [\"%s\"], agent = false } ]"
            .formatted(account.authorizeNewKey(folder));
  }

  @AfterAll
  void removeAccount() {
    account.close();
  }

  private interface Work {
    void on(Sftp sftp) throws Exception;
  }

  private void withSftp(String subsystem, int hops, Work work) throws Exception {
    RouteFile route = new RouteFile(folder);
    try (RealSshd first = RealSshd.in(folder).option("Subsystem", subsystem).start();
        RealSshd second = RealSshd.in(folder).option("Subsystem", subsystem).start()) {
      route.hop(first, account.name(), auth);
      if (hops == 2) {
        route.hop(second, account.name(), auth);
      }
      try (Postern postern = Postern.load(route.write());
          Circuit circuit = postern.open("it");
          Sftp sftp = circuit.sftp()) {
        work.on(sftp);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {INTERNAL, PROGRAM})
  void filesAreWrittenToldRenamedAndRemoved(String subsystem) throws Exception {
    withSftp(
        subsystem,
        2,
        sftp -> {
          sftp.makeFolder("d", 0750);
          try (OutputStream output = sftp.write("d/one", 0, 0640)) {
            output.write("first".getBytes(UTF_8));
          }
          try (OutputStream output = sftp.write("d/one", 5, 0)) {
            output.write(" more".getBytes(UTF_8));
          }
          Instant time = Instant.ofEpochSecond(1_000_000_000);
          sftp.setTimes("d/one", time.plusSeconds(5), time);
          sftp.setMode("d/one", 04711);
          FileInfo told = sftp.stat("d/one");
          assertThat(told.kind()).isEqualTo(FileKind.FILE);
          assertThat(told.size()).isEqualTo(10);
          assertThat(told.mode()).isEqualTo(OptionalInt.of(04711));
          assertThat(told.modified()).contains(time);
          assertThat(told.accessed()).contains(time.plusSeconds(5));
          sftp.makeLink("d/link", "one");
          assertThat(sftp.readLink("d/link")).isEqualTo("one");
          assertThat(sftp.lstat("d/link").isLink()).isTrue();
          assertThat(sftp.list("d").stream().map(FolderEntry::name))
              .containsExactlyInAnyOrder("one", "link");
          try (OutputStream output = sftp.write("d/two", 0, 0640)) {
            output.write('2');
          }
          sftp.rename("d/one", "d/two");
          try (InputStream input = sftp.read("d/two", 6)) {
            assertThat(input.readAllBytes()).isEqualTo("more".getBytes(UTF_8));
          }
          assertThat(sftp.realPath("d/../d/two")).isEqualTo(account.home() + "/d/two");
          sftp.remove("d/two");
          sftp.remove("d/link");
          sftp.removeFolder("d");
          assertThat(account.home().resolve("d")).doesNotExist();
        });
  }

  @Test
  void whatIsNotThereOrNotPermittedIsSaid() throws Exception {
    withSftp(
        INTERNAL,
        1,
        sftp -> {
          assertFailure(
              () -> sftp.read("nothing"),
              Code.FILE_NOT_FOUND,
              "nothing: the server has no such file [PST-X002]");
          assertFailure(
              () -> sftp.read("/etc/shadow"),
              Code.FILE_DENIED,
              "/etc/shadow: the server does not permit it [PST-X003]");
          assertFailure(
              () -> sftp.removeFolder(".ssh"),
              Code.FILE_FAILED,
              ".ssh: the server failed (status 4, it said: \"Failure\") [PST-X004]");
        });
  }

  private static void assertFailure(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, Code code, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SftpException.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(code);
              assertThat(failure).hasMessage(message);
              assertThat(failure.endsSession()).isFalse();
            });
  }

  @Test
  void aServerWithoutSftpIsNamed() throws Exception {
    RouteFile route = new RouteFile(folder);
    try (RealSshd server = RealSshd.in(folder).start()) {
      try (Postern postern = Postern.load(route.hop(server, account.name(), auth).write());
          Circuit circuit = postern.open("it")) {
        assertThatThrownBy(circuit::sftp)
            .isInstanceOfSatisfying(
                CircuitException.class,
                failure -> {
                  assertThat(failure.code()).isEqualTo(Code.SFTP_REFUSED);
                  assertThat(failure)
                      .hasMessageContaining(
                          "channel: the server refused SFTP (subsystem); it may allow only something else (ForceCommand, a restricted account) [PST-X001]");
                });
      }
    }
  }

  @Test
  void aLoginScriptThatPrintsIsNamed() throws Exception {
    withoutSftp(
        "sftp /bin/echo Welcome",
        "the server answers with something that is not SFTP; maybe its login scripts print a text, which they must not where nobody looks [PST-X005]");
  }

  @Test
  void aSubsystemThatEndsAtOnceIsSaid() throws Exception {
    withoutSftp(
        "sftp /bin/false", "the server ended SFTP in the middle; its log may say why [PST-X014]");
  }

  private void withoutSftp(String subsystem, String message) throws Exception {
    RouteFile route = new RouteFile(folder);
    try (RealSshd server = RealSshd.in(folder).option("Subsystem", subsystem).start();
        Postern postern = Postern.load(route.hop(server, account.name(), auth).write());
        Circuit circuit = postern.open("it")) {
      assertThatThrownBy(circuit::sftp)
          .isInstanceOf(CircuitException.class)
          .hasMessageContaining(message);
    }
  }

  @Test
  void theEndOfTheCircuitEndsItsSftp() throws Exception {
    RouteFile route = new RouteFile(folder);
    try (RealSshd server = RealSshd.in(folder).option("Subsystem", INTERNAL).start();
        Postern postern = Postern.load(route.hop(server, account.name(), auth).write());
        Circuit circuit = postern.open("it")) {
      Sftp sftp = circuit.sftp();
      InputStream input = sftp.read("/dev/zero");
      assertThat(input.read()).isZero();
      server.kill();
      assertThatThrownBy(() -> input.transferTo(OutputStream.nullOutputStream()))
          .isInstanceOfSatisfying(
              SftpException.class, failure -> assertThat(failure.endsSession()).isTrue());
      sftp.closed().toCompletableFuture().get();
      assertThatThrownBy(() -> sftp.stat(".")).hasMessageMatching("hop 1/1 .*: .*\\[PST-T009\\]");
    }
  }

  @Test
  void aBrokenCopyGoesOnWhereItStopped() throws Exception {
    byte[] content = new byte[3 << 20];
    new java.util.Random(3).nextBytes(content);
    Path source = Files.write(account.home().resolve("source"), content);
    Files.setLastModifiedTime(
        source, java.nio.file.attribute.FileTime.fromMillis(1_000_000_000_000L));
    Path target = Files.createDirectory(folder.resolve("in"));
    withSftp(
        INTERNAL,
        1,
        sftp -> {
          // What is left of it is found by its name: that of the same version of the same file.
          Stopping stopping = new Stopping(sftp);
          CopyResult broken =
              sftp.download(List.of("source"), target, CopyOptions.usual(), stopping);
          assertThat(broken.files()).isZero();
          assertThat(broken.isComplete()).isFalse();
          assertThat(broken.lost()).isPresent();
        });
    Path part;
    try (var all = Files.list(target)) {
      part = all.toList().get(0);
    }
    assertThat(part.getFileName().toString()).matches("source\\.[0-9a-f]{8}\\.part");
    long kept = Files.size(part);
    assertThat(kept).isPositive().isLessThan(content.length);
    withSftp(
        INTERNAL,
        1,
        sftp -> {
          Resumed resumed = new Resumed();
          CopyResult result =
              sftp.download(List.of("source"), target, CopyOptions.usual(), resumed);
          assertThat(result.isComplete()).isTrue();
          assertThat(resumed.at).isEqualTo(kept);
          assertThat(result.bytes()).isEqualTo(content.length - kept);
        });
    assertThat(target.resolve("source")).hasBinaryContent(content);
    assertThat(part).doesNotExist();
  }

  @Test
  void twoFilesAreNeverGluedTogether() throws Exception {
    byte[] content = new byte[2 << 20];
    Path source = Files.write(account.home().resolve("source2"), content);
    Path target = Files.createDirectory(folder.resolve("in2"));
    withSftp(
        INTERNAL,
        1,
        sftp -> sftp.download(List.of("source2"), target, CopyOptions.usual(), new Stopping(sftp)));
    // The same size and time, and another content: only reading tells.
    java.nio.file.attribute.FileTime time = Files.getLastModifiedTime(source);
    content[0] = 1;
    Files.write(source, content);
    Files.setLastModifiedTime(source, time);
    withSftp(
        INTERNAL,
        1,
        sftp -> {
          Resumed resumed = new Resumed();
          sftp.download(List.of("source2"), target, CopyOptions.usual(), resumed);
          assertThat(resumed.at).isZero();
        });
    assertThat(target.resolve("source2")).hasBinaryContent(content);
  }

  private static final class Stopping implements CopyListener {
    private final Sftp sftp;

    Stopping(Sftp sftp) {
      this.sftp = sftp;
    }

    @Override
    public void progressed(String source, long bytes) {
      sftp.close();
    }
  }

  private static final class Resumed implements CopyListener {
    private volatile long at = -1;

    @Override
    public void started(String source, String target, long size, long resumedAt) {
      at = resumedAt;
    }
  }
}
