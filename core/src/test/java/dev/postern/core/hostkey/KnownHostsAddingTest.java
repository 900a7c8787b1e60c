package dev.postern.core.hostkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.hop.StrictHostKeys;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KnownHostsAddingTest {
  private static final TestKey KEY = TestKey.ed25519();
  private static final TestKey OTHER = TestKey.ed25519();

  @TempDir Path directory;
  private Rig rig;

  @BeforeEach
  void makeRig() {
    rig = new Rig(directory).strict(StrictHostKeys.ACCEPT_NEW);
  }

  @Test
  void aNewKeyIsAddedToAFileAndDirectoryOfItsOwner() throws Exception {
    Path file = directory.resolve("a/b/known_hosts");
    rig.files(file, rig.file).at("DB.internal", 2222);

    assertThat(rig.verify(KEY.server()))
        .isEqualTo("ED25519 " + KEY.fingerprint() + " added (" + file + ")");
    assertThat(rig.notices)
        .containsExactly(
            "Warning: Permanently added '[db.internal]:2222' (ED25519) to the list of known hosts.");
    assertThat(file).hasContent("[db.internal]:2222 " + KEY.line() + "\n");
    assertThat(permissions(file)).isEqualTo("rw-------");
    assertThat(permissions(file.getParent())).isEqualTo("rwx------");
    assertThat(permissions(file.getParent().getParent())).isEqualTo("rwx------");
    assertThat(rig.strict(StrictHostKeys.YES).verify(KEY.server())).contains(" known (");
  }

  @Test
  void aLastLineWithoutEndIsEndedFirst() throws Exception {
    rig.content("other " + OTHER.line()).alias("orders").verify(KEY.server());

    assertThat(Files.readString(rig.file))
        .isEqualTo("other " + OTHER.line() + "\norders " + KEY.line() + "\n");
  }

  @Test
  void aLinkedFileStaysALink() throws Exception {
    Path target = Files.createFile(directory.resolve("target"));
    Files.createSymbolicLink(rig.file, target);
    rig.verify(KEY.server());

    assertThat(rig.file).isSymbolicLink();
    assertThat(target).hasContent("db.internal " + KEY.line());
  }

  @Test
  void fiftyThreadsAddOneEntry() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(50);
    try {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<String>> results = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        Rig own = i % 2 == 0 ? rig : new Rig(directory).strict(StrictHostKeys.ACCEPT_NEW);
        results.add(
            threads.submit(
                () -> {
                  start.await();
                  return own.verify(KEY.server());
                }));
      }
      start.countDown();
      int added = 0;
      for (Future<String> result : results) {
        added += result.get(60, TimeUnit.SECONDS).contains(" added (") ? 1 : 0;
      }
      assertThat(added).isEqualTo(1);
      assertThat(Files.readString(rig.file)).isEqualTo("db.internal " + KEY.line() + "\n");
      assertThat(permissions(rig.file)).isEqualTo("rw-------");
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void twoProcessesAddOneEntry() throws Exception {
    Path blob = Files.write(directory.resolve("blob"), KEY.blob());
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String path = System.getProperty("java.class.path");
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      processes.add(
          new ProcessBuilder(java, "-cp", path, AddingProcess.class.getName(), blob.toString())
              .redirectErrorStream(true)
              .redirectOutput(new File(directory.toFile(), "output" + i))
              .start());
    }
    for (int i = 0; i < 2; i++) {
      assertThat(processes.get(i).waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(directory.resolve("output" + i)).content().contains("20 of 20");
    }
    List<String> lines = Files.readAllLines(rig.file);
    assertThat(lines).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void aKeyThatCannotBeSavedIsGoodForThisTime() throws Exception {
    Path file = Path.of("/dev/null/known_hosts");
    Path lock = Files.createDirectory(directory.resolve(".known_hosts.lock"));

    assertThat(rig.verify(KEY.server()))
        .isEqualTo("ED25519 " + KEY.fingerprint() + " accepted, not saved");
    assertThat(rig.notices)
        .singleElement()
        .asString()
        .startsWith("Failed to add the host to the list of known hosts (" + rig.file + "): " + lock)
        .endsWith(" [PST-H008]");
    assertThat(rig.files(file).refuse(KEY.server())).startsWith("PST-H004 ");
    rig.notices.clear();
    rig.files().verify(KEY.server());
    assertThat(rig.notices)
        .containsExactly(
            "Failed to add the host to the list of known hosts (known-hosts): no file is configured [PST-H008]");
  }

  @Test
  void theNullDeviceIsAFileWithoutLines() throws Exception {
    Path device = Path.of("/dev/null");
    rig.files(device);

    assertThat(rig.verify(KEY.server()))
        .isEqualTo("ED25519 " + KEY.fingerprint() + " accepted, not saved");
    assertThat(rig.strict(StrictHostKeys.YES).refuse(KEY.server())).startsWith("PST-H001 ");
    assertThat(device.resolveSibling(".null.lock")).doesNotExist();
  }

  @Test
  void thePersonIsAskedInTheWordsOfOpenSsh() throws Exception {
    rig.lines("bastion " + KEY.line()).answering("what?", "YES").at("db.internal", 2222);

    assertThat(rig.verify(KEY.server())).endsWith(" added (" + rig.file + ")");
    assertThat(rig.questions)
        .containsExactly(
            "The authenticity of host '[db.internal]:2222' can't be established.\nED25519 key fingerprint is "
                + KEY.fingerprint()
                + ".\nThis host key is known by the following other names/addresses:\n    "
                + rig.file
                + ":1: bastion\nAre you sure you want to continue connecting (yes/no/[fingerprint])? ",
            "Please type 'yes', 'no' or the fingerprint: ");
  }

  @Test
  void theFingerprintIsAnAnswer() throws Exception {
    rig.answering(OTHER.fingerprint(), " " + KEY.fingerprint() + " ");

    assertThat(rig.verify(KEY.server())).contains(" added (");
    assertThat(rig.questions).hasSize(2);
    assertThat(rig.questions.get(0)).contains("\nThis key is not known by any other names.\n");
  }

  @Test
  void whoeverDeclinesIsNotConnected() {
    String declined =
        "PST-H007 The ED25519 host key "
            + KEY.fingerprint()
            + " of db.internal was not confirmed, so nothing was sent; compare the fingerprint with the host's administrator and try again.";

    assertThat(rig.answering("no").refuse(KEY.server())).isEqualTo(declined);
    assertThat(rig.answering("").refuse(KEY.server())).isEqualTo(declined);
    assertThat(rig.answering().refuse(KEY.server())).isEqualTo(declined);
    assertThat(rig.answering("1", "2", "3", "4", "5", "yes").refuse(KEY.server()))
        .isEqualTo(declined);
    assertThat(rig.file).doesNotExist();
  }

  @Test
  void withNobodyToAskTheKeyIsRefused() {
    assertThat(rig.strict(StrictHostKeys.ASK).refuse(KEY.server()))
        .startsWith(
            "PST-H001 No ED25519 host key is known for db.internal and nobody is there to be asked. Its fingerprint is SHA256:");
    assertThat(rig.questions).isEmpty();
  }

  private static String permissions(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
