package com.example.postern.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.api.hop.Endpoint;
import dev.postern.testkit.server.EmbeddedServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By a route of a Postern configuration, of two hops. */
final class RouteTest {
  @TempDir private Path folder;

  private String conf(Bench bench, EmbeddedServer inner, String forwards) throws Exception {
    Path known = folder.resolve("known");
    Files.writeString(known, bench.ssh.knownHostsLine() + "\n" + inner.knownHostsLine() + "\n");
    Path file = folder.resolve("postern.conf");
    Files.writeString(
        file,
        """
        postern.routes.api {
          known-hosts = ["%s"]
          hops = [
            { host = 127.0.0.1, port = %d, user = alice, auth = [ { type = password, password = "%s" } ] }
            { host = 127.0.0.1, port = %d, user = app, auth = [ { type = password, password = "inner" } ] }
          ]
          %s
        }
        """
            .formatted(known, bench.ssh.port(), Bench.PASSWORD, inner.port(), forwards));
    return file.toString();
  }

  private static Bench withoutServer(Bench bench) {
    return bench
        .without("ssh_host")
        .without("ssh_user")
        .without("ssh_password")
        .without("ssh_port")
        .without("ssh_known_hosts");
  }

  @Test
  void theFirstForwardSaysWhereTheApiIsAndIsNotOpened() throws Exception {
    try (Bench bench = Bench.in(folder);
        EmbeddedServer inner = EmbeddedServer.builder("app").password("inner").start()) {
      // A port that is taken: the listener would fail.
      String conf =
          conf(
              bench,
              inner,
              "forwards = [ { local = \"127.0.0.1:%d\", remote = \"localhost:%d\" } ]"
                  .formatted(bench.ssh.port(), bench.api.port()));
      withoutServer(bench).without("remote_port");

      Bench.Ended ended = bench.sync("--route", "api", "--postern-config", conf);
      assertThat(ended.error()).isEmpty();
      assertThat(ended.counts()).isEqualTo("20 0 0 1 1");
      assertThat(inner.forwards()).containsExactly(new Endpoint("localhost", bench.api.port()));
    }
  }

  @Test
  void theConfigurationMaySayWhereTheApiIs() throws Exception {
    try (Bench bench = Bench.in(folder);
        EmbeddedServer inner = EmbeddedServer.builder("app").password("inner").start()) {
      String conf = conf(bench, inner, "");
      withoutServer(bench);
      assertThat(bench.sync("--route", "api", "--postern-config", conf).counts())
          .isEqualTo("20 0 0 1 1");

      bench.without("remote_port");
      Bench.Ended nowhere = bench.sync("--route", "api", "--postern-config", conf);
      assertThat(nowhere.exitCode()).isEqualTo(2);
      assertThat(nowhere.error())
          .isEqualTo(
              "api-connector: configuration: the route 'api' has no forward that says where the API is: name its \"remote_port\" in the configuration\n");
      Bench.Ended unknown = bench.sync("--route", "ipa", "--postern-config", conf);
      assertThat(unknown.exitCode()).isEqualTo(2);
      assertThat(unknown.error()).startsWith("api-connector: configuration: ").contains("PST-C005");
    }
  }
}
