package dev.postern.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.integration.PosternCommand.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code postern copy} between this machine and real servers, two hops away. */
@NeedsRealServers
final class CopyCommandTest {
  private final Account account = Account.create();
  @TempDir private Path folder;
  private RealSshd first;
  private RealSshd second;
  private PosternCommand postern;

  @BeforeEach
  void start() throws IOException {
    Path key = account.authorizeNewKey(folder);
    String auth = "[ { type = publickey, identities = [\"%s\"], agent = false } ]".formatted(key);
    first = RealSshd.in(folder).start();
    second = RealSshd.in(folder).option("Subsystem", "sftp /usr/lib/openssh/sftp-server").start();
    Path route =
        new RouteFile(folder)
            .hop(first, account.name(), auth)
            .hop(second, account.name(), auth)
            .write();
    postern = new PosternCommand(folder, Map.of("POSTERN_CONFIG", route.toString()));
  }

  @AfterEach
  void stop() {
    second.close();
    first.close();
    account.close();
  }

  private static String digest(Path file) {
    return Commands.run("sha256sum", file.toString()).substring(0, 64);
  }

  private Path random(Path file, int size) throws IOException {
    byte[] content = new byte[size];
    new java.util.Random(size).nextBytes(content);
    return Files.write(file, content);
  }

  private List<String> names(Path place) throws IOException {
    try (Stream<Path> all = Files.list(place)) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aFileGoesUpAndComesBack() throws Exception {
    Path file = random(folder.resolve("file"), 5_000_000);
    assertThat(postern.run("copy", "file", "it:there").error()).isEmpty();
    Result back = postern.run("copy", "it:there", "back");
    assertThat(back.exitCode()).isZero();
    assertThat(back.output()).isEmpty();
    assertThat(back.error()).isEmpty();
    assertThat(digest(folder.resolve("back"))).isEqualTo(digest(file));
    assertThat(names(account.home())).contains("there").noneMatch(name -> name.endsWith(".part"));
  }

  @Test
  void aTreeKeepsItsNamesTimesAndModes() throws Exception {
    Path tree = Files.createDirectories(folder.resolve("tree/sub dir/empty")).getParent();
    Files.writeString(tree.resolve("it's \"quoted\""), "1");
    Files.writeString(tree.resolve("new\nline"), "2");
    Files.createFile(tree.resolve("nothing"));
    Commands.run("sh", "-c", "printf 3 > \"$(printf '" + tree + "/b\\377d')\"");
    Files.setAttribute(tree.resolve("nothing"), "unix:mode", 04711);
    FileTime time = FileTime.fromMillis(1_000_000_000_000L);
    Files.setLastModifiedTime(tree.resolve("nothing"), time);
    Files.setLastModifiedTime(tree, time);
    assertThat(postern.run("copy", "-r", "-p", "tree", "it:").error()).isEmpty();
    assertThat(postern.run("copy", "-r", "-p", "it:tree", "back").error()).isEmpty();
    Commands.run("diff", "-r", tree.getParent().toString(), folder.resolve("back").toString());
    Path copy = folder.resolve("back/sub dir");
    assertThat((Integer) Files.getAttribute(copy.resolve("nothing"), "unix:mode") & 07777)
        .isEqualTo(04711);
    assertThat(Files.getLastModifiedTime(copy.resolve("nothing"))).isEqualTo(time);
    assertThat(Files.getLastModifiedTime(copy)).isEqualTo(time);
  }

  @Test
  void setuidIsNotKeptUnlessAskedFor() throws Exception {
    Path file = Files.writeString(account.home().resolve("tool"), "x");
    Files.setAttribute(file, "unix:mode", 06755);
    assertThat(postern.run("copy", "it:tool", ".").exitCode()).isZero();
    assertThat((Integer) Files.getAttribute(folder.resolve("tool"), "unix:mode") & 07000).isZero();
  }

  @Test
  void onlyWhatMatchesIsCopiedAndAFailureDoesNotStopTheRest() throws Exception {
    for (String name : List.of("a.log", "b.log", "c.txt", ".hidden.log")) {
      Files.writeString(account.home().resolve(name), name);
    }
    Path target = Files.createDirectory(folder.resolve("in"));
    Result result = postern.run("copy", "it:*.log", "it:no-such", "in");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.error())
        .isEqualTo("postern: no-such: the server has no such file [PST-X002]\n");
    assertThat(names(target)).containsExactly("a.log", "b.log");
  }

  @Test
  void fromOneRouteToAnotherNothingIsKeptHere() throws Exception {
    Path file = random(account.home().resolve("file"), 3_000_000);
    List<String> before = names(folder);
    Result result =
        postern.run("copy", "-i", folder.resolve("unused").toString(), "it:file", "it:copy of it");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(postern.run("copy", "it:file", "it:copy of it").error()).isEmpty();
    assertThat(digest(account.home().resolve("copy of it"))).isEqualTo(digest(file));
    // What is remembered of the servers is not what was copied.
    assertThat(names(folder))
        .filteredOn(name -> !name.contains("known_hosts.postern"))
        .isEqualTo(before);
  }

  /** A file with holes, that takes its time. */
  private static Path large(Path file) {
    Commands.run("truncate", "-s", "900M", file.toString());
    Commands.run("sh", "-c", "printf end >> " + file);
    return file;
  }

  private Process begin(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(PosternCommand.LAUNCHER.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("POSTERN_CONFIG", folder.resolve("postern.conf").toString());
    builder.redirectError(folder.resolve("error").toFile());
    builder.redirectOutput(folder.resolve("output").toFile());
    return builder.start();
  }

  private static Path awaitPart(Path place) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> part(place), Optional::isPresent)
        .orElseThrow();
  }

  private static Optional<Path> part(Path place) throws IOException {
    try (Stream<Path> all = Files.list(place)) {
      return all.filter(path -> path.toString().endsWith(".part"))
          .filter(path -> path.toFile().length() > 1 << 20)
          .findFirst();
    }
  }

  @Test
  void aKilledSessionLeavesAPartAndTheNextCopyGoesOn() throws Exception {
    Path file = large(account.home().resolve("big"));
    Path target = Files.createDirectory(folder.resolve("in"));
    Process copy = begin("copy", "it:big", "in");
    Path part = awaitPart(target);
    Commands.run("pkill", "-KILL", "-u", account.name(), "sshd");
    assertThat(copy.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(copy.exitValue()).isEqualTo(255);
    assertThat(Files.readString(folder.resolve("error")))
        .matches("postern: hop .*\\[PST-T009\\]\n");
    assertThat(names(target)).containsExactly(part.getFileName().toString());
    long kept = Files.size(part);
    Result again = postern.run("copy", "--json", "it:big", "in");
    assertThat(again.exitCode()).isZero();
    assertThat(again.output()).contains("\"resumedAt\":" + kept);
    assertThat(names(target)).containsExactly("big");
    assertThat(digest(target.resolve("big"))).isEqualTo(digest(file));
  }

  @Test
  void ctrlCEndsAnUploadWithinASecondAndTheNextOneGoesOn() throws Exception {
    Path file = large(folder.resolve("big"));
    Process copy = begin("copy", "big", "it:big");
    Path part = awaitPart(account.home());
    long before = System.nanoTime();
    Commands.run("kill", "-INT", Long.toString(copy.pid()));
    assertThat(copy.waitFor(20, TimeUnit.SECONDS)).isTrue();
    // A busy machine gets a second more.
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
    assertThat(copy.exitValue()).isEqualTo(130);
    assertThat(folder.resolve("error")).isEmptyFile();
    assertThat(part).exists();
    assertThat(account.home().resolve("big")).doesNotExist();
    Result again = postern.run("copy", "--json", "big", "it:big");
    assertThat(again.exitCode()).isZero();
    assertThat(again.output()).doesNotContain("\"resumedAt\":0,");
    assertThat(digest(account.home().resolve("big"))).isEqualTo(digest(file));
    assertThat(names(account.home())).noneMatch(name -> name.endsWith(".part"));
  }

  @Test
  void aFullDiskIsSaidAndLeavesNoHalfUnderTheName() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Commands.run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk.toString());
    try {
      random(account.home().resolve("file"), 5_000_000);
      Result result = postern.run("copy", "it:file", "disk");
      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.error())
          .isEqualTo(
              "postern: %s/file: no space is left on this machine; what was copied is kept, to go on from [PST-X013]\n"
                  .formatted(disk));
      assertThat(names(disk)).singleElement().asString().matches("file\\.[0-9a-f]{8}\\.part");
    } finally {
      Commands.run("umount", disk.toString());
    }
  }

  @Test
  void eventsAreLinesForPrograms() throws Exception {
    Files.writeString(folder.resolve("file"), "four");
    Result result = postern.run("copy", "--json", "file", "nothing", "it:");
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.error()).isEmpty();
    assertThat(
            result.output().lines().map(line -> line.replaceAll("\"millis\":\\d+", "\"millis\":0")))
        .containsExactlyInAnyOrder(
            "{\"code\":\"PST-X002\",\"event\":\"error\",\"message\":\"%s/nothing: there is no such file here\",\"source\":\"%s/nothing\"}"
                .formatted(folder, folder),
            "{\"event\":\"start\",\"resumedAt\":0,\"size\":4,\"source\":\"%s/file\",\"target\":\"file\"}"
                .formatted(folder),
            "{\"event\":\"done\",\"size\":4,\"source\":\"%s/file\",\"target\":\"file\"}"
                .formatted(folder),
            "{\"bytes\":4,\"event\":\"summary\",\"failures\":1,\"files\":1,\"millis\":0,\"ok\":false}");
  }

  @Test
  void manySmallFilesArrive() throws Exception {
    Path many = Files.createDirectory(folder.resolve("many"));
    for (int i = 0; i < 2_000; i++) {
      Files.writeString(many.resolve("f" + i), "content " + i);
    }
    assertThat(postern.run("copy", "-r", "many", "it:").error()).isEmpty();
    Commands.run("diff", "-r", many.toString(), account.home().resolve("many").toString());
    assertThat(names(account.home().resolve("many"))).hasSize(2_000);
  }
}
