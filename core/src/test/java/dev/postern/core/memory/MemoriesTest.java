package dev.postern.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.postern.api.auth.AuthMethod;
import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.HopInfo;
import dev.postern.core.hop.HopPolicy;
import dev.postern.core.hop.Keepalive;
import dev.postern.core.hop.StrictHostKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MemoriesTest {
  private static final Remembered SEEN =
      new Remembered("curve25519-sha256", "ssh-ed25519", Optional.of(AuthMethod.PASSWORD), true);
  private static final Remembered OTHER =
      new Remembered("ecdh-sha2-nistp256", "rsa-sha2-512", Optional.empty(), false);

  @TempDir Path folder;
  private Path knownHosts;
  private Path file;

  @BeforeEach
  void setUp() {
    knownHosts = folder.resolve("known_hosts");
    file = folder.resolve("known_hosts.postern");
  }

  @Test
  void nothingIsKnownOfANewServer() {
    assertThat(here().recall()).isEmpty();
    assertThat(file).doesNotExist();
  }

  @Test
  void anotherProcessKnowsWhatThisOneSaw() throws IOException {
    here().keep(SEEN);

    assertThat(here().recall()).contains(SEEN);
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(list())
        .containsExactlyInAnyOrder("known_hosts.postern", ".known_hosts.postern.lock");
  }

  @Test
  void usersPortsAndAliasesAreKeptApart() {
    here().keep(SEEN);

    assertThat(memory("bob", "h", 22, Optional.empty()).recall()).isEmpty();
    assertThat(memory("alice", "h", 2222, Optional.empty()).recall()).isEmpty();
    assertThat(memory("alice", "h", 22, Optional.of("alias")).recall()).isEmpty();
    assertThat(memory("alice", "elsewhere", 22, Optional.of("h")).recall()).contains(SEEN);
  }

  @Test
  void theFileNamesNoHost() throws IOException {
    memory("alice", "bastion.example.com", 22, Optional.empty()).keep(SEEN);

    assertThat(Files.readString(file))
        .matches(
            "postern-handshakes-1 [0-9a-f]{32}\n"
                + "[0-9a-f]{32} curve25519-sha256 ssh-ed25519 password alone\n");
  }

  @Test
  void processesThatWriteByTurnsLoseNothing() {
    HostMemory one = memory("alice", "one", 22, Optional.empty());
    HostMemory two = memory("alice", "two", 22, Optional.empty());
    assertThat(one.recall()).isEmpty();
    assertThat(two.recall()).isEmpty();

    one.keep(SEEN);
    two.keep(OTHER);

    assertThat(memory("alice", "one", 22, Optional.empty()).recall()).contains(SEEN);
    assertThat(memory("alice", "two", 22, Optional.empty()).recall()).contains(OTHER);
  }

  @Test
  void whatWasOfNoUseIsForgotten() {
    here().keep(SEEN);
    HostMemory second = here();
    second.forget();

    assertThat(second.recall()).isEmpty();
    assertThat(here().recall()).isEmpty();
  }

  @Test
  void whatIsKnownAlreadyIsNotWrittenAgain() throws IOException {
    here().keep(SEEN);
    HostMemory second = here();
    assertThat(second.recall()).contains(SEEN);
    Files.delete(file);

    second.keep(SEEN);

    assertThat(file).doesNotExist();
  }

  @Test
  void whatCouldNotBeWrittenAtOnceIsWrittenAtTheEnd() {
    Memories memories =
        new Memories(
            task -> {
              throw new RejectedExecutionException("busy");
            });
    of(memories, "alice", "h", 22, Optional.empty()).keep(SEEN);
    assertThat(file).doesNotExist();

    memories.close();

    assertThat(here().recall()).contains(SEEN);
  }

  @Test
  void whatCouldNotBeWrittenYetIsWrittenTheNextTime() throws IOException {
    Path lock = Files.createDirectory(folder.resolve(".known_hosts.postern.lock"));
    Memories memories = new Memories(Runnable::run);
    of(memories, "alice", "h", 22, Optional.empty()).keep(SEEN);
    assertThat(file).doesNotExist();
    Files.delete(lock);

    of(memories, "alice", "other", 22, Optional.empty()).keep(OTHER);

    assertThat(here().recall()).contains(SEEN);
    assertThat(memory("alice", "other", 22, Optional.empty()).recall()).contains(OTHER);
  }

  @Test
  void aFileOfSomebodyElseIsIgnored() throws IOException {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can give files away");
    here().keep(SEEN);
    Files.setOwner(
        file, file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));

    assertThat(here().recall()).isEmpty();
  }

  @Test
  void garbageIsNothing() throws IOException {
    for (String text :
        List.of("", "\n", "garbage", "postern-handshakes-1 short\n", "postern-handshakes-2 x\n")) {
      Files.writeString(file, text);
      assertThat(here().recall()).as(text).isEmpty();
    }
    here().keep(SEEN);
    assertThat(here().recall()).contains(SEEN);
  }

  @Test
  void aLineThatMakesNoSenseHarmsNoOther() throws IOException {
    here().keep(SEEN);
    String[] lines = Files.readString(file).split("\n");
    Files.writeString(
        file,
        String.join("\n", lines[0], "0 1 2", "zz " + lines[1], lines[1] + " more", lines[1], ""));

    assertThat(here().recall()).contains(SEEN);
  }

  @Test
  void aNameThatIsNoneIsNotWritten() throws IOException {
    memory("alice", "one", 22, Optional.empty()).keep(SEEN);
    for (String name : List.of("", "a b", "a,b", "a\nb", "x".repeat(65), "\u00e9")) {
      here().keep(new Remembered(name, "ssh-ed25519", Optional.empty(), false));
    }

    assertThat(Files.readAllLines(file)).hasSize(2);
  }

  @Test
  void aFileThatOthersMayWriteIsIgnored() throws IOException {
    here().keep(SEEN);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));

    assertThat(here().recall()).isEmpty();
    here().keep(OTHER);
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void aSymbolicLinkIsIgnoredAndReplaced() throws IOException {
    here().keep(SEEN);
    Path elsewhere = folder.resolve("elsewhere");
    Files.move(file, elsewhere);
    Files.createSymbolicLink(file, elsewhere);
    String before = Files.readString(elsewhere);

    assertThat(here().recall()).isEmpty();
    here().keep(OTHER);

    assertThat(Files.isSymbolicLink(file)).isFalse();
    assertThat(Files.readString(elsewhere)).isEqualTo(before);
  }

  @Test
  void theFileIsBounded() throws IOException {
    List<Runnable> tasks = new ArrayList<>();
    Memories memories = new Memories(tasks::add);
    for (int i = 0; i < 1_100; i++) {
      of(memories, "alice", "h" + i, 22, Optional.empty()).keep(SEEN);
    }
    memories.close();

    assertThat(tasks).hasSize(1);
    assertThat(Files.readAllLines(file)).hasSize(1_001);
  }

  @Test
  void aHopMaySayThatNothingIsToBeRemembered() {
    Memories memories = new Memories(Runnable::run);
    HostMemory none = memories.of(info("alice", "h", 22), policy(Optional.empty(), false));

    none.keep(SEEN);

    assertThat(none).isSameAs(HostMemory.NONE);
    assertThat(file).doesNotExist();
  }

  @Test
  void withoutAFolderItIsKeptInThisProcess() {
    knownHosts = folder.resolve("none/known_hosts");
    Memories memories = new Memories(Runnable::run);
    of(memories, "alice", "h", 22, Optional.empty()).keep(SEEN);

    assertThat(of(memories, "alice", "h", 22, Optional.empty()).recall()).contains(SEEN);
    assertThat(here().recall()).isEmpty();
  }

  @Test
  void theNullDeviceHasNoNeighbour() {
    assertThat(MemoryFile.beside(Path.of("/dev/null"))).isEmpty();
  }

  private List<String> list() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }

  /** Of a process that has just begun. */
  private HostMemory here() {
    return memory("alice", "h", 22, Optional.empty());
  }

  private HostMemory memory(String user, String host, int port, Optional<String> alias) {
    return of(new Memories(Runnable::run), user, host, port, alias);
  }

  private HostMemory of(
      Memories memories, String user, String host, int port, Optional<String> alias) {
    return memories.of(info(user, host, port), policy(alias, true));
  }

  private static HopInfo info(String user, String host, int port) {
    return new HopInfo(1, 1, user, new Endpoint(host, port));
  }

  private HopPolicy policy(Optional<String> alias, boolean remember) {
    return new HopPolicy(
        List.of(knownHosts),
        List.of(),
        StrictHostKeys.YES,
        alias,
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        new Keepalive(Duration.ZERO, 1),
        5,
        false,
        remember);
  }
}
