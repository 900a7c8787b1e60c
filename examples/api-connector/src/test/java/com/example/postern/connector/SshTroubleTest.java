package com.example.postern.connector;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.postern.connector.Bench.Ended;
import dev.postern.testkit.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way to the API fails: at the first opening, and in the middle of a page. */
final class SshTroubleTest {
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

  private String failure() throws IOException {
    Ended ended = bench.sync();
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.counts()).isEqualTo("0 0 0 0 0");
    assertThat(ended.error().lines()).hasSize(1);
    return ended.error();
  }

  @Test
  void anUnknownHostKeyIsRefusedBeforeThePasswordGoesOut() throws Exception {
    Files.writeString(folder.resolve("known_hosts"), "");
    assertThat(failure()).startsWith("SYNC FAILED at ssh: ").contains("host-key");
    assertThat(bench.ssh.attempts()).isEmpty();
    assertThat(bench.api.requests()).isEmpty();
  }

  @Test
  void aHostKeyCanStandInTheConfiguration() throws Exception {
    String[] line = bench.ssh.knownHostsLine().split(" ");
    bench.without("ssh_known_hosts").set("ssh_host_key", line[1] + " " + line[2] + " my bastion");
    assertThat(bench.sync().counts()).isEqualTo("20 0 0 1 1");
  }

  @Test
  void anotherHostKeyThanTheConfiguredOneIsRefused() throws Exception {
    try (EmbeddedServer other = EmbeddedServer.builder("alice").password("x").start()) {
      String[] line = other.knownHostsLine().split(" ");
      bench.without("ssh_known_hosts").set("ssh_host_key", line[1] + " " + line[2]);
      assertThat(failure()).startsWith("SYNC FAILED at ssh: ").contains("host-key");
    }
  }

  @Test
  void aNewHostKeyIsRememberedIfAskedFor() throws Exception {
    Path known = folder.resolve("known_hosts");
    Files.writeString(known, "");
    bench.set("ssh_strict_host_keys", "accept-new");

    assertThat(bench.sync().exitCode()).isZero();
    assertThat(Files.readString(known)).contains("[127.0.0.1]:" + bench.ssh.port());
  }

  @Test
  void aWrongPasswordIsSentOnceAndNowhereShown() throws Exception {
    bench.set("ssh_password", "hunter2-hunter2");
    assertThat(failure())
        .startsWith("SYNC FAILED at ssh: ")
        .contains(" auth: ", "PST-A")
        .doesNotContain("hunter2");
    assertThat(bench.ssh.attempts()).hasSize(1);
  }

  @Test
  void aServerThatIsNotThereIsNamed() throws Exception {
    bench.ssh.close();
    assertThat(failure())
        .startsWith("SYNC FAILED at ssh: ")
        .contains("127.0.0.1:" + bench.ssh.port(), "PST-T");
  }

  @Test
  void aPortWhereNothingListensIsNamed() throws Exception {
    bench.api.close();
    Ended ended = bench.sync();
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.error().lines().filter(line -> line.endsWith(" s"))).hasSize(4);
    assertThat(ended.error().lines().skip(4))
        .singleElement()
        .asString()
        .startsWith("SYNC FAILED at ssh: hop 1/1 alice@127.0.0.1 channel: ")
        .contains("cannot reach 127.0.0.1:" + bench.api.port())
        .endsWith("[PST-T008]");
  }

  @Test
  void aServerThatForbidsForwardingIsNotAskedAgain() throws Exception {
    bench.ssh.close();
    bench.ssh =
        EmbeddedServer.builder("alice").password(Bench.PASSWORD).withoutForwarding().start();
    bench.reach();
    assertThat(failure()).startsWith("SYNC FAILED at ssh: ").endsWith("[PST-T007]\n");
    assertThat(bench.ssh.forwards()).hasSize(1);
  }

  @Test
  void aLinkThatIsLostInTheMiddleIsOpenedAgain() throws Exception {
    try (Relay relay = Relay.to(bench.ssh.port())) {
      String key = bench.ssh.knownHostsLine().split(" ", 2)[1];
      Files.writeString(
          folder.resolve("known_hosts"), "[127.0.0.1]:%d %s\n".formatted(relay.port(), key));
      bench.set("pagination", "keyset").set("ssh_port", String.valueOf(relay.port()));
      bench.api.intercept(
          (exchange, number) -> {
            if (number == 3) {
              relay.cut();
            }
            return false;
          });
      readsAllThough("hop 1/1 alice@127.0.0.1 remote: the link was lost: ");
    }
  }

  @Test
  void aLinkThatFallsSilentIsNoticedAndOpenedAgain() throws Exception {
    try (Relay relay = Relay.to(bench.ssh.port())) {
      String key = bench.ssh.knownHostsLine().split(" ", 2)[1];
      Files.writeString(
          folder.resolve("known_hosts"), "[127.0.0.1]:%d %s\n".formatted(relay.port(), key));
      bench
          .timeout(Duration.ofSeconds(4))
          .set("pagination", "keyset")
          .set("ssh_port", String.valueOf(relay.port()));
      bench.api.intercept(
          (exchange, number) -> {
            if (number == 3) {
              relay.silence();
            }
            return false;
          });
      readsAllThough("GET /pagination/keyset was not answered: ");
    }
  }

  private void readsAllThough(String trouble) throws Exception {
    Ended ended = bench.sync();
    assertThat(ended.exitCode()).as(ended.error()).isZero();
    assertThat(ended.error()).contains(trouble);
    assertThat(ended.counts()).isEqualTo("200 0 0 1 4");
    assertThat(bench.query("select id from tester.\"user\" order by id")).isEqualTo(bench.ids());
  }

  @Test
  void aServerThatComesBackWithAnotherHostKeyEndsTheRunAndTheNextOneGoesOn() throws Exception {
    bench.set("pagination", "next_page_url");
    bench.api.intercept(
        (exchange, number) -> {
          if (number == 3) {
            closeSsh();
          }
          return false;
        });
    Ended first = bench.sync();
    assertThat(first.exitCode()).isEqualTo(1);
    assertThat(first.counts()).isEqualTo("100 0 0 1 2");

    bench.api.intercept((exchange, number) -> false);
    bench.ssh = EmbeddedServer.builder("alice").password(Bench.PASSWORD).start();
    bench.reach();
    Ended second = bench.sync();
    assertThat(second.error()).isEmpty();
    // Another port is another way: what it leads to may be another API.
    assertThat(second.counts()).isEqualTo("200 0 0 0 4");
    assertThat(bench.query("select id from tester.\"user\" order by id")).isEqualTo(bench.ids());
  }

  private void closeSsh() {
    try {
      bench.ssh.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
