package dev.postern.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.socket.RouteSocketFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** MariaDB's driver, through two real servers, to a real database. */
@NeedsRealServers
@TestInstance(Lifecycle.PER_CLASS)
final class MariadbTest {
  private static String route = "";

  private TwoHops hops;
  private RealMariadb mariadb;

  /** The driver gives a factory no argument: the route is named by a class. */
  public static final class OrdersSockets extends RouteSocketFactory {
    public OrdersSockets() {
      super(route);
    }
  }

  @BeforeAll
  void startServers(@TempDir Path folder) {
    hops = TwoHops.in(folder);
    route = hops.route();
    mariadb = RealMariadb.start();
  }

  @AfterAll
  void stopServers() {
    mariadb.close();
    hops.close();
  }

  private Connection connect(String host, String options) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mariadb://%s:%d/%s?socketFactory=%s%s"
            .formatted(
                host, mariadb.port(), RealMariadb.DATABASE, OrdersSockets.class.getName(), options),
        RealMariadb.USER,
        mariadb.password());
  }

  @Test
  void queriesGoThroughTheCircuitAndNothingListens() throws Exception {
    List<String> before = OwnSockets.listening();
    try (Connection connection = connect("127.0.0.1", "&tcpKeepAlive=true&socketTimeout=20000");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TEMPORARY TABLE rows_of_it (id INT, line TEXT)");
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO rows_of_it VALUES (?, ?)")) {
        for (int i = 0; i < 10_000; i++) {
          insert.setInt(1, i);
          insert.setString(2, "a row of some length, number " + i);
          insert.addBatch();
        }
        insert.executeBatch();
      }
      try (ResultSet rows = statement.executeQuery("SELECT count(*), sum(id) FROM rows_of_it")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(10_000);
        assertThat(rows.getLong(2)).isEqualTo(49_995_000L);
      }
      assertThat(connection.isValid(5)).isTrue();
      assertThat(OwnSockets.listening()).isEqualTo(before);
    }
  }

  @Test
  void aStatementIsCancelledThroughASecondSocket() throws Exception {
    try (Connection connection = connect("localhost", "");
        Connection other = connect("localhost", "");
        Statement statement = connection.createStatement()) {
      CompletableFuture<Void> ended =
          CompletableFuture.runAsync(() -> runToItsEnd(statement, "SELECT sleep(600)"));
      Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> isRunning(other));
      statement.cancel();
      ended.get(20, TimeUnit.SECONDS);
    }
  }

  private static boolean isRunning(Connection other) throws SQLException {
    try (Statement statement = other.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT count(*) FROM information_schema.processlist WHERE info = 'SELECT sleep(600)'")) {
      return rows.next() && rows.getInt(1) == 1;
    }
  }

  private static void runToItsEnd(Statement statement, String query) {
    try {
      statement.execute(query);
    } catch (SQLException e) {
      // Either is an end: this server lets a sleep return early.
    }
  }

  @Test
  void aDatabaseThatTheHopCannotReachIsToldInItsWords() {
    assertThatThrownBy(() -> connect("no-such-name.invalid", ""))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("hop 2/2 " + hops.user() + "@127.0.0.1")
        .hasMessageContaining("cannot reach no-such-name.invalid:" + mariadb.port())
        .hasMessageContaining("[PST-T008]");
  }
}
