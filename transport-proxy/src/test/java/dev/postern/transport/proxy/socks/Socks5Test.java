package dev.postern.transport.proxy.socks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.postern.api.config.MisconfiguredException;
import dev.postern.api.hop.Endpoint;
import dev.postern.api.secret.Secret;
import dev.postern.api.secret.SecretException;
import dev.postern.api.transport.Transport;
import dev.postern.testkit.FakeHopContext;
import dev.postern.testkit.FakePerson;
import dev.postern.transport.proxy.wire.FakeHop;
import dev.postern.transport.proxy.wire.FakeProxy;
import dev.postern.transport.proxy.wire.FakeProxy.Connection;
import dev.postern.transport.proxy.wire.Links;
import java.io.IOException;
import java.nio.channels.AsynchronousByteChannel;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class Socks5Test {
  private static final Endpoint TARGET = new Endpoint("db.internal", 22);
  private static final String CONNECT_TARGET = "05 01 00 03 0b 64622e696e7465726e616c 0016";
  private static final String CONNECTED = "05 00 00 01 00000000 0000";

  private final FakeHopContext hop = new FakeHopContext(new FakePerson());
  private FakeProxy proxy;

  @AfterEach
  void closeProxy() throws IOException {
    if (proxy != null) {
      proxy.close();
    }
  }

  @Test
  void theProxyIsToldTheNameAndThenCarriesBytes() throws Exception {
    listen(
        it -> {
          it.expect("05 01 00");
          it.send("05 00");
          it.expect(CONNECT_TARGET);
          it.send(CONNECTED);
          it.expect("68 69");
          it.say("yes");
        });
    AsynchronousByteChannel channel = Links.channel(transport().open(TARGET, null));
    Links.write(channel, "hi");
    assertThat(Links.read(channel, 3)).isEqualTo("yes");
    proxy.done();
    assertThat(hop.notes())
        .satisfiesExactly(
            connected -> assertThat(connected).matches("connected to " + name() + " in \\d+ ms"),
            through -> assertThat(through).isEqualTo(name() + " connected to db.internal:22"));
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, 01 0a010203",
    "fd00::1, 04 fd000000000000000000000000000001",
    "999.1.2.3, 03 09 3939392e312e322e33"
  })
  void addressesAreToldAsAddresses(String host, String bytes) throws Exception {
    listen(
        it -> {
          it.expect("05 01 00");
          it.send("05 00");
          it.expect("05 01 00 " + bytes + " 0016");
          it.send(CONNECTED);
        });
    transport().open(new Endpoint(host, 22), null);
    proxy.done();
  }

  @Test
  void userAndPasswordAreSentWhenTheProxyAsks() throws Exception {
    listen(
        it -> {
          it.expect("05 02 00 02");
          it.send("05 02");
          it.expect("01 03 616e6e 03 70c3a4");
          it.send("01 00");
          it.expect(CONNECT_TARGET);
          it.send(CONNECTED);
        });
    transport("ann", Secret.of("pä")).open(TARGET, null);
    proxy.done();
    assertThat(hop.notes()).contains("signed in to " + name() + " as ann");
  }

  @Test
  void aProxyThatDoesNotAskIsNotToldThePassword() throws Exception {
    listen(
        it -> {
          it.expect("05 02 00 02");
          it.send("05 00");
          it.expect(CONNECT_TARGET);
          it.send(CONNECTED);
        });
    Secret unread =
        () -> {
          throw new AssertionError("nobody asked");
        };
    transport("ann", unread).open(TARGET, null);
    proxy.done();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 | general failure (reply 1); the proxy's log may say more",
        "2 | its rules do not allow it (reply 2); have host and port allowed there",
        "3 | network unreachable (reply 3); check that the proxy has a way to the host",
        "4 | host unreachable (reply 4); check the host; its name is resolved by the proxy",
        "5 | connection refused (reply 5); check that an SSH server listens there",
        "6 | no answer in time (reply 6); check that nothing between the proxy and the host blocks it",
        "7 | it does not serve CONNECT (reply 7); use another proxy",
        "8 | it does not know addresses of this kind (reply 8); name the host in another way",
      })
  void everyReplyIsPutInWords(int code, String words) throws Exception {
    // No more than this: some proxies end here.
    listen(it -> refuse(it, code));
    assertThatThrownBy(() -> transport().open(TARGET, null))
        .isInstanceOf(IOException.class)
        .hasMessage(name() + " did not connect to db.internal:22: " + words);
  }

  @Test
  void aReplyThatDoesNotExistIsNumbered() {
    listen(it -> refuse(it, 0xfe));
    assertThatThrownBy(() -> transport().open(TARGET, null))
        .hasMessage(
            name()
                + " did not connect to db.internal:22, with a reply that SOCKS 5 does not have (254); the proxy's log may say more");
  }

  private static void refuse(Connection connection, int code) throws IOException {
    connection.expect("05 01 00");
    connection.send("05 00");
    connection.expect(CONNECT_TARGET);
    connection.send("05 %02x".formatted(code));
    connection.close();
  }

  @Test
  void aReplyInPiecesIsPutTogether() throws Exception {
    listen(
        it -> {
          it.sayByteByByte("\5\0\5\0\0\3\377" + "x".repeat(255) + "\0\26SSH");
        });
    assertThat(Links.read(Links.channel(transport().open(TARGET, null)), 3)).isEqualTo("SSH");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 40})
  void whatComesBehindTheReplyIsSshs(int pieces) throws Exception {
    listen(
        it -> it.say("\5\0\5\0\0\1\0\0\0\0\0\0SSH-2.0-early and more of it, to be read in parts"));
    AsynchronousByteChannel channel = Links.channel(transport().open(TARGET, null));
    StringBuilder all = new StringBuilder();
    while (all.length() < 48) {
      all.append(Links.read(channel, Math.min(pieces, 48 - all.length())));
    }
    assertThat(all).hasToString("SSH-2.0-early and more of it, to be read in part");
  }

  @Test
  void anotherServerIsNoProxy() {
    listen(it -> it.say("HTTP/1.1 400 Bad Request\r\n\r\n"));
    assertThatThrownBy(() -> transport().open(TARGET, null))
        .hasMessage(
            "what listens at %s is not a SOCKS 5 proxy: it answered with the byte 0x48; check 'proxy'"
                .formatted(proxy.endpoint()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "05 ff | wants us to sign in; set 'user' and 'password' of the transport",
        "05 02 | chose a way to sign in that was not offered (0x02); it is broken, or no SOCKS 5 proxy",
        "05 00 05 00 00 09 | answered with an address of an unknown kind (0x09); it is broken, or no SOCKS 5 proxy",
      })
  void brokenAndUnwillingProxiesAreTold(String answer, String words) {
    listen(it -> it.send(answer));
    assertThatThrownBy(() -> transport().open(TARGET, null)).hasMessage(name() + " " + words);
  }

  @Test
  void aRefusedPasswordIsToldWithoutIt() {
    listen(it -> it.send("05 02 01 01"));
    assertThatThrownBy(() -> transport("ann", Secret.of("sesame")).open(TARGET, null))
        .hasMessage(name() + " refused the user 'ann'; check user and password");
    assertThat(hop.notes()).noneMatch(note -> note.contains("sesame"));
  }

  @Test
  void aProxyThatAcceptsNoWayToSignInIsTold() {
    listen(it -> it.send("05 ff"));
    assertThatThrownBy(() -> transport("ann", Secret.of("x")).open(TARGET, null))
        .hasMessage(
            name()
                + " accepts neither user and password nor anybody without; it wants a way to sign in that is not served");
  }

  @Test
  void aPasswordThatIsNotToBeHadStopsWithItsReason() {
    listen(it -> it.send("05 02"));
    Secret missing =
        () -> {
          throw new SecretException("the variable PROXY_PW is not set");
        };
    assertThatThrownBy(() -> transport("ann", missing).open(TARGET, null))
        .hasMessage(
            "the password of the user 'ann' for %s is not to be had: the variable PROXY_PW is not set"
                .formatted(name()));
  }

  @Test
  void aPasswordThatDoesNotFitIsNotSent() {
    listen(it -> it.send("05 02"));
    assertThatThrownBy(() -> transport("ann", Secret.of("x".repeat(256))).open(TARGET, null))
        .hasMessage(
            "the password of the user 'ann' for %s has no length that SOCKS 5 can send: 1 to 255 bytes"
                .formatted(name()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"'' | the greeting", "05 | the greeting", "05 00 05 00 00 | CONNECT db.internal:22"})
  void aConnectionThatEndsEarlyIsTold(String answer, String unanswered) {
    listen(
        it -> {
          it.expect("05 01 00");
          it.send(answer);
          if (answer.length() > 5) {
            it.expect(CONNECT_TARGET);
          }
          it.close();
        });
    assertThatThrownBy(() -> transport().open(TARGET, null))
        .hasMessage(
            "%s closed the connection before it had answered %s; check that a SOCKS 5 proxy listens there"
                .formatted(name(), unanswered));
  }

  @Test
  void anInterruptedWaitSaysWhatForAndLeavesNoConnection() throws Exception {
    listen(
        it -> {
          it.expect("05 01 00");
          assertThat(it.socket().getInputStream().read()).isEqualTo(-1);
        });
    CompletableFuture<Throwable> result = new CompletableFuture<>();
    Thread opener = openIn(transport(), result);
    await().until(() -> proxy.connections() == 1 && opener.getState() == Thread.State.WAITING);
    opener.interrupt();
    assertThat(result.get())
        .isInstanceOf(InterruptedException.class)
        .hasMessage(
            "waited for the answer of %s to the greeting; check that a SOCKS 5 proxy listens there"
                .formatted(name()));
    proxy.done();
  }

  @Test
  void closingEndsAnOpening() throws Exception {
    listen(
        it -> {
          it.expect("05 01 00");
          assertThat(it.socket().getInputStream().read()).isEqualTo(-1);
        });
    Transport transport = transport();
    CompletableFuture<Throwable> result = new CompletableFuture<>();
    Thread opener = openIn(transport, result);
    await().until(() -> proxy.connections() == 1 && opener.getState() == Thread.State.WAITING);
    transport.close();
    assertThat(result.get())
        .hasMessage(
            "the connection to %s broke before it had answered the greeting: it was closed"
                .formatted(name()));
    proxy.done();
  }

  private static Thread openIn(Transport transport, CompletableFuture<Throwable> result) {
    Thread thread =
        new Thread(
            () -> {
              try {
                transport.open(TARGET, null);
                result.complete(null);
              } catch (IOException | InterruptedException e) {
                result.complete(e);
              }
            });
    thread.start();
    return thread;
  }

  @Test
  void closingAfterwardsEndsTheLink() throws Exception {
    listen(
        it -> {
          it.say("\5\0\5\0\0\1\0\0\0\0\0\0");
          assertThat(it.socket().getInputStream().readAllBytes()).hasSize(21);
        });
    Transport transport = transport();
    transport.open(TARGET, null);
    transport.close();
    proxy.done();
  }

  @Test
  void nobodyAtThePortIsTold() throws Exception {
    listen();
    Endpoint gone = proxy.endpoint();
    proxy.close();
    assertThatThrownBy(() -> transport().open(TARGET, null))
        .hasMessage(
            "cannot connect to the proxy %s: %s Connection refused; check that a SOCKS 5 proxy listens there and that nothing between blocks it"
                .formatted(gone, gone));
  }

  @Test
  void everyAddressOfTheProxyIsTried() throws Exception {
    // localhost is ::1 first on many machines, and nobody listens there.
    listen(it -> it.say("\5\0\5\0\0\1\0\0\0\0\0\0"));
    Endpoint byName = new Endpoint("localhost", proxy.endpoint().port());
    Transport transport =
        new Socks5Provider()
            .create(new Socks5Config(byName, Optional.empty(), Optional.empty()), hop);
    transport.open(TARGET, null);
    proxy.done();
    assertThat(hop.notes().get(0))
        .startsWith("connected to the proxy " + byName + " at " + proxy.endpoint() + " in ");
  }

  @Test
  void anUnknownNameOfTheProxyIsTold() {
    Endpoint nowhere = new Endpoint("proxy.invalid", 1080);
    Transport transport =
        new Socks5Provider()
            .create(new Socks5Config(nowhere, Optional.empty(), Optional.empty()), hop);
    assertThatThrownBy(() -> transport.open(TARGET, null))
        .hasMessage(
            "this machine cannot resolve the name of the proxy proxy.invalid:1080; check it, or put a hop before it that knows it");
  }

  @Test
  void behindAHopTheProxyIsReachedThroughIt() throws Exception {
    listen(it -> it.say("\5\0\5\0\0\1\0\0\0\0\0\0SSH"));
    FakeHop previous = new FakeHop();
    AsynchronousByteChannel channel = Links.channel(transport().open(TARGET, previous));
    assertThat(Links.read(channel, 3)).isEqualTo("SSH");
    assertThat(previous.asked()).containsExactly(proxy.endpoint());
    assertThat(hop.notes())
        .containsExactly(
            "reached " + name() + " through alice@bastion",
            name() + " connected to db.internal:22");
  }

  @Test
  void aHopThatCannotReachTheProxyIsNamed() throws Exception {
    listen();
    proxy.close();
    assertThatThrownBy(() -> transport().open(TARGET, new FakeHop()))
        .hasMessage(
            "%s is not to be reached: hop 1/2 alice@bastion cannot reach %s"
                .formatted(name(), proxy.endpoint()));
  }

  @Test
  void whatSocksCannotNameIsRefusedBeforeAnythingIsSent() {
    listen();
    assertThatThrownBy(() -> transport().open(new Endpoint("h".repeat(256), 22), null))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessage("the host's name has 256 bytes, and SOCKS 5 has room for 255");
    assertThatThrownBy(() -> transport().open(new Endpoint("fe80::1%eth0", 22), null))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessage("the host 'fe80::1%eth0' is not an address that a proxy can be told");
  }

  @Test
  void userAndPasswordBelongTogether() {
    Endpoint anywhere = new Endpoint("proxy", 1080);
    assertThatThrownBy(() -> new Socks5Config(anywhere, Optional.of("ann"), Optional.empty()))
        .hasMessage("'user' needs a 'password' beside it");
    assertThatThrownBy(
            () -> new Socks5Config(anywhere, Optional.empty(), Optional.of(Secret.of("x"))))
        .hasMessage("'password' needs a 'user' beside it");
  }

  private void listen(FakeProxy.Script... scripts) {
    proxy = FakeProxy.of(scripts);
  }

  private String name() {
    return "the proxy " + proxy.endpoint();
  }

  private Transport transport() {
    return new Socks5Provider()
        .create(new Socks5Config(proxy.endpoint(), Optional.empty(), Optional.empty()), hop);
  }

  private Transport transport(String user, Secret password) {
    return new Socks5Provider()
        .create(new Socks5Config(proxy.endpoint(), Optional.of(user), Optional.of(password)), hop);
  }
}
