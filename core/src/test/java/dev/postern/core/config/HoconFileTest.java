package dev.postern.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HoconFileTest {
  private static final String ROUTE = "postern.routes.r.hops = [{ host = a, auth = [] }]\n";
  private static final String REFUSED =
      "include of 'http://127.0.0.1:9/x.conf' is refused: a configuration says where secrets go, so it is read from this machine only [PST-C006]";

  @TempDir private Path folder;
  private Book book;

  @BeforeEach
  void begin() {
    book = new Book(folder);
  }

  @Test
  void aMissingFileIsNamed() {
    assertThat(book.problems(() -> RouteBook.load(folder.resolve("no.conf"), book.environment())))
        .containsExactly("no.conf: there is no such file [PST-C001]");
  }

  @Test
  void aFolderIsNoFile() {
    assertThat(book.problems(() -> RouteBook.load(folder, book.environment())))
        .containsExactly(folder + ": it is not a file that can be read [PST-C001]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-rw-r--", "rw-r--rw-"})
  void aFileThatOthersMayWriteIsRefused(String permissions) throws Exception {
    Path file = book.file("postern.conf", ROUTE);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    assertThat(book.problems(() -> RouteBook.load(file, book.environment())))
        .containsExactly(
            "postern.conf: others may write this file, and it says where secrets go; take the right away: chmod go-w postern.conf [PST-C007]");
  }

  @Test
  void anIncludedFileThatOthersMayWriteIsRefused() throws Exception {
    Path included = book.file("more.conf", "");
    Files.setPosixFilePermissions(included, PosixFilePermissions.fromString("rw-rw-rw-"));
    assertThat(book.problems(ROUTE + "include \"more\""))
        .containsExactly(
            "more.conf: others may write this file, and it says where secrets go; take the right away: chmod go-w more.conf [PST-C007]");
  }

  @Test
  void includesAndSubstitutionsWork() {
    book.file("hosts.conf", "bastion = b.example.com");
    book.services.environment.put("WHO", "carol");
    book.services.environment.put("KEYS_0", "/k0");
    book.services.environment.put("KEYS_1", "/k1");
    HopPlan hop =
        book.load(
                """
                include "hosts.conf"
                include "absent.conf"
                postern.routes.r.hops = [{ host = ${bastion}, user = ${WHO}, auth = [], known-hosts = ${KEYS[]}, port = 1, port = ${?PORT} }]
                """)
            .plan("r")
            .hops()
            .get(0);
    assertThat(hop.info().address()).isEqualTo("carol@b.example.com");
    assertThat(hop.info().endpoint().port()).isEqualTo(1);
    assertThat(hop.policy().knownHosts()).containsExactly(Path.of("/k0"), Path.of("/k1"));
  }

  @Test
  void aProblemInAnIncludedFileHasThatFilesLine() {
    book.file("defaults.conf", "\n\npostern.defaults.auth-timeout = late");
    assertThat(book.problems(ROUTE + "include required(\"defaults.conf\")"))
        .containsExactly(
            "defaults.conf:3: defaults.auth-timeout: expected a duration such as \"15s\", found \"late\" [PST-C003]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "include url(\"http://127.0.0.1:9/x.conf\")",
        "include required(url(\"http://127.0.0.1:9/x.conf\"))",
        "include \"http://127.0.0.1:9/x.conf\"",
        "include required(\"http://127.0.0.1:9/x.conf\")",
        "deep { er { include url(\"http://127.0.0.1:9/x.conf\") } }"
      })
  void anIncludeFromElsewhereIsRefused(String include) {
    assertThat(book.problems(ROUTE + include)).containsExactly("postern.conf:2: " + REFUSED);
  }

  @Test
  void anIncludeFromElsewhereIsRefusedInAnIncludedFileToo() {
    book.file("one.conf", "include \"two\"");
    book.file("two.conf", "\ninclude url(\"http://127.0.0.1:9/x.conf\")");
    assertThat(book.problems("include \"one.conf\"")).containsExactly("two.conf:2: " + REFUSED);
  }

  @Test
  void aFileUrlIsAUrl() {
    assertThat(book.problems("include \"file:///etc/x.conf\""))
        .singleElement()
        .asString()
        .startsWith("postern.conf:1: include of 'file:///etc/x.conf' is refused");
  }

  @Test
  void aMistakeOfHoconHasItsLine() {
    assertThat(book.problems("postern {\n  routes { ]\n}"))
        .singleElement()
        .asString()
        .startsWith("postern.conf:2: ")
        .endsWith(" [PST-C001]");
    assertThat(book.problems("\na = ${NOPE}"))
        .containsExactly(
            "postern.conf:2: Could not resolve substitution to a value: ${NOPE} [PST-C001]");
    assertThat(book.problems("\ninclude required(\"absent.conf\")"))
        .singleElement()
        .asString()
        .contains("absent.conf")
        .endsWith(" [PST-C001]");
    assertThat(book.problems("\npassword hunter2"))
        .containsExactly("postern.conf:2: a key has no value [PST-C001]");
    assertThat(book.problems("\npassword = hunter2 { env = X }"))
        .containsExactly(
            "postern.conf:2: an object or list and a plain value stand side by side and cannot be joined; separate them by a comma, or put quotes around what is one text [PST-C001]");
  }

  @Test
  void whatIsNotClosedIsSaid() {
    assertThat(book.problems("postern {"))
        .containsExactly(
            "postern.conf:1: expecting a closing '}' or ')' here before the end of the file [PST-C001]");
    assertThat(book.problems("}"))
        .containsExactly(
            "postern.conf:1: unbalanced close brace '}' with no open brace [PST-C001]");
  }

  @Test
  void substitutionsInACircleAreSaid() {
    assertThat(book.problems("a = ${b}, b = ${a}"))
        .containsExactly(
            "postern.conf:1: Could not resolve substitution to a value: ${a} was part of a cycle of substitutions involving ${b}, ${a}, ${b} [PST-C001]");
  }

  @Test
  void jsonAndTheLaterOfTwoRoutesAreUnderstood() {
    assertThat(
            book.load(
                    "{ \"postern\": { \"routes\": { \"r\": { \"hops\": [ { \"host\": \"b\", \"auth\": [] } ] } } } }")
                .names())
        .containsExactly("r");
    RouteBook twice = book.load(ROUTE + ROUTE.replace("host = a", "host = b"));
    assertThat(twice.plan("r").hops()).singleElement().asString().contains("hop 1/1 alice@b,");
  }

  @Test
  void otherProgramsMayHaveSettingsInTheFile() {
    assertThat(book.load("other { x = 1 }\n" + ROUTE).names()).containsExactly("r");
  }

  @Test
  void theSectionsAreObjects() {
    assertThat(book.problems("postern.routes = 1\npostern.defaults = 2"))
        .containsExactly(
            "postern.conf:1: routes: expected an object [PST-C003]",
            "postern.conf:2: defaults: expected an object [PST-C003]");
  }
}
