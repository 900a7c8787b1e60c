package com.example.postern.connector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.postern.connector.Bench.Ended;
import com.example.postern.connector.playground.Playground;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An API that refuses, stumbles, lies or changes its mind. */
final class ApiTroubleTest {
  @TempDir private Path folder;
  private Bench bench;

  @BeforeEach
  void start() throws IOException {
    bench = Bench.in(folder);
  }

  @AfterEach
  void stop() throws IOException {
    bench.close();
  }

  private static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private void answerAlways(int status, String type, String body) {
    bench.api.intercept(
        (exchange, number) -> {
          answer(exchange, status, type, body);
          return true;
        });
  }

  private Ended failed() throws IOException {
    Ended ended = bench.sync();
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.error().lines().filter(line -> line.startsWith("SYNC FAILED"))).hasSize(1);
    return ended;
  }

  /** One line, that it failed for this reason, and nothing else. */
  private void failsAt(String stage, String reason) throws IOException {
    assertThat(failed().error()).isEqualTo("SYNC FAILED at %s: %s\n".formatted(stage, reason));
  }

  @Test
  void aWrongKeyIsRefusedWithWhatThePageSaysAndNotTriedAgain() throws Exception {
    bench.set("api_key", "wrong");

    failsAt("api", "GET /auth/api_key was refused with 401: Invalid API key or format");
    assertThat(bench.api.requests()).hasSize(1);
  }

  @Test
  void aRefusalNeedNotBeOfTheFormThatWeKnow() throws Exception {
    answerAlways(403, "text/plain", "go away");
    failsAt("api", "GET /auth/api_key was refused with 403");
  }

  @Test
  void whatARefusalSaysIsCleanedAndHasNoSecret() throws Exception {
    answerAlways(
        400,
        "application/json",
        "{\"error\": \"no \\u001b[31m%s\\u001b[0m\"}".formatted(bench.api.secrets().apiKey()));
    failsAt("api", "GET /auth/api_key was refused with 400: no  [31m*** [0m");
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void aPageThatFailsOnceIsAskedForAgain(int status) throws Exception {
    bench.set("pagination", "offset");
    bench.api.intercept(
        (exchange, number) -> {
          if (number == 3) {
            exchange.getResponseHeaders().set("Retry-After", "1");
            answer(exchange, status, "application/json", "{\"error\": \"busy\"}");
          }
          return number == 3;
        });

    Ended ended = bench.sync();
    assertThat(ended.counts()).isEqualTo("200 0 0 1 4");
    assertThat(ended.error())
        .isEqualTo(
            "api-connector: GET /pagination/offset was refused with %d: busy; again in 1.0 s\n"
                .formatted(status));
    assertThat(bench.query("select id from tester.\"user\" order by id")).isEqualTo(bench.ids());
  }

  @Test
  void aRateLimitIsKeptTo() throws Exception {
    try (Playground limited = Playground.limited(3, Bench.CLOCK, 2, Duration.ofSeconds(1));
        Bench other = Bench.with(limited, folder)) {
      other.set("pagination", "page_number");
      Ended ended = other.sync();
      assertThat(ended.exitCode()).isZero();
      assertThat(ended.error())
          .contains(
              "GET /pagination/page_number was refused with 429: Rate limit exceeded; again in 1.0 s");
      assertThat(other.query("select count(*) from tester.\"user\"")).containsExactly("200");
    }
  }

  @Test
  void aWishToWaitForLongEndsTheRunAndSaysSo() throws Exception {
    bench.api.intercept(
        (exchange, number) -> {
          exchange.getResponseHeaders().set("Retry-After", "7200");
          answer(exchange, 429, "text/plain", "");
          return true;
        });

    failsAt(
        "api",
        "GET /auth/api_key was refused with 429; it wants us to wait for 7200.0 s, which is longer than we do");
    assertThat(bench.api.requests()).hasSize(1);
  }

  @Test
  void anApiThatGoesOnFailingIsGivenUp() throws Exception {
    answerAlways(500, "text/html", "<p>Internal &amp; Error</p>");

    assertThat(failed().error())
        .endsWith(
            "SYNC FAILED at api: GET /auth/api_key was refused with 500: Internal &amp; Error; tried 5 times\n");
    assertThat(bench.api.requests()).hasSize(5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          text/html        | <p>Please sign in</p> | GET /auth/api_key was answered with text/html in place of JSON
          application/json | {"data": [{"id": "secret-value", }]} | GET /auth/api_key was answered with what is no JSON: line 1, column 34
          application/json | {"items": []}         | the answer of /auth/api_key has no list "data"
          application/json | {"data": [1]}         | the list "data" of /auth/api_key has what is no object
          application/json | []                    | GET /auth/api_key was answered with JSON that is no object
          """)
  void whatIsNotTheJsonOfThePageEndsTheRunWithoutShowingIt(String type, String body, String reason)
      throws Exception {
    answerAlways(200, type, body);

    failsAt("api", reason);
  }

  @Test
  void anApiThatDoesNotAnswerIsAskedAgain() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    bench.timeout(Duration.ofMillis(700));
    bench.api.intercept(
        (exchange, number) -> {
          if (number > 2) {
            return false;
          }
          if (number == 2) {
            // Begins to answer, and stops in the middle.
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
          }
          await(end);
          return true;
        });
    Ended ended = bench.sync();
    end.countDown();
    assertThat(ended.counts()).isEqualTo("20 0 0 1 1");
    assertThat(ended.error().lines())
        .hasSize(2)
        .allMatch(
            line ->
                line.matches(
                    "api-connector: GET /auth/api_key was not answered: (timeout|Read timed out); again in 0\\.0 s"));
    assertThat(bench.api.requests()).hasSize(3);
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void aSessionThatHasEndedIsBegunAgainOnce() throws Exception {
    bench
        .set("auth", "session_token")
        .set("api_user", bench.api.secrets().sessionUser())
        .set("api_password", bench.api.secrets().sessionPassword())
        .set("pagination", "offset")
        .set("page_size", "40")
        .without("api_key");
    bench.api.intercept(
        (exchange, number) -> {
          if (number == 3) {
            answer(exchange, 401, "application/json", "{\"error\": \"Invalid Token\"}");
          }
          return number == 3;
        });
    assertThat(bench.sync().counts()).isEqualTo("200 0 0 1 5");
    assertThat(bench.api.requests().get(3)).isEqualTo("POST /auth/session_token/login");

    bench.api.intercept(
        (exchange, number) -> {
          boolean page = exchange.getRequestMethod().equals("GET");
          if (page) {
            answer(exchange, 401, "application/json", "{\"error\": \"Invalid Token\"}");
          }
          return page;
        });
    int before = bench.api.requests().size();
    failsAt("api", "GET /pagination/offset was refused with 401: Invalid Token");
    assertThat(bench.api.requests()).hasSize(before + 2);
  }

  @Test
  void aRedirectionIsNotFollowed() throws Exception {
    answerAlways(302, "text/plain", "");
    failsAt("api", "GET /auth/api_key was answered with 302, a redirection; it is not followed");
  }

  @Test
  void anAnswerWithoutEndIsCutOff() throws Exception {
    bench.api.intercept(
        (exchange, number) -> {
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, 0);
          byte[] blanks = " ".repeat(1 << 16).getBytes(UTF_8);
          try {
            for (int i = 0; i < 100 * 16; i++) {
              exchange.getResponseBody().write(blanks);
            }
          } catch (IOException e) {
            return true; // cut off
          }
          return true;
        });
    failsAt("api", "GET /auth/api_key was answered with more than 32 MiB: ask for smaller pages");
  }

  @Test
  void theKeyIsNotSentToWhereANextPageUrlLeads() throws Exception {
    List<String> elsewhere = new CopyOnWriteArrayList<>();
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext(
        "/",
        exchange -> {
          elsewhere.add(exchange.getRequestURI().toString());
          answer(exchange, 200, "application/json", "{\"data\": [], \"next_page_url\": null}");
        });
    other.start();
    try {
      String origin = "http://127.0.0.1:" + other.getAddress().getPort();
      bench.set("pagination", "next_page_url");
      answerAlways(
          200,
          "application/json",
          "{\"data\": [{\"id\": 1}], \"next_page_url\": \"%s/steal\"}".formatted(origin));
      failsAt(
          "api",
          "\"next_page_url\" leads away from the API, to %s; nothing was sent there"
              .formatted(origin));
      assertThat(elsewhere).isEmpty();
    } finally {
      other.stop(0);
    }
  }

  @Test
  void pagesThatGoInACircleEndTheRun() throws Exception {
    bench.set("pagination", "next_page_url");
    bench.api.intercept(
        (exchange, number) -> {
          answer(
              exchange,
              200,
              "application/json",
              "{\"data\": [{\"id\": %d}], \"next_page_url\": \"/a?%d\"}"
                  .formatted(number, number % 3));
          return true;
        });
    failsAt("api", "the pages of /pagination/next_page_url go in a circle");
    assertThat(bench.api.requests()).hasSize(4);
  }

  @Test
  void theWrongShapeIsNoticed() throws Exception {
    bench.set("pagination", "next_page_url").set("endpoint", "/auth/api_key");
    failsAt("api", "the answer has no text or null \"next_page_url\"; is \"pagination\" right?");
  }

  @Test
  void newColumnsAndChangedTypesInTheMiddleAreTaken() throws Exception {
    bench.set("pagination", "page_number").set("table", "Order").set("primary_key", "No");
    String[] pages = {
      "{\"No\": 1, \"amount\": 5, \"paid\": true}",
      "{\"No\": 2, \"amount\": 0.10, \"paid\": true, \"lines\": [{\"sku\": \"a\"}], \"note\": null}",
      "{\"No\": 3, \"amount\": 12345678901234567890.000000000000000001, \"paid\": \"partly\"}",
      "{\"No\": \"4a\", \"amount\": 1e400, \"select\": 1}"
    };
    bench.api.intercept(
        (exchange, number) -> {
          answer(
              exchange,
              200,
              "application/json",
              "{\"data\": [%s], \"total_pages\": 4}".formatted(pages[number - 1]));
          return true;
        });

    Ended ended = bench.sync();
    assertThat(ended.error()).isEmpty();
    // The table; amount wider and lines; paid wider; no, amount and select.
    assertThat(ended.counts()).isEqualTo("4 0 0 7 4");
    assertThat(
            bench.query(
                "select no, amount, paid, lines, \"select\" from tester.\"order\" order by no"))
        .containsExactly(
            "1|5|true|null|null",
            "2|0.1|true|[{\"sku\":\"a\"}]|null",
            "3|12345678901234567890.000000000000000001|partly|null|null",
            "4a|1E+400|null|null|1");
  }

  @Test
  void anItemWithoutItsKeyEndsTheRunAndItsPageIsNotWritten() throws Exception {
    answerAlways(200, "application/json", "{\"data\": [{\"id\": 1}, {\"name\": \"x\"}]}");
    failsAt("rows", "an item has no \"id\", which its primary key is made of");
  }

  @Test
  void fieldsThatWouldBeOneColumnEndTheRun() throws Exception {
    answerAlways(200, "application/json", "{\"data\": [{\"id\": 1, \"aB\": 1, \"a_b\": 2}]}");
    failsAt("rows", "an item has two fields that are the column \"a_b\"");
    answerAlways(200, "application/json", "{\"data\": [{\"id\": 1, \"_synced\": 1}]}");
    failsAt("rows", "an item has the field \"_synced\", whose column is ours");
  }
}
