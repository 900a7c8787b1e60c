package com.example.postern.connector;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.postern.connector.Bench.Ended;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every shape that the playground has, to the end, and from there on. */
final class ShapesTest {
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

  @ParameterizedTest
  @ValueSource(strings = {"next_page_url", "page_number", "offset", "keyset"})
  void allPagesAreReadAndThenWhatWasChanged(String shape) throws Exception {
    bench.set("pagination", shape);
    Ended first = bench.sync();
    assertThat(first.error()).isEmpty();
    assertThat(first.counts()).isEqualTo("200 0 0 1 4");
    assertThat(bench.query("select id from tester.\"user\" order by id")).isEqualTo(bench.ids());

    bench.api.change(
        users -> {
          users.get(17).put("job", "Astronaut").put("updatedAt", "2026-01-31T11:59:59Z");
          users.add(newcomer(users.get(0)));
        });
    Ended second = bench.sync();
    assertThat(second.exitCode()).isZero();
    List<String> requests = bench.api.requests();
    assertThat(requests.subList(4, requests.size())).hasSize(1);
    assertThat(requests.get(4)).contains("updated_since=2026-01-31T");
    assertThat(second.counts()).matches("[1-9] 1 0 0 1");
    assertThat(bench.query("select id from tester.\"user\" order by id")).isEqualTo(bench.ids());
    assertThat(bench.query("select count(*) from tester.\"user\" where job = 'Astronaut'"))
        .containsExactly("1");
  }

  private static ObjectNode newcomer(ObjectNode other) {
    return other
        .deepCopy()
        .put("id", "newcomer")
        .put("createdAt", "2026-01-31T11:59:58Z")
        .put("updatedAt", "2026-01-31T11:59:58Z");
  }

  @Test
  void aCursorReadsCompaniesAndThenThoseThatChanged() throws Exception {
    bench.set("pagination", "cursor");

    assertThat(bench.sync().counts()).isEqualTo("2 0 0 1 1");
    assertThat(bench.query("select company_id from tester.company order by 1"))
        .containsExactly("1", "2");
    assertThat(bench.sync().exitCode()).isZero();
    assertThat(bench.api.requests().get(1)).startsWith("GET /cursors/companies?updated_since=2026");
  }

  @Test
  void anEndpointBelowAnotherHasAKeyOfTwoFields() throws Exception {
    bench
        .set("pagination", "cursor")
        .set("endpoint", "/cursors/2/departments")
        .set("table", "departments")
        .set("primary_key", "company_id, department_id");

    assertThat(bench.sync().counts()).isEqualTo("4 0 0 1 1");
    assertThat(
            bench.query(
                "select company_id, department_id, department_name from tester.departments order by 2"))
        .containsExactly("2|1|Engineering", "2|2|HR", "2|3|Finance", "2|4|Sales");
  }

  @ParameterizedTest
  @CsvSource({
    "http_basic, /auth/http_basic",
    "bearer, /auth/http_bearer",
    "session_token, /auth/session_token/data"
  })
  void everyWayToBeLetInWorks(String auth, String endpoint) throws Exception {
    boolean basic = auth.equals("http_basic");
    var secrets = bench.api.secrets();
    bench.set("auth", auth).set("endpoint", endpoint).without("api_key");
    if (auth.equals("bearer")) {
      bench.set("api_token", secrets.bearerToken());
    } else {
      bench
          .set("api_user", basic ? secrets.basicUser() : secrets.sessionUser())
          .set("api_password", basic ? secrets.basicPassword() : secrets.sessionPassword());
    }

    assertThat(bench.sync().counts()).isEqualTo("20 0 0 1 1");
  }

  @Test
  void itemsThatGoWhileTheyAreReadHideNoOthers() throws Exception {
    bench.set("pagination", "offset");
    bench.api.intercept(
        (exchange, number) -> {
          if (number == 3) {
            bench.api.change(users -> users.subList(0, 10).clear());
          }
          return false;
        });

    Ended ended = bench.sync("--delete-missing");
    assertThat(ended.exitCode()).isZero();
    assertThat(bench.query("select id from tester.\"user\" order by id")).containsAll(bench.ids());
    assertThat(bench.api.requests()).hasSize(3 + 4);
  }

  @Test
  void rowsThatAFullReadingDoesNotSeeAreMarkedIfAskedFor() throws Exception {
    bench.set("pagination", "page_number").sync();
    String gone = bench.ids().get(5);
    bench.api.change(users -> users.removeIf(user -> user.get("id").textValue().equals(gone)));

    assertThat(bench.sync("--full").counts()).isEqualTo("199 0 0 0 4");
    assertThat(bench.sync("--full", "--delete-missing").counts()).isEqualTo("199 0 1 0 4");
    assertThat(bench.query("select id from tester.\"user\" where _deleted")).containsExactly(gone);
    assertThat(bench.sync("--full", "--delete-missing").counts()).isEqualTo("199 0 0 0 4");
  }

  @Test
  void nothingIsMarkedByAReadingOfPart() throws Exception {
    bench.set("pagination", "keyset").sync();
    assertThat(bench.sync("--delete-missing").counts()).matches("[0-9]+ 0 0 0 [01]");
    assertThat(bench.query("select count(*) from tester.\"user\" where _deleted"))
        .containsExactly("0");
  }
}
