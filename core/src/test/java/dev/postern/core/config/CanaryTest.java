package dev.postern.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.api.secret.Secret;
import dev.postern.problem.ConfigException;
import dev.postern.route.Route;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A secret stays out of whatever is said of a file that has it, however broken the file is. */
final class CanaryTest {
  private static final String CANARY = "kqzvwxjy";
  private static final String TEXT =
      """
      postern.defaults { connect-timeout = 15s }
      postern.routes.db.hops = [ { host = h, auth = [
        { type = password, password = "kqzvwxjy" }
        { type = scripted, rules = [ { ask = x, answer = kqzvwxjy } ], answers = [["kqzvwxjy", kqzvwxjy]] }
        { type = publickey
          passphrase = \"""kqzvwxjy\""" }
        { type = password, password { totp { seed = kqzvwxjy, digits = 6 } } }
        { type = password, password { command = [ pass, kqzvwxjy ] } }
      ] } ]
      """;

  /** Short, since it is read again for every place in it. */
  private static final String SHORT =
      """
      postern.routes.r.hops = [ { host = h, auth = [ { type = password, password = kqzvwxjy }
      { type = scripted, rules = [{ ask = x, answer = "kqzvwxjy" }]
      answers = [[kqzvwxjy, "kqzvwxjy"]] } ] } ]
      """;

  @TempDir private Path folder;
  private Book book;

  @BeforeEach
  void begin() {
    book = new Book(folder);
  }

  @Test
  void explainAndToStringShowStars() {
    RouteBook routes = book.load(TEXT);
    assertThat(
            List.of(
                routes.explain("db").toString(),
                routes.plan("db").toString(),
                routes.plan("db").hops().toString(),
                routes.toString()))
        .allSatisfy(text -> assertThat(leaks(text)).isEmpty())
        .allSatisfy(
            text -> assertThat(text).doesNotContain(routes.plan("db").hops().get(0).sharingKey()));
  }

  @Test
  void aRouteWrittenInCodeShowsStarsToo() {
    RouteBook routes = RouteBook.empty(book.environment());
    Route route =
        Route.named("code")
            .hop("h", hop -> hop.auth("password", Map.of("password", Secret.of(CANARY))))
            .hop("i", hop -> hop.auth("password", Map.of("password", CANARY)))
            .build();
    assertThat(
            List.of(
                route.toString(),
                routes.plan(route).toString(),
                routes.explain(route).toString(),
                RouteBook.secret(CANARY, book.environment()).toString()))
        .allSatisfy(text -> assertThat(leaks(text)).isEmpty());
    assertThat(book.problems(() -> RouteBook.secret("{ " + CANARY + " }", book.environment())))
        .containsExactly(
            "command line: this is not a secret in HOCON, such as { env = NAME } [PST-C003]");
  }

  @Test
  void noMessageQuotesASecretWhateverIsCutOut() {
    assertThat(
            IntStream.range(0, SHORT.length())
                .mapToObj(at -> SHORT.substring(0, at) + SHORT.substring(at + 1))
                .flatMap(text -> complaint(text).stream()))
        .isEmpty();
  }

  @Test
  void noMessageQuotesASecretWhateverIsPutIn() {
    List<String> additions = List.of("{", "\"", "\n", ",", "${", "(", "\\");
    assertThat(
            additions.stream()
                .flatMap(
                    addition ->
                        IntStream.rangeClosed(0, SHORT.length())
                            .mapToObj(
                                at -> SHORT.substring(0, at) + addition + SHORT.substring(at)))
                .flatMap(text -> complaint(text).stream()))
        .isEmpty();
  }

  /** The mutated text and what was said of it, if that quotes the secret. */
  private Set<String> complaint(String text) {
    try {
      book.load(text);
      return Set.of();
    } catch (ConfigException e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      Set<String> leaks = leaks(trace.toString());
      return leaks.isEmpty() ? Set.of() : Set.of(leaks + " in " + e.getMessage());
    }
  }

  /** Pieces of the secret, since what is put in may cut it. */
  private static Set<String> leaks(String text) {
    Set<String> pieces = new TreeSet<>();
    for (int start = 0; start + 5 <= CANARY.length(); start++) {
      String piece = CANARY.substring(start, start + 5);
      if (text.contains(piece)) {
        pieces.add(piece);
      }
    }
    return pieces;
  }
}
