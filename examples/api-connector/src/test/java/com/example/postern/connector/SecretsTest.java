package com.example.postern.connector;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.postern.connector.Bench.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Neither what is printed nor what is kept has a secret in it. */
final class SecretsTest {
  @TempDir private Path folder;

  @Test
  void areNowhereInOutputStateAndWarehouse() throws Exception {
    try (Bench bench = Bench.in(folder)) {
      bench.set("pagination", "next_page_url");
      StringBuilder all = new StringBuilder();
      all.append(text(bench.sync()));
      all.append(text(bench.sync("--full", "--json")));
      bench.api.intercept(
          (exchange, number) -> {
            exchange.close();
            return true;
          });
      all.append(text(bench.sync("--full")));
      bench.ssh.close();
      all.append(text(bench.sync("--json")));
      try (Stream<Path> files = Files.list(bench.directory)) {
        for (Path file : files.toList()) {
          all.append(Files.readString(file, ISO_8859_1));
        }
      }
      assertThat(all).contains("SYNC FAILED", "example.com");
      for (String secret : List.of(bench.api.secrets().apiKey(), Bench.PASSWORD)) {
        assertThat(all.indexOf(secret)).isEqualTo(-1);
      }
    }
  }

  private static String text(Ended ended) {
    return ended.output() + ended.error();
  }

  @Test
  void thatOthersMayReadAreWarnedOf() throws Exception {
    try (Bench bench = Bench.in(folder)) {
      Path file = bench.configuration();
      Files.setPosixFilePermissions(
          file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
      assertThat(bench.sync().error())
          .isEqualTo(
              "api-connector: %s has secrets, and others may read it: chmod 600\n".formatted(file));
    }
  }

  @Test
  void filesOfARunAreForItsUserAlone() throws IOException {
    try (Bench bench = Bench.in(folder)) {
      bench.sync();
      assertThat(
              java.nio.file.attribute.PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(bench.directory)))
          .isEqualTo("rwx------");
    }
  }
}
