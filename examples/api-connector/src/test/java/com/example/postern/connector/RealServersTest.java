package com.example.postern.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.example.postern.connector.Bench.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Through OpenSSH's server into PostgreSQL's. */
final class RealServersTest {
  @TempDir private Path folder;

  @BeforeEach
  void needsServers() {
    boolean there =
        "root".equals(System.getProperty("user.name"))
            && Files.isExecutable(Path.of("/usr/sbin/sshd"))
            && Files.isExecutable(Path.of("/usr/bin/ssh-keygen"))
            && RealPostgres.programs().isPresent();
    if (!there && System.getenv("POSTERN_REQUIRE_REAL_SERVERS") != null) {
      throw new IllegalStateException(
          "sshd or PostgreSQL is missing, and POSTERN_REQUIRE_REAL_SERVERS is set");
    }
    assumeTrue(there, "needs root, openssh-server and postgresql");
  }

  private Bench bench(RealSshd sshd) throws Exception {
    return Bench.in(folder)
        .without("ssh_password")
        .without("ssh_known_hosts")
        .set("ssh_user", "root")
        .set("ssh_port", String.valueOf(sshd.port()))
        .set("ssh_host_key", sshd.hostKey())
        .set("ssh_private_key", sshd.privateKey());
  }

  @ParameterizedTest(name = "{0} in {1}, {2}")
  @CsvSource({
    "ed25519, RFC4716, plain",
    "rsa, PEM, locked",
    "ecdsa, PKCS8, locked",
    "rsa, PKCS8, base64"
  })
  void keysOfEveryKindLetIn(String type, String format, String how) throws Exception {
    String passphrase = how.equals("locked") ? "open sesame" : "";
    try (RealSshd sshd = RealSshd.start(folder, passphrase, "-t", type, "-m", format);
        Bench bench = bench(sshd)) {
      bench.set("ssh_key_passphrase", passphrase);
      if (how.equals("base64")) {
        bench.set(
            "ssh_private_key", Base64.getEncoder().encodeToString(sshd.privateKey().getBytes()));
      }
      Ended ended = bench.sync();
      assertThat(ended.error()).isEmpty();
      assertThat(ended.counts()).isEqualTo("20 0 0 1 1");
    }
  }

  @Test
  void aKeyThatTheServerDoesNotKnowIsRefusedAndNoOtherIsTried() throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    try (RealSshd sshd = RealSshd.start(folder, "", "-t", "ed25519");
        RealSshd stranger = RealSshd.start(other, "", "-t", "ed25519");
        Bench bench = bench(sshd)) {
      bench.set("ssh_private_key", stranger.privateKey());
      Ended ended = bench.sync();
      assertThat(ended.exitCode()).isEqualTo(1);
      assertThat(ended.error())
          .startsWith("SYNC FAILED at ssh: ")
          .contains(" auth: ")
          .doesNotContain("BEGIN");
    }
  }

  @Test
  void rowsGoToPostgresqlAndColumnsGrowThere() throws Exception {
    try (RealSshd sshd = RealSshd.start(folder, "", "-t", "ed25519");
        RealPostgres postgres = RealPostgres.start();
        Bench bench = bench(sshd)) {
      bench
          .set("pagination", "next_page_url")
          .set("jdbc_url", postgres.url())
          .set("jdbc_user", "postgres")
          .set("jdbc_password", RealPostgres.PASSWORD);
      Ended first = bench.sync();
      assertThat(first.error()).isEmpty();
      assertThat(first.counts()).isEqualTo("200 0 0 1 4");

      bench.api.change(
          users -> {
            users.get(0).put("level", 3).put("updatedAt", "2026-01-31T11:59:59Z");
            users.get(1).put("level", 0.5).put("updatedAt", "2026-01-31T11:59:59Z");
          });
      Ended second = bench.sync();
      assertThat(second.error()).isEmpty();
      assertThat(second.counts()).matches("[2-9] 2 0 1 1");
      bench.api.change(
          users ->
              users
                  .get(2)
                  .put("level", "top\u0000")
                  .put("id", users.get(2).get("id").textValue())
                  .put("updatedAt", "2026-01-31T11:59:59Z"));
      assertThat(bench.sync().counts()).matches("[3-9] 1 0 1 1");

      try (Connection connection =
          DriverManager.getConnection(postgres.url(), "postgres", RealPostgres.PASSWORD)) {
        assertThat(
                Bench.query(connection, "select id from tester.\"user\" order by id collate \"C\""))
            .isEqualTo(bench.ids());
        assertThat(
                Bench.query(
                    connection,
                    "select level from tester.\"user\" where level is not null order by 1"))
            .containsExactlyInAnyOrder("0.5", "3", "top\ufffd");
      }
      assertThat(Files.exists(bench.directory.resolve("warehouse.db"))).isFalse();
    }
  }

  @Test
  void aWrongPasswordOfTheDatabaseEndsTheRunBeforeSsh() throws Exception {
    try (RealSshd sshd = RealSshd.start(folder, "", "-t", "ed25519");
        RealPostgres postgres = RealPostgres.start();
        Bench bench = bench(sshd)) {
      bench
          .set("jdbc_user", "postgres")
          .set("jdbc_url", postgres.url())
          .set("jdbc_password", "hunter2");
      Ended ended = bench.sync();
      assertThat(ended.exitCode()).isEqualTo(1);
      assertThat(ended.error())
          .isEqualTo(
              "SYNC FAILED at warehouse: cannot open %s: FATAL: password authentication failed for user \"postgres\"\n"
                  .formatted(postgres.url()));
      assertThat(bench.api.requests()).isEmpty();
    }
  }

  @Test
  void aSessionThatIsKilledInTheMiddleIsMadeUpFor() throws Exception {
    try (RealSshd sshd = RealSshd.start(folder, "", "-t", "ed25519");
        Bench bench = bench(sshd)) {
      bench.set("pagination", "offset");
      bench.api.intercept(
          (exchange, number) -> {
            if (number == 3) {
              sshd.killSessions();
            }
            return false;
          });
      Ended ended = bench.sync();
      assertThat(ended.exitCode()).as(ended.error()).isZero();
      assertThat(ended.counts()).isEqualTo("200 0 0 1 4");
      assertThat(bench.query("select id from tester.\"user\" order by id")).isEqualTo(bench.ids());
      assertThat(List.of(ended.error().lines().count())).containsExactly(1L);
    }
  }
}
