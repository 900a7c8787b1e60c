package dev.postern.core.sshd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.kex.BuiltinKEM;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.kex.KeyEncapsulationMethod;
import org.apache.sshd.common.kex.KeyExchangeFactory;
import org.apache.sshd.server.ServerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HybridExchangeTest {
  @ParameterizedTest
  @EnumSource(HybridExchange.class)
  void keysAreExchangedWithMinasServer(HybridExchange exchange) throws Exception {
    BuiltinDHFactories theirs = BuiltinDHFactories.fromFactoryName(exchange.getName());
    try (TestServer server = TestServer.start(mina -> mina.setKeyExchangeFactories(only(theirs)));
        Rig rig = new Rig()) {
      rig.offerOnly(exchange.getName());
      rig.open(server.port());

      assertThat(rig.trail).anyMatch(line -> line.contains("; " + exchange.getName() + ","));
    }
  }

  private static List<KeyExchangeFactory> only(BuiltinDHFactories one) {
    return NamedFactory.setUpTransformedFactories(false, List.of(one), ServerBuilder.DH2KEX);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sntrup761x25519-sha512", "sntrup761x25519-sha512@openssh.com"})
  void keysAreExchangedWithOpenSsh(String name, @TempDir Path folder) throws Exception {
    try (RealServer server = RealServer.start(folder, "KexAlgorithms " + name);
        ChannelRig rig = server.connect()) {
      assertThat(rig.session.getNegotiatedKexParameter(KexProposalOption.ALGORITHMS))
          .isEqualTo(name);
    }
  }

  /** It speaks on its standard input, so something has to listen for it. */
  @Test
  void keysAreExchangedWithTinySsh(@TempDir Path folder) throws Exception {
    Path tinysshd = Path.of("/usr/sbin/tinysshd");
    assumeTrue(Files.isExecutable(tinysshd), "tinysshd is not installed");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/socat")), "socat is not installed");
    Path keys = folder.resolve("keys");
    new ProcessBuilder("/usr/sbin/tinysshd-makekey", "-q", keys.toString()).start().waitFor();
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Process socat =
        new ProcessBuilder(
                "/usr/bin/socat",
                "TCP-LISTEN:" + port + ",bind=127.0.0.1,reuseaddr,fork",
                "EXEC:" + tinysshd + " " + keys)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    try (Rig rig = new Rig()) {
      // It has nobody's keys and takes no password: keys are exchanged before that matters.
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> {
                rig.dial(port, ScriptedEngine.password("none")).handle((hop, no) -> true).get();
                return rig.trail.stream().anyMatch(line -> line.contains("SSH-2.0-tinyssh"));
              });

      assertThat(rig.trail)
          .anyMatch(
              line -> line.contains("; sntrup761x25519-sha512@openssh.com, ssh-ed25519, chacha20"))
          .anyMatch(line -> line.contains("ssh-ed25519 trusted"));
    } finally {
      socat.descendants().forEach(ProcessHandle::destroy);
      socat.destroy();
    }
  }

  @ParameterizedTest
  @EnumSource(ClientEncapsulation.class)
  void aSecretComesOutAsItWentIn(ClientEncapsulation encapsulation) {
    KeyEncapsulationMethod.Client client = encapsulation.getClient();
    client.init();
    KeyEncapsulationMethod.Server server =
        BuiltinKEM.valueOf(encapsulation.name().toLowerCase(Locale.ROOT)).getServer();
    server.init(client.getPublicKey());

    assertThat(server.getEncapsulation()).hasSize(client.getEncapsulationLength());
    assertThat(client.extractSecret(server.getEncapsulation())).isEqualTo(server.getSecret());
  }

  @ParameterizedTest
  @EnumSource(ClientEncapsulation.class)
  void anAnswerOfAnotherLengthIsRefused(ClientEncapsulation encapsulation) {
    KeyEncapsulationMethod.Client client = encapsulation.getClient();
    client.init();
    int length = client.getEncapsulationLength();

    assertThatThrownBy(() -> client.extractSecret(new byte[length - 1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an encapsulated secret has %d bytes, not %d", length, length - 1);
  }

  @ParameterizedTest
  @EnumSource(ClientEncapsulation.class)
  void everyExchangeHasAKeyOfItsOwn(ClientEncapsulation encapsulation) {
    KeyEncapsulationMethod.Client one = encapsulation.getClient();
    KeyEncapsulationMethod.Client other = encapsulation.getClient();
    one.init();
    other.init();

    assertThat(one.getPublicKey()).isNotEqualTo(other.getPublicKey());
  }
}
