package dev.postern.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are none, or are too much. */
@Timeout(180)
final class FileCheckTest {
  private static final String ROUTE = "postern.routes.r.hops = [{ host = a, auth = [] }]\n";
  private static final String PLAIN =
      "postern.routes.r.hops = [{ host = a, auth = [{ type = password, password = hunter2 }] }]\n";

  @TempDir private Path folder;
  private Book book;

  @BeforeEach
  void begin() {
    book = new Book(folder);
  }

  @Test
  void aPipeIsRefusedAndNotWaitedFor() throws Exception {
    Path pipe = pipe("pipe.conf");
    assertThat(book.problems(() -> RouteBook.load(pipe, book.environment())))
        .containsExactly(
            "pipe.conf: it is not a regular file; write the configuration to one [PST-C001]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"pipe\"", "\"pipe.conf\"", "required(\"pipe.conf\")", "file(\"%s/pipe.conf\")"})
  void anIncludedPipeIsRefusedToo(String include) throws Exception {
    pipe("pipe.conf");
    assertThat(book.problems(ROUTE + "include " + include.formatted(folder)))
        .containsExactly(
            "pipe.conf: it is not a regular file; write the configuration to one [PST-C001]");
  }

  @Test
  void anEndlessDeviceIsRefused() {
    assertThat(book.problems(ROUTE + "include file(\"/dev/zero\")"))
        .containsExactly(
            "/dev/zero: it is not a regular file; write the configuration to one [PST-C001]");
  }

  @Test
  void anIncludedFolderIsNoFile() throws Exception {
    Files.createDirectory(folder.resolve("more"));
    assertThat(book.load(ROUTE + "include \"more\"").names()).containsExactly("r");
    assertThat(book.problems(ROUTE + "include required(\"more\")"))
        .singleElement()
        .asString()
        .endsWith("[PST-C001]");
  }

  @Test
  void aLinkToNothingIsNoFile() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("l.conf"), folder.resolve("gone.conf"));
    assertThat(book.problems(() -> RouteBook.load(link, book.environment())))
        .containsExactly("l.conf: there is no such file [PST-C001]");
  }

  @Test
  void aLinkIsJudgedByItsTarget() throws Exception {
    Path target = book.file("target.conf", ROUTE);
    Path link = Files.createSymbolicLink(folder.resolve("l.conf"), target);
    assertThat(RouteBook.load(link, book.environment()).names()).containsExactly("r");
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-rw-rw-"));
    assertThat(book.problems(() -> RouteBook.load(link, book.environment())))
        .containsExactly(
            "l.conf: others may write this file, and it says where secrets go; take the right away: chmod go-w l.conf [PST-C007]");
  }

  @Test
  void aFolderInWhichEverybodyMayReplaceTheFileIsRefusedUnlessItIsSticky() throws Exception {
    Path open = Files.createDirectory(folder.resolve("open"));
    Path file = Files.writeString(open.resolve("p.conf"), ROUTE);
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(book.problems(() -> RouteBook.load(file, book.environment())))
        .containsExactly(
            "open/p.conf: everybody may replace this file, and it says where secrets go; take the right away: chmod o-w "
                + "open [PST-C007]");
    Files.setAttribute(open, "unix:mode", 0_1777);
    assertThat(RouteBook.load(file, book.environment()).names()).containsExactly("r");
  }

  @Test
  void tenMegabytesAreReadAndMoreThanSixteenAreNot() throws Exception {
    String comment = "# " + "x".repeat(1021) + "\n";
    Path large = book.file("large.conf", ROUTE + comment.repeat(10 * 1024));
    assertThat(RouteBook.load(large, book.environment()).names()).containsExactly("r");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(16L * 1024 * 1024 + 1);
    }
    assertThat(book.problems(() -> RouteBook.load(large, book.environment())))
        .containsExactly(
            "large.conf: it has more than 16 MiB, which is no configuration [PST-C001]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{ a = ", "x { "})
  void whatIsNestedWithoutEndIsRefused(String opening) {
    assertThat(book.problems(ROUTE + "deep = " + opening.repeat(200_000)))
        .containsExactly("postern.conf: it is nested too deeply [PST-C001]");
  }

  @Test
  void anIncludeOfItselfEnds() {
    assertThat(book.problems(ROUTE + "include \"postern.conf\""))
        .singleElement()
        .asString()
        .contains("include statements nested more than 50 times")
        .endsWith("[PST-C001]");
  }

  @Test
  void includesInTwosEnd() {
    for (int i = 0; i < 40; i++) {
      String next = "include \"f" + (i + 1) + "\"\n";
      book.file("f" + i + ".conf", next + next);
    }
    assertThat(book.problems(ROUTE + "include \"f0\""))
        .singleElement()
        .asString()
        .endsWith("the configuration includes more than 1000 files [PST-C001]");
  }

  @Test
  void aByteOrderMarkIsNoPartOfIt() {
    assertThat(book.load("\uFEFF" + ROUTE).names()).containsExactly("r");
  }

  @Test
  void bytesThatAreNoTextBreakNothing() throws Exception {
    Path file = folder.resolve("b.conf");
    Files.write(file, (ROUTE + "x = \u00ff\u0000").getBytes(StandardCharsets.ISO_8859_1));
    assertThat(RouteBook.load(file, book.environment()).names()).containsExactly("r");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--"})
  void aPlainSecretThatOthersMayReadIsReported(String permissions) throws Exception {
    Path file = book.file("postern.conf", PLAIN);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    RouteBook.load(file, book.environment());
    assertThat(book.services.told)
        .containsExactly(
            "Warning: %s has a secret that is written as it is, and others may read the file; take the right away: chmod go-r %s [PST-S002]"
                .formatted(file, file));
  }

  @Test
  void aPlainSecretInAnIncludedFileIsReportedThere() throws Exception {
    Path secret = book.file("secret.conf", "pw = hunter2");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
    book.load("include \"secret\"\n" + PLAIN.replace("hunter2", "${pw}"));
    assertThat(book.services.told).singleElement().asString().startsWith("Warning: " + secret);
  }

  @Test
  void aFileWithoutPlainSecretsOrReadersIsNotReported() throws Exception {
    book.services.environment.put("PW", "hunter2");
    book.load(PLAIN.replace("hunter2", "{ env = PW }"));
    book.load(PLAIN.replace("hunter2", "${PW}"));
    Path file = book.file("postern.conf", PLAIN);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    RouteBook.load(file, book.environment());
    assertThat(book.services.told).isEmpty();
  }

  private Path pipe(String name) throws Exception {
    Path pipe = folder.resolve(name);
    Process process = new ProcessBuilder("mkfifo", "-m", "600", pipe.toString()).start();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    return pipe;
  }
}
