package dev.postern.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RouteProblemsTest {
  @TempDir private Path folder;
  private Book book;

  @BeforeEach
  void begin() {
    book = new Book(folder);
  }

  @Test
  void everythingIsReportedAtOnceInTheOrderOfTheFile() {
    assertThat(
            book.problems(
                """
                postern {
                  defautls {}
                  defaults { connect-timeout = soon, colour = red }
                  routes.one {
                    hops = [
                      { prt = 22
                        transport = { type = jump, quick = 5 }
                        auth = [
                          { type = pasword }
                          { type = publickey, identities = 1 }
                        ]
                        max-auth-attempts = 0 }
                      { host = b, auth = publickey, transport = socks }
                    ]
                    forwards = [ { local = x, remote = "db:1" } ]
                    strict-host-keys = no
                  }
                  routes.two = 5
                }
                """))
        .containsExactly(
            "postern.conf:2: defautls: unknown setting for postern. Did you mean 'defaults'? Known:"
                + " defaults, routes, groups, plugins [PST-C002]",
            "postern.conf:3: defaults.colour: unknown setting for the defaults. Known: user,"
                + " known-hosts, revoked-host-keys, strict-host-keys, host-key-alias,"
                + " connect-timeout, auth-timeout, keepalive, max-auth-attempts,"
                + " allow-trivial-auth, handshake-memory, kex, ciphers, macs,"
                + " host-key-algorithms, window, compression, reconnect [PST-C002]",
            "postern.conf:3: defaults.connect-timeout: expected a duration such as \"15s\", found"
                + " \"soon\" [PST-C003]",
            "postern.conf:6: routes.one.hops[0].prt: unknown setting for a hop. Did you mean"
                + " 'port'? [PST-C002]",
            "postern.conf:6: routes.one.hops[0].host: missing: a hop needs 'host', a string"
                + " [PST-C004]",
            "postern.conf:7: routes.one.hops[0].transport.quick: expected true or false, found 5"
                + " [PST-C003]",
            "postern.conf:9: routes.one.hops[0].auth[0].type: no auth plugin of type 'pasword' is"
                + " installed. Did you mean 'password'? Installed: password, publickey,"
                + " interactive, every, scripted, picky, timed, moody, odd [PST-P001]",
            "postern.conf:10: routes.one.hops[0].auth[1].identities: expected a list, each element"
                + " a path, found 1 [PST-C003]",
            "postern.conf:12: routes.one.hops[0].max-auth-attempts: 0 is not at least 1 [PST-C003]",
            "postern.conf:13: routes.one.hops[1].auth: expected a list, each element an object,"
                + " found \"publickey\" [PST-C003]",
            "postern.conf:13: routes.one.hops[1].transport.type: no transport plugin of type"
                + " 'socks' is installed. Installed: direct, jump [PST-P001]",
            "postern.conf:15: routes.one.forwards[0]: \"x\" does not end in a port; write it like"
                + " 127.0.0.1:15432 [PST-C003]",
            "postern.conf:16: routes.one.strict-host-keys: expected yes or accept-new or ask, found"
                + " \"no\" [PST-C003]",
            "postern.conf:18: routes.two: expected an object with the settings of a route"
                + " [PST-C003]");
  }

  @Test
  void valuesThatCannotBeMeantAreRefusedWhereTheyStand() {
    assertThat(
            book.problems(
                """
                postern.routes.r.hops = [{
                  host = "-oProxyCommand=x"
                  port = 70000
                  user = "a b"
                  host-key-alias = "[x]"
                  connect-timeout = 0
                  auth-timeout = -1s
                  keepalive {
                    interval = -1s
                    count = 0
                  }
                  auth = []
                }]
                """))
        .containsExactly(
            at(2, "host") + "\"-oProxyCommand=x\" cannot be a host's name or address [PST-C003]",
            at(3, "port") + "70000 is not a port from 1 to 65535 [PST-C003]",
            at(4, "user") + "\"a b\" cannot be a user's name [PST-C003]",
            at(5, "host-key-alias") + "\"[x]\" cannot be a host's name [PST-C003]",
            at(6, "connect-timeout") + "0 is not longer than nothing [PST-C003]",
            at(7, "auth-timeout") + "\"-1s\" is not longer than nothing [PST-C003]",
            at(9, "keepalive.interval")
                + "\"-1s\" is negative; 0 turns the question off [PST-C003]",
            at(10, "keepalive.count") + "0 is not at least 1 [PST-C003]");
  }

  private static String at(int line, String key) {
    return "postern.conf:%d: routes.r.hops[0].%s: ".formatted(line, key);
  }

  @Test
  void aMistakeOfTheDefaultsIsReportedOnceHoweverManyHopsInheritIt() {
    assertThat(
            book.problems(
                """
                postern.defaults.known-hosts = here
                postern.routes.r { hops = [{ host = a, auth = [] }, { host = b, auth = [] }]
                  keepalive.count = few }
                """))
        .containsExactly(
            "postern.conf:1: defaults.known-hosts: expected a list, each element a path, found"
                + " \"here\" [PST-C003]",
            "postern.conf:3: routes.r.keepalive.count: expected a whole number, found \"few\""
                + " [PST-C003]");
  }

  @Test
  void aRouteNeedsHops() {
    assertThat(
            book.problems(
                """
                postern.routes {
                  a {}
                  b { hops = [] }
                  c { hops = [ 1 ] }
                }
                """))
        .containsExactly(
            "postern.conf:2: routes.a.hops: a route needs 'hops', a list of at least one hop"
                + " [PST-C004]",
            "postern.conf:3: routes.b.hops: a route needs 'hops', a list of at least one hop"
                + " [PST-C003]",
            "postern.conf:4: routes.c.hops[0]: expected an object with the settings of a hop"
                + " [PST-C003]");
  }

  @Test
  void aStrategyNeedsItsType() {
    assertThat(book.strategyProblems("{ password = x }"))
        .containsExactly(
            "postern.conf:1: routes.db.hops[0].auth[0].type: missing: a strategy needs its type,"
                + " one of password, publickey, interactive, every, scripted, picky, timed, moody,"
                + " odd [PST-C004]");
  }

  @Test
  void whatIsNoForwardIsReported() {
    assertThat(
            book.problems(
                """
                postern.routes.r { hops = [{ host = a, auth = [] }], forwards = [
                  { type = dynamic, local = 1080, remote = "a:1" }
                  { type = remote, local = "a:1" }
                  { type = socks, local = 1, remote = "b:2" }
                  { local = "::1:5", remote = "b:2" }
                  { local = 5, remote = b }
                  { local = 70000, remote = "b:2" }
                  5
                ] }
                """))
        .containsExactly(
            "postern.conf:2: routes.r.forwards[0]: a dynamic forward has no 'remote': its clients"
                + " say where they want to go [PST-C003]",
            "postern.conf:3: routes.r.forwards[1]: such a forward needs 'remote', for example"
                + " remote = \"8080\" [PST-C003]",
            "postern.conf:4: routes.r.forwards[2].type: expected local or remote or dynamic, found"
                + " \"socks\" [PST-C003]",
            "postern.conf:5: routes.r.forwards[3]: \"::1\" is more than a host; put an IPv6 address"
                + " in brackets: [::1]:5432 [PST-C003]",
            "postern.conf:6: routes.r.forwards[4]: a forward goes from a local address such as"
                + " 127.0.0.1:15432 to a remote one such as localhost:5432, not from \"5\" to \"b\""
                + " [PST-C003]",
            "postern.conf:7: routes.r.forwards[5]: port 70000 is not from 0 to 65535 [PST-C003]",
            "postern.conf:8: routes.r.forwards[6]: expected { local = \"127.0.0.1:15432\", remote ="
                + " \"localhost:5432\" } [PST-C003]");
  }

  @Test
  void aTransportInTheWrongPlaceIsReportedWhereItStands() {
    assertThat(
            book.problems(
                """
                postern.routes.r.hops = [
                  { host = a, auth = [] }
                  { host = b, auth = []
                    transport = direct }
                ]
                """))
        .containsExactly(
            "postern.conf:4: routes.r.hops[1].transport: the transport 'direct' dials from this"
                + " machine and cannot stand behind another hop; use 'jump' [PST-P004]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "::1",
        "fe80::1%eth0",
        "::ffff:10.0.0.1",
        "10.0.0.1",
        "b-1.example_x.com",
        "münchen.example"
      })
  void aHostIsANameOrAnAddress(String host) {
    assertThat(hostProblems(host)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a:22", "[::1]", "alice@a", "a/b", "::1%", "a::b::g", "a,b", "a\\b", "%h;x", "$(id)"
      })
  void whatIsMoreThanAHostIsRefused(String host) {
    assertThat(hostProblems(host.replace("\\", "\\\\")))
        .containsExactly(
            "postern.conf:1: routes.r.hops[0].host: \"%s\" cannot be a host's name or address [PST-C003]"
                .formatted(host));
  }

  private List<String> hostProblems(String host) {
    return book.problems("postern.routes.r.hops = [{ host = \"%s\", auth = [] }]".formatted(host));
  }

  @Test
  void aUserMayHaveADomain() {
    assertThat(
            book.problems(
                "postern.routes.r.hops = [{ host = h, user = \"CORP\\\\alice\", auth = [] }]"))
        .isEmpty();
    assertThat(
            book.problems("postern.routes.r.hops = [{ host = h, user = \"CORP\\\\\", auth = [] }]"))
        .containsExactly(
            "postern.conf:1: routes.r.hops[0].user: \"CORP\\\" cannot be a user's name [PST-C003]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"99999999999999999999", "22.5", "1e3", "many"})
  void aPortThatIsNoNumberIsReportedOnce(String port) {
    assertThat(
            book.problems(
                "postern.routes.r.hops = [{ host = h, port = %s, auth = [] }]".formatted(port)))
        .singleElement()
        .asString()
        .contains("expected a whole number, found ");
  }

  @Test
  void nullMeansThatWhatIsBeneathHolds() {
    assertThat(
            book.problems(
                """
                postern.defaults { connect-timeout = null, known-hosts = null }
                postern.routes.r {
                  hops = [{ host = h, port = null, transport = null, strict-host-keys = null, auth = [] }]
                  auth-timeout = null, forwards = null
                }
                """))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "\"-v\"", "\"a\\nb\"", "\"\\u001b[2J\""})
  void aRoutesNameCanBeSeenAndTyped(String name) {
    assertThat(book.problems("postern.routes." + name + ".hops = [{ host = h, auth = [] }]"))
        .containsExactly(
            "postern.conf:1: routes.%s: a route's name cannot be empty, begin with '-' or hold what cannot be seen [PST-C003]"
                .formatted(name.equals("\"-v\"") ? "-v" : name));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "::1:15432 | db:5432 | \"::1\" is more than a host; put an IPv6 address in brackets:"
            + " [::1]:5432",
        "70000 | db:5432 | port 70000 is not from 0 to 65535",
        "1 | db:0 | port 0 is nowhere to connect to",
        "1 | db:70000 | port 70000 is not from 0 to 65535",
        "1 | *:5432 | * is nowhere to connect to; name a host",
        "1 | d b:1 | \"d b\" cannot be a host's name or address",
        "1 | -o:1 | \"-o\" cannot be a host's name or address",
      })
  void aForwardThatCannotBeIsReported(String local, String remote, String problem) {
    assertThat(
            book.problems(
                "postern.routes.r { hops = [{ host = h, auth = [] }], forwards = [{ local = \"%s\", remote = \"%s\" }] }"
                    .formatted(local, remote)))
        .containsExactly("postern.conf:1: routes.r.forwards[0]: " + problem + " [PST-C003]");
  }
}
