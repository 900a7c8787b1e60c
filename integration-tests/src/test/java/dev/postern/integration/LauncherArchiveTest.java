package dev.postern.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The archive of classes that the launcher keeps: when it is made, used and refused. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LauncherArchiveTest {
  private static final Path LAUNCHER = Path.of("..", "postern").toAbsolutePath().normalize();
  private static final Duration MAKING = Duration.ofMinutes(3);

  private Path archive = Path.of("");
  private Path cache = Path.of("");
  private Path kept = Path.of("");

  @BeforeAll
  void makeOne(@TempDir Path first) throws Exception {
    Outcome outcome = run(first, Map.of(), "--version");
    assertThat(outcome.error()).isEmpty();
    assertThat(outcome.output()).startsWith("postern 0.1.0");
    archive = made(first);
    assertThat(mode(first.resolve("postern"))).isEqualTo("rwx------");
    assertThat(mode(archive)).isEqualTo("rw-------");
  }

  @BeforeEach
  void copyIt(@TempDir Path folder) throws IOException {
    cache = folder.resolve("cache");
    Path ours = Files.createDirectories(cache.resolve("postern"));
    Files.setPosixFilePermissions(ours, PosixFilePermissions.fromString("rwx------"));
    kept = ours.resolve(archive.getFileName());
    Files.copy(archive, kept);
    Files.setPosixFilePermissions(kept, PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void theNextRunUsesIt() throws Exception {
    assertThat(classesFromArchive()).contains("dev.postern.cli.Main ");
  }

  @Test
  void itHoldsWhatConnectionsNeed() throws Exception {
    Path log = cache.resolveSibling("log");
    Map<String, String> logged =
        Map.of("POSTERN_JAVA_OPTS", logging(log), "HOME", cache.toString());
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String server = "x@127.0.0.1:" + silent.getLocalPort();
      Outcome outcome =
          run(
              cache,
              logged,
              "exec",
              "--batch",
              "-F",
              "none",
              "-o",
              "ConnectTimeout=1",
              server,
              "--",
              "id");
      assertThat(outcome.exitCode()).isEqualTo(255);
    }
    assertThat(Files.readString(log).lines())
        .anyMatch(line -> line.matches(".* org.apache.sshd.client.SshClient .*\\(top\\)"));
  }

  @Test
  void oneThatOthersMayWriteIsRefused() throws Exception {
    Files.setPosixFilePermissions(kept, PosixFilePermissions.fromString("rw--w----"));
    assertThat(classesFromArchive()).isEmpty();
  }

  @Test
  void oneInAFolderThatOthersMayWriteIsRefused() throws Exception {
    Files.setPosixFilePermissions(
        kept.resolveSibling("."), PosixFilePermissions.fromString("rwx----w-"));
    assertThat(classesFromArchive()).isEmpty();
  }

  @Test
  void oneWhoseFolderOthersMayExchangeIsRefused() throws Exception {
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(classesFromArchive()).isEmpty();
  }

  @Test
  void oneOfSomebodyElseIsRefused() throws Exception {
    assumeThat(System.getProperty("user.name")).isEqualTo("root");
    Files.setOwner(
        kept, kept.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
    assertThat(classesFromArchive()).isEmpty();
  }

  @Test
  void aLinkIsRefused() throws Exception {
    Files.delete(kept);
    Files.createSymbolicLink(kept, archive);
    assertThat(classesFromArchive()).isEmpty();
  }

  @Test
  void oneThatIsSpoiledCostsNothingAndSaysNothing() throws Exception {
    Files.write(kept, "no archive".getBytes(UTF_8));
    assertThat(classesFromArchive()).isEmpty();
  }

  @Test
  void theSwitchTurnsItOff() throws Exception {
    Path log = cache.resolveSibling("log");
    Map<String, String> off = Map.of("POSTERN_ARCHIVE", "off", "POSTERN_JAVA_OPTS", logging(log));
    assertSound(run(cache, off, "--version"));
    assertThat(fromArchive(log)).isEmpty();
    Path fresh = Files.createDirectory(cache.resolveSibling("fresh"));
    assertSound(run(fresh, off, "--version"));
    assertThat(fresh).isEmptyDirectory();
  }

  @Test
  void aCacheThatCannotBeWrittenSaysNothing() throws Exception {
    Path file = Files.writeString(cache.resolveSibling("file"), "");
    assertSound(run(file, Map.of(), "--version"));
    assertSound(run(file.resolve("below"), Map.of(), "--version"));
    assertThat(file).hasContent("");
  }

  @Test
  void oneThatFailedIsNotTriedAtEachStart() throws Exception {
    Files.delete(kept);
    String key = archive.getFileName().toString().replaceFirst("\\..*", "");
    Files.writeString(kept.resolveSibling(key + ".failed"), "");
    assertSound(run(cache, Map.of(), "--version"));
    await()
        .during(Duration.ofSeconds(3))
        .atMost(Duration.ofSeconds(20))
        .until(() -> names(kept.resolveSibling(".")).equals(List.of(key + ".failed")));
  }

  @Test
  void otherJavasHaveTheirOwnAndSayNothing() throws Exception {
    List<Path> others = otherJavas();
    assumeThat(others).as("other Javas beside this one").isNotEmpty();
    for (Path other : others) {
      Path fresh = Files.createDirectory(cache.resolveSibling(other.getFileName().toString()));
      Map<String, String> home = Map.of("JAVA_HOME", other.toString());
      assertSound(run(fresh, home, "--version"));
      Path theirs = made(fresh);
      assertThat(theirs.getFileName()).isNotEqualTo(archive.getFileName());
      Path log = cache.resolveSibling(other.getFileName() + ".log");
      assertSound(
          run(
              fresh,
              Map.of("JAVA_HOME", other.toString(), "POSTERN_JAVA_OPTS", logging(log)),
              "--version"));
      assertThat(fromArchive(log)).contains("dev.postern.cli.Main ");
    }
  }

  private static List<Path> otherJavas() throws IOException {
    Path own = Path.of(System.getProperty("java.home")).toRealPath();
    try (Stream<Path> all = Files.list(own.getParent())) {
      return all.filter(path -> !Files.isSymbolicLink(path) && !path.equals(own))
          .filter(path -> Files.isExecutable(path.resolve("bin/java")))
          .filter(path -> Files.isRegularFile(path.resolve("release")))
          .toList();
    }
  }

  private String classesFromArchive() throws Exception {
    Path log = cache.resolveSibling("log");
    assertSound(run(cache, Map.of("POSTERN_JAVA_OPTS", logging(log)), "--version"));
    return fromArchive(log);
  }

  private static String logging(Path log) {
    return "-Xlog:class+load=info:file=" + log;
  }

  /** Our own classes that came from an archive. */
  private static String fromArchive(Path log) throws IOException {
    return Files.readString(log)
        .lines()
        .filter(line -> line.contains("dev.postern") && line.contains("shared objects file"))
        .reduce("", String::concat);
  }

  private static void assertSound(Outcome outcome) {
    assertThat(outcome.error()).isEmpty();
    assertThat(outcome.output()).startsWith("postern 0.1.0").hasLineCount(1);
    assertThat(outcome.exitCode()).isZero();
  }

  private static Path made(Path cache) {
    Path folder = cache.resolve("postern");
    await().atMost(MAKING).until(() -> finished(names(folder)));
    return folder.resolve(names(folder).get(0));
  }

  /** The archive is there, and nothing else is. */
  private static boolean finished(List<String> names) {
    return names.size() == 1 && names.get(0).matches("[0-9a-f]{64}\\.(jsa|aot)");
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(path -> path.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static Outcome run(Path cache, Map<String, String> environment, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("output", ".txt");
    Path error = Files.createTempFile("error", ".txt");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectOutput(output.toFile())
              .redirectError(error.toFile());
      builder.environment().remove("POSTERN_ARCHIVE");
      builder.environment().put("XDG_CACHE_HOME", cache.toString());
      builder.environment().putAll(environment);
      Process process = builder.start();
      assertThat(process.waitFor(120, SECONDS)).isTrue();
      return new Outcome(process.exitValue(), Files.readString(output), Files.readString(error));
    } finally {
      Files.delete(output);
      Files.delete(error);
    }
  }

  private record Outcome(int exitCode, String output, String error) {}
}
