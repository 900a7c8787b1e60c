package com.example.postern.connector.playground;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stand-in is what the playground is. */
final class PlaygroundTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-31T12:00:00Z"), ZoneOffset.UTC);

  private final HttpClient http = HttpClient.newHttpClient();
  private Playground playground;

  @BeforeEach
  void start() throws IOException {
    playground = Playground.start(1, CLOCK);
  }

  @AfterEach
  void stop() {
    playground.close();
  }

  private HttpResponse<String> send(String method, String path, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + playground.port() + path))
            .method(method, BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString(UTF_8));
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    return send("GET", path, headers);
  }

  private HttpResponse<String> authorized(String path, String authorization) throws Exception {
    return get(path, "Authorization", authorization);
  }

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    return new JsonMapper().readTree(response.body());
  }

  private static List<String> texts(JsonNode answer, String field) {
    return StreamSupport.stream(answer.path("data").spliterator(), false)
        .map(item -> item.path(field).asText())
        .toList();
  }

  private static void assertPage(HttpResponse<String> response, int status, String body) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(response.headers().firstValue("WWW-Authenticate")).isEmpty();
    assertThat(response.body()).isEqualTo(body);
  }

  private static String unauthorized(String text) {
    return """
    <!doctype html>
    <html lang=en>
    <title>401 Unauthorized</title>
    <h1>Unauthorized</h1>
    <p>%s</p>
    """
        .formatted(text);
  }

  @Test
  void theApiKeyOpensTwentyUsersSortedAndIndented() throws Exception {
    HttpResponse<String> response =
        authorized("/auth/api_key?any=thing", "apiKey " + playground.secrets().apiKey());
    assertThat(texts(json(response), "id")).hasSize(20).doesNotHaveDuplicates();
    assertThat(response.body())
        .startsWith("{\n  \"data\": [\n    {\n      \"address\": \"")
        .endsWith("\"\n    }\n  ]\n}\n");
    List<String> keys = new ArrayList<>();
    new JsonMapper()
        .readTree(response.body())
        .path("data")
        .get(0)
        .fieldNames()
        .forEachRemaining(keys::add);
    assertThat(keys)
        .containsExactly(
            "address", "company", "createdAt", "email", "id", "job", "name", "updatedAt");
  }

  @ParameterizedTest
  @CsvSource({"/auth/api_key", "/auth/http_basic", "/auth/http_bearer"})
  void whoeverIsNotLetInGetsAPage(String path) throws Exception {
    assertPage(get(path), 401, unauthorized("Authorization header is missing"));
    for (String header : List.of("apiKey wrong", "apikey x", "nothing", "Basic !", "Bearer ")) {
      assertPage(authorized(path, header), 401, unauthorized("Invalid API key or format"));
    }
    // The scheme is case-sensitive.
    assertPage(
        authorized("/auth/api_key", "APIKEY " + playground.secrets().apiKey()),
        401,
        unauthorized("Invalid API key or format"));
  }

  @Test
  void basicAndBearerLetIn() throws Exception {
    PlaygroundSecrets secrets = playground.secrets();
    String basic = base64(secrets.basicUser() + ":" + secrets.basicPassword());
    assertThat(texts(json(authorized("/auth/http_basic", "Basic " + basic)), "id")).hasSize(20);
    assertThat(
            texts(json(authorized("/auth/http_bearer", "Bearer " + secrets.bearerToken())), "id"))
        .hasSize(20);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private HttpResponse<String> login(String type, String body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + playground.port() + "/auth/session_token/login"))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString(UTF_8));
  }

  @Test
  void aSessionBeginsWithALogin() throws Exception {
    PlaygroundSecrets secrets = playground.secrets();
    String token =
        json(login(
                "application/json",
                "{\"username\": \"%s\", \"password\": \"%s\"}"
                    .formatted(secrets.sessionUser(), secrets.sessionPassword())))
            .path("token")
            .asText();
    assertThat(token).isEqualTo(base64(secrets.sessionUser() + ":" + secrets.sessionPassword()));
    assertThat(json(authorized("/auth/session_token/data", "Token " + token)).path("data"))
        .hasSize(20);
    assertThat(json(authorized("/auth/session_token/data", token)).path("data")).hasSize(20);

    assertError(
        login("application/json", "{\"username\": \"x\"}"),
        400,
        "Username and password are required");
    assertError(
        login("application/json", "{\"username\": \"x\", \"password\": \"y\"}"),
        401,
        "Invalid username or password");
    assertThat(login("text/plain", "{}").statusCode()).isEqualTo(415);
    assertThat(login("application/json", "{").statusCode()).isEqualTo(400);
    assertError(get("/auth/session_token/data"), 400, "Token is missing");
    assertError(
        authorized("/auth/session_token/data", "Token " + base64("a:b")), 401, "Invalid Token");
    assertError(
        authorized("/auth/session_token/data", "Token " + base64("a:b:c")),
        400,
        "Invalid token format");
    assertError(authorized("/auth/session_token/data", "Token !"), 400, "Invalid token format");
  }

  private static void assertError(HttpResponse<String> response, int status, String text) {
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(response.body()).isEqualTo("{\n  \"error\": \"" + text + "\"\n}\n");
  }

  @Test
  void pagesAreOneLineInTheOrderOfInsertion() throws Exception {
    HttpResponse<String> response = get("/pagination/next_page_url?per_page=1");
    json(response);
    assertThat(response.body())
        .startsWith("{\"data\": [{\"id\": \"")
        .matches(
            "(?s).*\"}], \"total_items\": 200, \"page\": 1, \"per_page\": 1, \"next_page_url\": \"http://127\\.0\\.0\\.1:[0-9]+/pagination/next_page_url\\?page=2&per_page=1&order_by=updatedAt&order_type=asc\"}")
        .contains("\\n")
        .is(
            new org.assertj.core.api.Condition<>(
                text -> text.chars().allMatch(c -> c >= ' ' && c <= '~'), "ASCII on one line"));
  }

  @Test
  void theNextPageUrlHasTheHostOfTheRequestAndItsFilter() throws Exception {
    JsonNode page =
        json(get("/pagination/next_page_url?per_page=5&updated_since=2026-01-30T00:00:00Z"));
    assertThat(page.path("next_page_url").asText())
        .isEqualTo(
            "http://127.0.0.1:%d/pagination/next_page_url?page=2&per_page=5&order_by=updatedAt&order_type=asc&updated_since=2026-01-30T00:00:00Z"
                .formatted(playground.port()));
    assertThat(json(get("/pagination/next_page_url?page=20")).path("next_page_url").isNull())
        .isTrue();
    assertThat(json(get("/pagination/next_page_url?page=0")).path("data")).isEmpty();
  }

  @Test
  void numberedAndCountedPagesHaveTheirTotals() throws Exception {
    JsonNode page = json(get("/pagination/page_number?page=3&per_page=30"));
    assertThat(page.path("data")).hasSize(30);
    assertThat(page.path("page").intValue()).isEqualTo(3);
    assertThat(page.path("page_size").intValue()).isEqualTo(30);
    assertThat(page.path("total_pages").intValue()).isEqualTo(7);
    assertThat(page.path("total_items").intValue()).isEqualTo(200);

    JsonNode slice = json(get("/pagination/offset?offset=195&limit=x"));
    assertThat(slice.path("data")).hasSize(5);
    assertThat(slice.path("offset").intValue()).isEqualTo(195);
    assertThat(slice.path("limit").intValue()).isEqualTo(10);
    assertThat(slice.path("total").intValue()).isEqualTo(200);
  }

  @Test
  void aKeysetHasAMarkUntilItsEnd() throws Exception {
    List<String> seen = new ArrayList<>();
    String path = "/pagination/keyset";
    while (true) {
      JsonNode page = json(get(path));
      seen.addAll(texts(page, "updatedAt"));
      if (page.path("scroll_param").isNull()) {
        break;
      }
      String mark = page.path("scroll_param").asText();
      assertThat(new String(Base64.getDecoder().decode(mark), UTF_8))
          .isEqualTo(seen.get(seen.size() - 1));
      path = "/pagination/keyset?scroll_param=" + mark.replace("=", "%3D");
    }
    assertThat(seen).hasSize(200).isSorted();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "/pagination/offset?a=1&limit=99; Unexpected query parameters: a",
        "/pagination/keyset?per_page=10; Unexpected query parameters: per_page",
        "/cursors/companies?page=1; Unexpected query parameters: page",
        "/pagination/page_number?order_by=id&order_type=x&per_page=0; Invalid value for 'order_by'. Use 'createdAt' or 'updatedAt'",
        "/pagination/page_number?order_type=x&per_page=0; Invalid value for 'order_type'. Use 'asc' or 'desc'",
        "/pagination/page_number?per_page=51&page=0; Invalid value for 'per_page'. It should be between 1 and 50.",
        "/pagination/page_number?page=0&updated_since=x; Invalid value for 'page'. It must be greater than or equal to 1.",
        "/pagination/offset?limit=0&offset=-1&order_by=x; Invalid value for 'limit'. It should be between 1 and 50.",
        "/pagination/offset?offset=-1&order_by=x; Invalid value for 'offset'. It must be greater than or equal to 0.",
        "/pagination/offset?updated_since=2026-01-01T00:00:00; Invalid date format for 'updated_since'. Must end with 'Z' for UTC",
        "/pagination/offset?updated_since=2026-02-30T00:00:00Z; Invalid date format for 'updated_since'. Use 'YYYY-MM-DDTHH:MM:SSZ'",
        "/pagination/keyset?scroll_param=eA==&updated_since=x; You can only use 'updated_since' in first request, subsequent requests should use only 'scroll_param'",
        "/pagination/keyset?scroll_param=!; Invalid scroll_param value",
        "/cursors/x/departments?order_by=y; Invalid value for 'order_by'. Use 'createdAt' or 'updatedAt'",
        "/cursors/x/departments?updated_since=y; Invalid value for 'company_id'. 'company_id' must be an integer",
      })
  void whatIsWrongIsSaidInItsWordsAndOrder(String path, String text) throws Exception {
    assertError(get(path), 400, text);
  }

  @Test
  void companiesHaveDepartmentsAndChangeWhenTheyAreAskedFor() throws Exception {
    JsonNode companies = json(get("/cursors/companies"));
    assertThat(texts(companies, "company_id")).containsExactlyInAnyOrder("1", "2");
    assertThat(companies.path("total_items").intValue()).isEqualTo(2);
    JsonNode departments = json(get("/cursors/2/departments?order_by=createdAt"));
    assertThat(texts(departments, "department_name"))
        .containsExactly("Engineering", "HR", "Finance", "Sales");
    assertError(get("/cursors/3/departments"), 404, "company_id '3' not found");

    boolean touched = false;
    for (int i = 0; i < 50 && !touched; i++) {
      touched =
          texts(json(get("/cursors/companies")), "updatedAt").contains("2026-01-31T12:00:00Z");
    }
    assertThat(touched).isTrue();
  }

  @Test
  void sortingWithoutAFilterStays() throws Exception {
    String first = users().get(0);
    get("/pagination/offset?order_type=desc&updated_since=2026-01-01T00:00:00Z");
    assertThat(users().get(0)).isEqualTo(first);
    get("/pagination/offset?order_type=desc");
    assertThat(users().get(0)).isNotEqualTo(first);
  }

  private List<String> users() throws Exception {
    return texts(
        json(authorized("/auth/api_key", "apiKey " + playground.secrets().apiKey())), "id");
  }

  @Test
  void allUsersAreThereAsCsv() throws Exception {
    HttpResponse<String> response = get("/export/csv");
    assertThat(response.headers().firstValue("Content-Type")).contains("text/csv");
    assertThat(response.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=data_export.csv");
    assertThat(response.body().lines())
        .hasSize(201)
        .startsWith("id,name,email,address,company,job,createdAt,updatedAt")
        .allMatch(line -> line.split(",", -1).length == 8);
    playground.change(List::clear);
    assertError(get("/export/csv"), 400, "No data available to export.");
  }

  @Test
  void otherMethodsAndPathsAreAnsweredAsFlaskDoes() throws Exception {
    assertPage(
        send("POST", "/auth/api_key"),
        405,
        """
        <!doctype html>
        <html lang=en>
        <title>405 Method Not Allowed</title>
        <h1>Method Not Allowed</h1>
        <p>The method is not allowed for the requested URL.</p>
        """);
    assertThat(send("DELETE", "/pagination/keyset").headers().firstValue("Allow"))
        .contains("OPTIONS, GET, HEAD");
    assertThat(get("/auth/session_token/login").statusCode()).isEqualTo(405);
    assertThat(get("/nothing").statusCode()).isEqualTo(404);
    assertThat(get("/nothing").body()).contains("<title>404 Not Found</title>");
    HttpResponse<String> options = send("OPTIONS", "/pagination/keyset");
    assertThat(options.statusCode()).isEqualTo(200);
    assertThat(options.body()).isEmpty();
    HttpResponse<String> head = send("HEAD", "/pagination/keyset");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
  }

  @Test
  void theRateLimitLetsThroughAFewAndThenSaysWhen() throws Exception {
    try (Playground limited = Playground.limited(1, CLOCK, 3, Duration.ofMinutes(1))) {
      playground.close();
      playground = limited;
      for (int i = 0; i < 3; i++) {
        assertThat(get("/pagination/keyset").statusCode()).isEqualTo(200);
      }
      HttpResponse<String> refused = get("/pagination/keyset");
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.headers().firstValue("Retry-After")).contains("60");
    }
  }

  @Test
  void dataDependsOnSeedAndClockAlone() throws Exception {
    List<String> first = users();
    playground.close();
    playground = Playground.start(1, CLOCK);
    assertThat(users()).isEqualTo(first);
    playground.close();
    playground = Playground.start(2, CLOCK);
    assertThat(users()).doesNotContainAnyElementsOf(first);
  }
}
