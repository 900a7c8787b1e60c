package dev.postern.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The server that other tests stand on. */
@NeedsRealServers
final class RealPostgresTest {
  @Test
  void answersAndLeavesNothing() {
    RealPostgres server = RealPostgres.startWithTls();
    try (server) {
      assertThat(
              server.psql("SELECT 6 * 7; SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
          .isEqualTo("42\nt\n");
    }
    assertThat(Files.exists(server.socketFolder())).isFalse();
  }
}
