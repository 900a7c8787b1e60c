package dev.postern.core.sshd.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.sshd.sftp.Answers.Named;
import dev.postern.core.sshd.sftp.FakePipe.Packet;
import dev.postern.sftp.CopyListener;
import dev.postern.sftp.CopyOptions;
import dev.postern.sftp.CopyResult;
import dev.postern.sftp.Sftp;
import dev.postern.sftp.SftpException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.sshd.sftp.common.SftpConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that names what it likes: nothing of it leaves the target folder. */
final class HostileNamesTest {
  private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path outside;
  private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
  private final Set<String> listed = ConcurrentHashMap.newKeySet();

  private final CopyListener listener =
      new CopyListener() {
        @Override
        public void failed(String source, SftpException failure) {
          failures.add(String.valueOf(failure.getMessage()));
        }
      };

  /** Serves a folder {@code d} with these entries, which all are what their mode says. */
  private Sftp serving(Map<String, Integer> entries) throws Exception {
    return SftpSession.start(
            new FakePipe(packet -> List.of(answer(packet, entries))), Duration.ofSeconds(5))
        .get();
  }

  private byte[] answer(Packet packet, Map<String, Integer> entries) {
    return switch (packet.command()) {
      case SftpConstants.SSH_FXP_OPENDIR, SftpConstants.SSH_FXP_OPEN -> {
        String handle = Integer.toHexString(packet.name().hashCode());
        listed.remove(handle);
        yield Answers.handle(packet.id(), handle.getBytes(StandardCharsets.US_ASCII));
      }
      case SftpConstants.SSH_FXP_READDIR -> names(packet, entries);
      case SftpConstants.SSH_FXP_STAT, SftpConstants.SSH_FXP_LSTAT ->
          packet.name().contains("*")
              ? Answers.status(packet.id(), SftpConstants.SSH_FX_NO_SUCH_FILE, "")
              : attributes(packet);
      case SftpConstants.SSH_FXP_REALPATH -> Answers.name(packet.id(), "/home/d");
      case SftpConstants.SSH_FXP_READ ->
          packet.body().getLong(packet.bytes().length - 12) == 0
              ? Answers.data(packet.id(), CONTENT)
              : Answers.status(packet.id(), SftpConstants.SSH_FX_EOF, "");
      default -> Answers.usual(packet);
    };
  }

  private static byte[] attributes(Packet packet) {
    boolean folder = packet.name().equals("d") || packet.name().endsWith("loop");
    return Answers.attributes(packet.id(), folder ? Answers.FOLDER : Answers.FILE, CONTENT.length);
  }

  /** Once for each time that it is opened. */
  private byte[] names(Packet packet, Map<String, Integer> entries) {
    if (!listed.add(packet.name())) {
      return Answers.status(packet.id(), SftpConstants.SSH_FX_EOF, "");
    }
    return Answers.names(
        packet.id(),
        entries.entrySet().stream()
            .map(entry -> new Named(entry.getKey(), entry.getValue(), CONTENT.length))
            .toList());
  }

  private CopyResult download(Map<String, Integer> entries, Path target) throws Exception {
    try (Sftp sftp = serving(entries)) {
      return sftp.download(List.of("d"), target, CopyOptions.usual().withFolders(), listener);
    }
  }

  private List<String> everything() throws IOException {
    try (Stream<Path> all = Files.walk(outside)) {
      return all.filter(Files::isRegularFile)
          .map(path -> outside.relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/abs", "a/../../b", "../b", "x/y", "", "zero\0byte"})
  void aNameThatIsAPathIsLeftOut(String name) throws Exception {
    for (int mode : new int[] {Answers.FILE, Answers.FOLDER, Answers.LINK}) {
      failures.clear();
      CopyResult result =
          download(Map.of(name, mode, "good", Answers.FILE), outside.resolve("in" + mode));
      assertThat(failures).singleElement().asString().startsWith("the server names \"");
      assertThat(failures.get(0)).endsWith("It is left out [PST-X007]");
      assertThat(result.files()).isEqualTo(1);
      assertThat(result.failures()).isEqualTo(1);
      assertThat(Files.readAllBytes(outside.resolve("in" + mode).resolve("good")))
          .isEqualTo(CONTENT);
    }
    assertThat(everything()).hasSize(3).allMatch(path -> path.endsWith("/good"));
  }

  @Test
  void aNameThatLeadsOutSaysSo() throws Exception {
    download(Map.of("a/../../b", Answers.FILE), outside.resolve("in"));
    assertThat(failures)
        .containsExactly(
            "the server names \"a/../../b\" in a folder: it has a / in it. It is left out [PST-X007]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"back\\slash", "C:x", "CON", "file:stream", "new\nline", " ", "-rf", "~"})
  void whatIsHarmlessHereIsCopiedUnderItsName(String name) throws Exception {
    download(Map.of(name, Answers.FILE), outside.resolve("in"));
    assertThat(failures).isEmpty();
    assertThat(outside.resolve("in").resolve(name)).hasBinaryContent(CONTENT);
  }

  @Test
  void dotsAreNoEntries() throws Exception {
    download(Map.of(".", Answers.FOLDER, "..", Answers.FOLDER), outside.resolve("in"));
    assertThat(failures).isEmpty();
    assertThat(everything()).isEmpty();
  }

  @Test
  void foldersInFoldersEndSomewhere() throws Exception {
    CopyResult result = download(Map.of("loop", Answers.FOLDER), outside.resolve("in"));
    assertThat(result.failures()).isEqualTo(1);
    assertThat(failures.get(0)).endsWith("it is more than 64 folders deep [PST-X011]");
  }

  @Test
  void aLinkToAFolderAboveIsNotFollowed() throws Exception {
    download(Map.of("loop", Answers.LINK), outside.resolve("in"));
    assertThat(failures).containsExactly("d/loop: its link leads to a folder above it [PST-X011]");
  }

  @Test
  void nothingIsWrittenThroughALinkThatLeadsOut() throws Exception {
    Path target = Files.createDirectories(outside.resolve("in/d"));
    Files.createSymbolicLink(target.resolve("loop"), Files.createDirectory(outside.resolve("out")));
    download(Map.of("loop", Answers.FOLDER), outside.resolve("in"));
    assertThat(failures)
        .containsExactly(
            target.resolve("loop")
                + ": it is a link that leads out of the target; nothing is written through it [PST-X007]");
    assertThat(outside.resolve("out")).isEmptyDirectory();
  }

  @Test
  void aLinkInAFilesPlaceIsReplacedNotWrittenThrough() throws Exception {
    Path target = Files.createDirectories(outside.resolve("in/d"));
    Path other = Files.writeString(outside.resolve("other"), "mine");
    Files.createSymbolicLink(target.resolve("file"), other);
    download(Map.of("file", Answers.FILE), outside.resolve("in"));
    assertThat(other).hasContent("mine");
    assertThat(target.resolve("file")).isRegularFile().hasBinaryContent(CONTENT);
    assertThat(Files.isSymbolicLink(target.resolve("file"))).isFalse();
  }

  @Test
  void aLinkIsFollowedForANameThatWasAskedForAndNotForOneThatMatches() throws Exception {
    Path target = Files.createDirectories(outside.resolve("in"));
    Path other = Files.writeString(outside.resolve("other"), "mine");
    Files.createSymbolicLink(target.resolve("file"), other);
    try (Sftp sftp = serving(Map.of("file", Answers.FILE))) {
      sftp.download(List.of("d/*"), target, CopyOptions.usual(), listener);
      assertThat(other).hasContent("mine");
      assertThat(Files.isSymbolicLink(target.resolve("file"))).isFalse();
      Files.delete(target.resolve("file"));
      Files.createSymbolicLink(target.resolve("file"), other);
      sftp.download(List.of("d/file"), target, CopyOptions.usual(), listener);
    }
    assertThat(failures).isEmpty();
    assertThat(other).hasBinaryContent(CONTENT);
    assertThat(Files.isSymbolicLink(target.resolve("file"))).isTrue();
  }

  @Test
  void onlyWhatMatchesIsTaken() throws Exception {
    try (Sftp sftp =
        serving(Map.of("a.log", Answers.FILE, "b.sh", Answers.FILE, "/x.log", Answers.FILE))) {
      Path target = Files.createDirectory(outside.resolve("in"));
      CopyResult result = sftp.download(List.of("d/*.log"), target, CopyOptions.usual(), listener);
      assertThat(result.files()).isEqualTo(1);
    }
    assertThat(everything()).containsExactly("in/a.log");
  }
}
