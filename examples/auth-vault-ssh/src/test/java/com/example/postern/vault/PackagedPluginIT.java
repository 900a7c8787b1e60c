package com.example.postern.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.example.postern.vault.Authority.Terms;
import dev.postern.Postern;
import dev.postern.circuit.Circuit;
import dev.postern.circuit.CircuitException;
import dev.postern.circuit.RemoteProcess;
import dev.postern.testkit.FakeTime;
import dev.postern.testkit.contract.PackagedPlugin;
import dev.postern.testkit.contract.PackagedPluginContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The zip as it is released, installed and loaded from there. */
final class PackagedPluginIT extends PackagedPluginContract {
  private final Authority authority = new Authority();
  private final FakeTime time = new FakeTime(Instant.now());

  @TempDir private Path folder;

  private static PackagedPlugin packaged() throws IOException {
    return PackagedPlugin.in(Path.of("target"));
  }

  private Postern.Builder postern(PackagedPlugin plugin) {
    return plugin.postern().environment(Map.of("VAULT_TOKEN", Bench.TOKEN)).home(folder).time(time);
  }

  private Path route(RealSshd server, StandInApi api) throws IOException {
    Path known = Files.writeString(folder.resolve("known_hosts"), server.knownHostsLine());
    return Files.writeString(
        folder.resolve("postern.conf"),
        """
        postern.routes.it {
          known-hosts = ["%s"]
          hops = [ { host = 127.0.0.1, port = %d, user = %s, auth = [
            { type = vault-ssh, address = "%s", role = developers, token = { env = VAULT_TOKEN } }
          ] } ]
        }
        """
            .formatted(known, server.port(), RealSshd.user(), api.address()));
  }

  private StandInApi.Answer signingForAnHour(String principal) {
    AtomicLong serial = new AtomicLong(40);
    Instant now = time.now();
    return request ->
        Bench.signed(
            authority,
            request,
            Terms.user(
                serial.incrementAndGet(), principal, now.minusSeconds(30), now.plusSeconds(3600)));
  }

  @Test
  void signsInToARealServer() throws Exception {
    RealSshd.expectInstalled();
    try (StandInApi api = StandInApi.start(signingForAnHour(RealSshd.user()));
        RealSshd server = RealSshd.start(folder, authority.line());
        PackagedPlugin plugin = packaged();
        Postern postern = postern(plugin).configuration(route(server, api)).build()) {
      try (Circuit circuit = postern.open("it")) {
        assertThat(output(circuit, "id -un")).isEqualTo(RealSshd.user() + "\n");
        assertThat(circuit.trail().toString())
            .contains(api.url() + " signed a certificate for " + RealSshd.user() + ": serial 41")
            .doesNotContain(Bench.TOKEN);
      }
      assertThat(server.expectInLog("Accepted publickey")).contains("(serial 41)");
    }
  }

  @Test
  void signsInAgainWithTheSameCertificateUntilItNearsItsEnd() throws Exception {
    RealSshd.expectInstalled();
    try (StandInApi api = StandInApi.start(signingForAnHour(RealSshd.user()));
        RealSshd server = RealSshd.start(folder, authority.line());
        PackagedPlugin plugin = packaged();
        Postern postern = postern(plugin).configuration(route(server, api)).build()) {
      postern.open("it").close();
      assertThat(server.expectInLog("Accepted publickey")).contains("(serial 41)");
      postern.open("it").close();
      assertThat(server.expectInLog("Accepted publickey")).contains("(serial 41)");
      time.advance(Duration.ofSeconds(3580));
      postern.open("it").close();
      assertThat(server.expectInLog("Accepted publickey")).contains("(serial 42)");
    }
  }

  @Test
  void aServerThatTrustsSomebodyElseRefuses() throws Exception {
    RealSshd.expectInstalled();
    try (StandInApi api = StandInApi.start(signingForAnHour(RealSshd.user()));
        RealSshd server = RealSshd.start(folder, new Authority().line());
        PackagedPlugin plugin = packaged();
        Postern postern = postern(plugin).configuration(route(server, api)).build()) {
      assertThat(catchThrowable(() -> postern.open("it").close()))
          .isInstanceOf(CircuitException.class)
          .hasMessageContaining("certificate 41 of 127.0.0.1");
    }
  }

  @Test
  void anApiThatRefusesEndsTheHopWithItsWords() throws Exception {
    RealSshd.expectInstalled();
    try (StandInApi api =
            StandInApi.start(
                request ->
                    StandInApi.Reply.of(403, "{\"errors\":[\"1 error: permission denied\"]}"));
        RealSshd server = RealSshd.start(folder, authority.line());
        PackagedPlugin plugin = packaged();
        Postern postern = postern(plugin).configuration(route(server, api)).build()) {
      assertThat(catchThrowable(() -> postern.open("it").close()))
          .isInstanceOf(CircuitException.class)
          .hasMessageContaining(
              "%s refused with 403 (1 error: permission denied); the token is wrong"
                  .formatted(api.url()))
          .hasMessageNotContaining(Bench.TOKEN);
    }
  }

  private static String output(Circuit circuit, String command) throws Exception {
    try (RemoteProcess process = circuit.exec(command)) {
      process.input().close();
      String output = new String(process.output().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return output;
    }
  }
}
