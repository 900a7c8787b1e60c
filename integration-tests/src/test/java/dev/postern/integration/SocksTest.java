package dev.postern.integration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.circuit.Forward;
import dev.postern.route.ForwardAddress;
import dev.postern.route.ForwardSpec;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.HexFormat;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients of SOCKS, good and bad, on a real server. */
@NeedsRealServers
@Timeout(60)
@TestInstance(Lifecycle.PER_CLASS)
final class SocksTest {
  private static final ForwardSpec SOCKS = ForwardSpec.dynamic(ForwardAddress.of("0"));

  private final Account account = Account.create();
  @TempDir private Path folder;
  private OneHop hop;

  @BeforeEach
  void open() throws Exception {
    hop = OneHop.open(RealSshd.in(folder).start(), account, folder);
  }

  @AfterEach
  void close() {
    hop.close();
  }

  @AfterAll
  void removeAccount() {
    account.close();
  }

  private Forward here() throws Exception {
    return hop.circuit().forward(SOCKS);
  }

  private static String curl(Forward forward, String option, String url) {
    return Commands.run(
        "sh",
        "-c",
        "curl -sS --max-time 20 %s 127.0.0.1:%d %s 2>&1; true"
            .formatted(option, forward.port(), url));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--socks5-hostname", "--socks5", "--socks4", "--socks4a"})
  void curlGoesOutAtTheFarEnd(String option) throws Exception {
    try (PageServer page = PageServer.start();
        Forward forward = here()) {
      assertThat(curl(forward, option, page.url("127.0.0.1"))).isEqualTo("hello");
    }
  }

  @Test
  void curlFromTheFarEndGoesOutHere() throws Exception {
    try (PageServer page = PageServer.start();
        Forward forward =
            hop.circuit().forward(ForwardSpec.remote(ForwardAddress.of("localhost:0")))) {
      assertThat(curl(forward, "--socks5-hostname", page.url("localhost"))).isEqualTo("hello");
      assertThat(curl(forward, "--socks5-hostname", "http://127.0.0.1:1/")).contains(". (5)");
      assertThat(forward.counts().lastError())
          .hasValue("this machine cannot connect to 127.0.0.1:1: Connection refused");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:1/, (5)",
    "http://no-such-name.invalid/, (4)",
  })
  void whyItFailedIsToldInTheCodesOfSocks(String url, String code) throws Exception {
    try (Forward forward = here()) {
      assertThat(curl(forward, "--socks5-hostname", url)).contains(code);
      Awaitility.await().until(() -> forward.counts().open() == 0);
    }
  }

  @Test
  void whatTheServerForbidsIsTold() throws Exception {
    RealSshd strict = RealSshd.in(folder).option("PermitOpen", "127.0.0.1:9").start();
    try (OneHop forbidding = OneHop.open(strict, account, folder);
        Forward forward = forbidding.circuit().forward(SOCKS)) {
      assertThat(curl(forward, "--socks5-hostname", "http://127.0.0.1:1/")).contains("(2)");
    }
  }

  @Test
  void aRequestInOnePieceWithItsDataLosesNothing() throws Exception {
    try (EchoService echo = EchoService.onTcp();
        Forward forward = here();
        SocketChannel socket = SocketChannel.open(Client.of(forward.address()))) {
      String port = "%04x".formatted(echo.port());
      socket.write(
          ByteBuffer.wrap(
              HexFormat.of().parseHex("050100" + "050100017f000001" + port + "796f75")));
      socket.shutdownOutput();
      assertThat(Client.rest(socket)).endsWith("hello:you");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "474554202f20485454502f312e31, its client does not speak SOCKS 4 or 5",
    "0501, its client went before it said where to",
    "050100 05010003 ff61, its client went before it said where to",
    "0401 0050, its client went before it said where to",
  })
  void aHostileClientLeavesNothing(String said, String why) throws Exception {
    try (Forward forward = here()) {
      for (int i = 0; i < 200; i++) {
        try (SocketChannel socket = SocketChannel.open(Client.of(forward.address()))) {
          socket.write(ByteBuffer.wrap(HexFormat.of().parseHex(said.replace(" ", ""))));
        }
      }
      Awaitility.await().until(() -> forward.counts().refused() == 200);
      Awaitility.await().until(() -> forward.counts().open() == 0);
      assertThat(forward.counts().lastError()).hasValue(why);
    }
  }

  @Test
  void clientsThatSayNothingHoldUpNoOther() throws Exception {
    SocketChannel[] silent = new SocketChannel[300];
    try (PageServer page = PageServer.start();
        Forward forward = here()) {
      for (int i = 0; i < silent.length; i++) {
        silent[i] = SocketChannel.open(Client.of(forward.address()));
        silent[i].write(ByteBuffer.wrap(new byte[] {5}));
      }
      assertThat(curl(forward, "--socks5-hostname", page.url("127.0.0.1"))).isEqualTo("hello");
      forward.close();
      for (SocketChannel socket : silent) {
        assertThat(Client.rest(socket)).isEmpty();
        socket.close();
      }
    }
  }
}
