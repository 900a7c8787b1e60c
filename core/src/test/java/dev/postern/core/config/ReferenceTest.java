package dev.postern.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.core.hop.StrictHostKeys;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** What may and what may not come from beside the file. */
@Isolated
final class ReferenceTest {
  private static final String POLICY = "postern.defaults.strict-host-keys";
  private static final String TEST = "dev.postern.test.host";

  @TempDir private Path folder;
  private Book book;

  @BeforeEach
  void begin() {
    book = new Book(folder);
  }

  @AfterEach
  void clear() {
    System.clearProperty(POLICY);
    System.clearProperty("postern.routes.evil.hops.0");
    System.clearProperty(TEST);
  }

  @Test
  void noSystemPropertyChangesAPolicyOrBreaksAFile() {
    System.setProperty(POLICY, "accept-new");
    System.setProperty("postern.routes.evil.hops.0", "x");
    RouteBook routes = book.load("postern.routes.r.hops = [{ host = a, auth = [] }]");
    assertThat(routes.names()).containsExactly("r");
    assertThat(routes.plan("r").hops().get(0).policy().strictHostKeys())
        .isEqualTo(StrictHostKeys.YES);
  }

  @Test
  void aSystemPropertyIsThereForWhoeverNamesIt() {
    System.setProperty(TEST, "b.example.com");
    RouteBook routes = book.load("postern.routes.r.hops = [{ host = ${" + TEST + "}, auth = [] }]");
    assertThat(origin(routes, "hops[0].host"))
        .isEqualTo("b.example.com from system property " + TEST);
  }

  @Test
  void theDefaultsOfCoreCanBeNamedAndAddedTo() {
    RouteBook routes =
        book.load(
            """
            postern.defaults.known-hosts = ${postern.defaults.known-hosts} ["/k"]
            postern.defaults.known-hosts += "/l"
            postern.routes.r.hops = [{ host = a, auth = [], auth-timeout = ${postern.defaults.connect-timeout} }]
            """);
    assertThat(routes.plan("r").hops().get(0).policy().knownHosts())
        .extracting(Path::toString)
        .containsExactly("/home/alice/.ssh/known_hosts", "/etc/ssh/ssh_known_hosts", "/k", "/l");
    assertThat(origin(routes, "hops[0].auth-timeout")).isEqualTo("15s from default");
  }

  @Test
  void anotherJarsReferenceGivesValuesToSubstitutionsAndNothingElse() {
    RouteBook routes =
        book.load("postern.routes.r.hops = [{ host = ${acme.bastion.host}, auth = [] }]");
    assertThat(origin(routes, "hops[0].host"))
        .startsWith("acme-bastion.example.com from ")
        .endsWith("/reference.conf:4");
    assertThat(origin(routes, "hops[0].strict-host-keys")).isEqualTo("yes from default");
    assertThat(routes.names()).containsExactly("r");
  }

  @Test
  void aDistributionsDefaultsComeInByAnIncludeFromTheClassPath() {
    RouteBook routes =
        book.load(
            """
            include classpath("acme-defaults.conf")
            postern.routes.r.hops = [{ host = a, auth = [] }]
            """);
    assertThat(origin(routes, "hops[0].connect-timeout"))
        .startsWith("7s from ")
        .endsWith("/acme-defaults.conf:1");
  }

  private static String origin(RouteBook routes, String path) {
    return routes.explain("r").settings().stream()
        .filter(setting -> setting.path().equals(path))
        .map(setting -> setting.value() + " from " + setting.origin())
        .findFirst()
        .orElse("absent");
  }
}
