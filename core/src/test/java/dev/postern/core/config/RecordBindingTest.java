package dev.postern.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.api.auth.PromptPattern;
import dev.postern.api.hop.Endpoint;
import dev.postern.core.config.FakePlugins.Every;
import dev.postern.core.config.FakePlugins.Inner;
import dev.postern.core.config.FakePlugins.Publickey;
import dev.postern.core.config.FakePlugins.Shade;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RecordBindingTest {
  private static final String EVERY =
      """
      { type = every, text = true, number = 5, big = 5000000000, ratio = 0.5, flag = yes, pause = 2m
        file = keys/id, shade = very-dark, numbers = [1, 2], waits { one = 1s }
        inner { name = n }, ask = "Code:", via = "[::1]:2222", secret = 007 }""";

  @TempDir private Path folder;
  private Book book;

  @BeforeEach
  void begin() {
    book = new Book(folder);
  }

  private Record bound(String strategy) {
    return book.loadStrategy(strategy).plan("db").hops().get(0).auth().get(0).config();
  }

  @Test
  void everyTypeIsBound() throws Exception {
    Every every = (Every) bound(EVERY);
    assertThat(every.text()).isEqualTo("true");
    assertThat(every.number()).isEqualTo(5);
    assertThat(every.big()).isEqualTo(5_000_000_000L);
    assertThat(every.ratio()).isEqualTo(0.5);
    assertThat(every.flag()).isTrue();
    assertThat(every.pause()).isEqualTo(Duration.ofMinutes(2));
    assertThat(every.file()).isEqualTo(folder.resolve("keys/id"));
    assertThat(every.shade()).isEqualTo(Shade.VERY_DARK);
    assertThat(every.numbers()).containsExactly(1, 2);
    assertThat(every.waits()).isEqualTo(Map.of("one", Duration.ofSeconds(1)));
    assertThat(every.extra()).isEmpty();
    assertThat(every.inner()).isEqualTo(new Inner("n", 1));
    assertThat(every.ask()).isEqualTo(PromptPattern.of("Code:"));
    assertThat(every.via()).isEqualTo(new Endpoint("::1", 2222));
    assertThat(every.secret().read().chars()).containsExactly('0', '0', '7');
  }

  @Test
  void aNumberInATextKeepsItsZeros() {
    assertThat(((Publickey) bound("{ type = publickey, agent = 1.10 }")).agent()).contains("1.10");
  }

  @Test
  void defaultsAndOptionalsNeedNoKey() {
    assertThat(bound("publickey"))
        .isEqualTo(new Publickey(List.of(), Optional.empty(), Optional.empty()));
  }

  @Test
  void nullMeansThatTheKeyIsLeftOut() {
    assertThat(bound("{ type = publickey, identities = null }"))
        .isEqualTo(new Publickey(List.of(), Optional.empty(), Optional.empty()));
  }

  @Test
  void theHomeStandsForTheTilde() {
    Publickey bound =
        (Publickey) bound("{ type = publickey, identities = [\"~/.ssh/id\", \"~\"] }");
    assertThat(bound.identities())
        .containsExactly(FakeServices.HOME.resolve(".ssh/id"), FakeServices.HOME);
  }

  @Test
  void aRelativePathStartsAtTheFileThatHasIt() throws Exception {
    java.nio.file.Files.createDirectory(folder.resolve("sub"));
    book.file("sub/keys.conf", "mine = [ { type = publickey, identities = [\"id\", \"../up\"] } ]");
    RouteBook routes =
        book.load(
            """
            include "sub/keys.conf"
            postern.routes.db.hops = [ { host = h, auth = ${mine} } ]
            """);
    assertThat(((Publickey) routes.plan("db").hops().get(0).auth().get(0).config()).identities())
        .containsExactly(folder.resolve("sub/id"), folder.resolve("up"));
  }

  @Test
  void everyWrongTypeIsNamedAtOnce() {
    assertThat(
            book.problems(
                """
                postern.routes.db.hops = [ { host = h, auth = [ {
                  type = every
                  text = []
                  number = many
                  big = 1.5
                  ratio = half
                  flag = perhaps
                  pause = soon
                  file = ""
                  shade = dark
                  numbers = 1
                  waits = []
                  inner = n
                  ask = ""
                  via = nowhere
                  secret = []
                } ] } ]
                """))
        .containsExactly(
            at(3, "text") + "expected a string, found a list [PST-C003]",
            at(4, "number") + "expected a whole number, found \"many\" [PST-C003]",
            at(5, "big") + "expected a whole number, found 1.5 [PST-C003]",
            at(6, "ratio") + "expected a number, found \"half\" [PST-C003]",
            at(7, "flag") + "expected true or false, found \"perhaps\" [PST-C003]",
            at(8, "pause") + "expected a duration such as \"15s\", found \"soon\" [PST-C003]",
            at(9, "file") + "expected a path, found \"\" [PST-C003]",
            at(10, "shade") + "expected light or very-dark, found \"dark\" [PST-C003]",
            at(11, "numbers") + "expected a list, each element a whole number, found 1 [PST-C003]",
            at(12, "waits")
                + "expected an object, each value a duration such as \"15s\", found a list [PST-C003]",
            at(13, "inner") + "expected an object, found \"n\" [PST-C003]",
            at(14, "ask")
                + "expected a prompt, as it reads or as a regular expression, found \"\" [PST-C003]",
            at(15, "via")
                + "expected a host and a port such as \"db.internal:5432\", found \"nowhere\" [PST-C003]",
            at(16, "secret")
                + "expected a secret: a string, or an object that names its source such as { env = NAME }, found a list [PST-C003]");
  }

  private static String at(int line, String key) {
    return "postern.conf:%d: routes.db.hops[0].auth[0].%s: ".formatted(line, key);
  }

  @Test
  void anUnknownKeyHasTheNearestOne() {
    assertThat(book.strategyProblems("{ type = publickey, identites = [] }"))
        .containsExactly(
            at(1, "identites")
                + "unknown setting for 'publickey'. Did you mean 'identities'? [PST-C002]");
  }

  @Test
  void anUnknownKeyWithoutNeighbourHasTheKnownOnes() {
    assertThat(book.strategyProblems("{ type = publickey, colour = [] }"))
        .containsExactly(
            at(1, "colour")
                + "unknown setting for 'publickey'. Known: identities, passphrase, agent, type [PST-C002]");
  }

  @Test
  void aMissingValueIsDescribed() {
    assertThat(book.strategyProblems("password"))
        .containsExactly(
            at(1, "password")
                + "missing: 'password' needs 'password', a secret: a string, or an object that names its source such as { env = NAME } [PST-C004]");
  }

  @Test
  void oneValueIsNoList() {
    assertThat(book.strategyProblems("{ type = publickey, identities = \"~/id\" }"))
        .containsExactly(
            at(1, "identities")
                + "expected a list, each element a path, found \"~/id\" [PST-C003]");
  }

  @Test
  void nullInAListIsNoText() {
    assertThat(book.strategyProblems("{ type = publickey, identities = [null] }"))
        .containsExactly(at(1, "identities[0]") + "expected a path, found null [PST-C003]");
  }

  @Test
  void whatARecordRefusesIsAProblemWhereItStands() {
    assertThat(book.strategyProblems("{ type = picky, low = 2, high = 1 }"))
        .containsExactly(
            "postern.conf:1: routes.db.hops[0].auth[0]: low must not be above high [PST-C003]");
  }

  @Test
  void whatARecordSaysOfAKeyIsAProblemOfThatKey() {
    assertThat(book.strategyProblems("{ type = picky\nlow = -1\nhigh = 1 }"))
        .containsExactly(at(2, "low") + "-1 is negative [PST-C003]");
  }

  @Test
  void aRecordThatBreaksIsABrokenPlugin() {
    assertThat(book.strategyProblems("{ type = picky, low = 13, high = 14 }"))
        .containsExactly(
            "postern.conf:1: routes.db.hops[0].auth[0].type: the plugin dev.postern.core.config.FakePlugins$FakeStrategy in %s is broken: the record dev.postern.core.config.FakePlugins$Picky cannot be made: java.lang.IllegalStateException: 13 [PST-P015]"
                .formatted(Book.CLASSES));
  }

  @Test
  void whatAStrategyRefusesWhenItIsMadeIsAProblemWhereItStands() {
    assertThat(book.strategyProblems("interactive,\n{ type = moody, mood = bad }"))
        .containsExactly(
            "postern.conf:2: routes.db.hops[0].auth[1]: the mood is bad; expected a good one [PST-P004]");
  }

  @Test
  void aStrategyThatBreaksStopsItsHopAndNotTheFile() {
    assertThat(book.loadStrategy("{ type = moody, mood = odd }").names()).containsExactly("db");
  }

  @ParameterizedTest
  @ValueSource(strings = {"15", "\"15\"", "1.5", "-15", "15."})
  void aDurationNeedsItsUnit(String pause) {
    assertThat(problemsOfPause(pause))
        .containsExactly(
            at(1, "pause")
                + "expected a duration such as \"15s\", found %s; a number alone would be seconds to OpenSSH and milliseconds to HOCON, so write its unit [PST-C003]"
                    .formatted(pause));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"15 parsecs", "99999999999999d", "99999999999999999999999s", "s", "1m30s"})
  void whatIsNoDurationIsRefused(String pause) {
    assertThat(problemsOfPause(pause))
        .containsExactly(
            at(1, "pause")
                + "expected a duration such as \"15s\", found \"%s\" [PST-C003]".formatted(pause));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0s", "15 s", "15s", "2 minutes", "1.5s", "250ms"})
  void aDurationHasAUnitOrIsNothing(String pause) {
    assertThat(problemsOfPause(pause)).isEmpty();
  }

  private List<String> problemsOfPause(String pause) {
    return book.strategyProblems("{ type = timed, pause = %s }".formatted(pause));
  }

  @Test
  void aRecordThatCannotBeBoundIsABrokenPlugin() {
    assertThat(book.strategyProblems("{ type = odd, thread = x }"))
        .containsExactly(
            at(1, "type")
                + "the plugin dev.postern.core.config.FakePlugins$FakeStrategy in %s is broken: no setting can be of the type java.lang.Thread, as 'thread' of dev.postern.core.config.FakePlugins$Odd is [PST-P015]"
                    .formatted(Book.CLASSES));
  }
}
