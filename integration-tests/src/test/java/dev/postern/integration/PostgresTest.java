package dev.postern.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.postern.socket.RouteSocketFactory;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.SocketException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** The PostgreSQL driver, through two real servers, to a real database. */
@NeedsRealServers
@TestInstance(Lifecycle.PER_CLASS)
final class PostgresTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private TwoHops hops;
  private RealPostgres postgres;

  @BeforeAll
  void startServers(@TempDir Path folder) {
    hops = TwoHops.in(folder);
    postgres = RealPostgres.startWithTls();
  }

  @AfterAll
  void stopServers() {
    postgres.close();
    hops.close();
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("user", RealPostgres.USER);
    properties.setProperty("password", postgres.password());
    properties.setProperty("sslmode", "disable");
    properties.setProperty("socketFactory", RouteSocketFactory.class.getName());
    properties.setProperty("socketFactoryArg", hops.route());
    return properties;
  }

  private String url(String host) {
    return "jdbc:postgresql://%s:%d/%s".formatted(host, postgres.port(), RealPostgres.DATABASE);
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(url("localhost"), properties());
  }

  @Test
  void queriesGoThroughTheCircuitAndNothingListens() throws Exception {
    List<String> before = OwnSockets.listening();
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      assertThat(one(statement, "SELECT 6 * 7")).isEqualTo("42");
      assertThat(one(statement, "SELECT inet_client_addr()")).startsWith("127.0.0.1");
      assertThat(OwnSockets.listening()).isEqualTo(before);
      assertThat(connection.isValid(5)).isTrue();
    }
    assertThat(hops.second().log()).contains("Accepted publickey for " + hops.user());
  }

  @Test
  void theUrlAloneIsEnough() throws Exception {
    String url =
        url("localhost")
            + "?user=%s&password=%s&socketFactory=%s&socketFactoryArg=%s"
                .formatted(
                    RealPostgres.USER,
                    postgres.password(),
                    RouteSocketFactory.class.getName(),
                    hops.route().replace("#", "%23"));
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      assertThat(one(statement, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
          .as("the driver prefers TLS")
          .isEqualTo("t");
    }
  }

  @Test
  void tlsIsVerifiedByTheNameThatTheHopResolves() throws Exception {
    Properties properties = properties();
    properties.setProperty("sslmode", "verify-full");
    properties.setProperty("sslrootcert", postgres.certificate().toString());
    try (Connection connection = DriverManager.getConnection(url("localhost"), properties);
        Statement statement = connection.createStatement()) {
      assertThat(one(statement, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
          .isEqualTo("t");
      assertThat(one(statement, "SELECT sum(i) FROM generate_series(1, 100000) i"))
          .isEqualTo("5000050000");
    }
  }

  @Test
  void aLargeResultArrivesWholeAndInOrder() throws Exception {
    try (Connection connection = connect()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.setFetchSize(1000);
        try (ResultSet rows =
            statement.executeQuery(
                "SELECT i, repeat(md5(i::text), 8) FROM generate_series(1, 200000) i")) {
          int expected = 1;
          while (rows.next()) {
            assertThat(rows.getInt(1)).isEqualTo(expected);
            assertThat(rows.getString(2)).hasSize(256);
            expected++;
          }
          assertThat(expected).isEqualTo(200_001);
        }
      }
    }
  }

  @Test
  void rowsAreCopiedBothWays() throws Exception {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      rows.append(i).append('\t').append("a row of some length, number ").append(i).append('\n');
    }
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TEMP TABLE copied (id int, line text)");
      CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
      assertThat(copies.copyIn("COPY copied FROM STDIN", new StringReader(rows.toString())))
          .isEqualTo(100_000);
      ByteArrayOutputStream back = new ByteArrayOutputStream();
      copies.copyOut("COPY (SELECT * FROM copied ORDER BY id) TO STDOUT", back);
      assertThat(back.toString(java.nio.charset.StandardCharsets.UTF_8)).isEqualTo(rows.toString());
    }
  }

  @Test
  void aStatementIsCancelledThroughASecondSocket() throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      CompletableFuture<SQLException> failure =
          CompletableFuture.supplyAsync(() -> failureOf(statement, "SELECT pg_sleep(63)"));
      Awaitility.await().atMost(PATIENCE).until(() -> isSleeping(63));
      statement.cancel();
      assertThat(failure.get(20, TimeUnit.SECONDS).getSQLState()).isEqualTo("57014");
      assertThat(one(statement, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void aQueryTimeoutCancelsAndASocketTimeoutBreaksOff() throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      assertThat(failureOf(statement, "SELECT pg_sleep(60)").getSQLState()).isEqualTo("57014");
      assertThat(one(statement, "SELECT 1")).isEqualTo("1");
      statement.setQueryTimeout(0);
      connection.setNetworkTimeout(Runnable::run, 300);
      assertThat((Throwable) failureOf(statement, "SELECT pg_sleep(60)"))
          .hasRootCauseInstanceOf(java.net.SocketTimeoutException.class);
      assertThat(connection.isClosed()).isTrue();
    }
  }

  @Test
  void aDatabaseThatTheHopCannotReachIsToldInItsWords() {
    assertThatThrownBy(() -> DriverManager.getConnection(url("no-such-name.invalid"), properties()))
        .isInstanceOf(SQLException.class)
        .cause()
        .isInstanceOf(java.net.ConnectException.class)
        .hasMessageContaining("hop 2/2 " + hops.user() + "@127.0.0.1")
        .hasMessageContaining("cannot reach no-such-name.invalid:" + postgres.port())
        .hasMessageEndingWith("[PST-T008]");
  }

  @Test
  void aRouteThatIsNotThereIsToldWithThoseThatAre() {
    Properties properties = properties();
    properties.setProperty("socketFactoryArg", hops.configuration() + "#other");
    assertThatThrownBy(() -> DriverManager.getConnection(url("localhost"), properties))
        .cause()
        .isInstanceOf(SocketException.class)
        .hasMessage("no route 'other'. Of routes, there is 'it' [PST-C005]");
  }

  @Test
  void aLinkThatDiesInAQueryIsNamedAndTheNextConnectionOpensItAnew() throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      CompletableFuture<SQLException> failure =
          CompletableFuture.supplyAsync(() -> failureOf(statement, "SELECT pg_sleep(61)"));
      Awaitility.await().atMost(PATIENCE).until(() -> isSleeping(61));
      hops.cutLinks();
      SQLException told = failure.get(20, TimeUnit.SECONDS);
      assertThat(told.getSQLState()).isEqualTo("08006");
      assertThat(told.getCause())
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("hop 1/2 " + hops.user() + "@127.0.0.1")
          .hasMessageContaining("[PST-T009]");
      StringWriter everything = new StringWriter();
      told.printStackTrace(new PrintWriter(everything));
      assertThat(everything.toString()).doesNotContain(postgres.password());
    }
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      assertThat(one(statement, "SELECT 7")).isEqualTo("7");
    }
  }

  @Test
  void aPoolSharesOneCircuitAndSurvivesItsLoss() throws Exception {
    connect().close();
    int signedIn = countOf(hops.first().log(), "Accepted publickey");
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url("localhost"));
    config.setDataSourceProperties(properties());
    config.setMaximumPoolSize(8);
    config.setConnectionTimeout(20_000);
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try (HikariDataSource pool = new HikariDataSource(config)) {
      assertThat(sums(pool, threads)).containsOnly("500500").hasSize(64);
      assertThat(countOf(hops.first().log(), "Accepted publickey")).isEqualTo(signedIn);
      hops.cutLinks();
      Awaitility.await()
          .atMost(PATIENCE)
          .ignoreExceptionsInstanceOf(SQLException.class)
          .untilAsserted(
              () -> {
                try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement()) {
                  assertThat(one(statement, "SELECT 1")).isEqualTo("1");
                }
              });
      assertThat(countOf(hops.first().log(), "Accepted publickey")).isEqualTo(signedIn + 1);
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<String> sums(HikariDataSource pool, ExecutorService threads)
      throws Exception {
    List<Callable<String>> queries = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      queries.add(
          () -> {
            try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
              return one(statement, "SELECT sum(i) FROM generate_series(1, 1000) i");
            }
          });
    }
    List<String> results = new ArrayList<>();
    for (Future<String> result : threads.invokeAll(queries)) {
      results.add(result.get());
    }
    return results;
  }

  @Test
  void anInterruptedQueryBreaksOff() throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      AtomicReference<SQLException> failure = new AtomicReference<>();
      Thread thread = new Thread(() -> failure.set(failureOf(statement, "SELECT pg_sleep(62)")));
      thread.start();
      Awaitility.await().atMost(PATIENCE).until(() -> isSleeping(62));
      thread.interrupt();
      thread.join(20_000);
      assertThat((Throwable) failure.get())
          .cause()
          .isInstanceOf(SocketException.class)
          .hasMessage("Closed by interrupt");
    }
  }

  @Test
  void nothingOfItKeepsTheProcessAlive() throws Exception {
    try (Connection connection = connect()) {
      assertThat(connection.isValid(5)).isTrue();
      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(thread -> !thread.isDaemon())
          .noneMatch(thread -> thread.getName().toLowerCase(java.util.Locale.ROOT).contains("ssh"))
          .noneMatch(thread -> thread.getName().startsWith("postern"));
    }
  }

  /** Each test sleeps for a time of its own: the server goes on when nobody waits any more. */
  private boolean isSleeping(int seconds) {
    return postgres
        .psql(
            "SELECT count(*) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(%d)'"
                .formatted(seconds))
        .strip()
        .equals("1");
  }

  private static SQLException failureOf(Statement statement, String query) {
    try {
      statement.execute(query);
      throw new AssertionError("it returned");
    } catch (SQLException e) {
      return e;
    }
  }

  private static String one(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  private static int countOf(String text, String part) {
    return text.split(part, -1).length - 1;
  }
}
