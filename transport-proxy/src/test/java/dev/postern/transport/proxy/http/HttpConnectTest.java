package dev.postern.transport.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.postern.api.config.MisconfiguredException;
import dev.postern.api.hop.Endpoint;
import dev.postern.api.secret.Secret;
import dev.postern.api.transport.Transport;
import dev.postern.testkit.FakeHopContext;
import dev.postern.testkit.FakePerson;
import dev.postern.transport.proxy.wire.FakeHop;
import dev.postern.transport.proxy.wire.FakeProxy;
import dev.postern.transport.proxy.wire.Links;
import java.io.IOException;
import java.net.SocketException;
import java.nio.channels.AsynchronousByteChannel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpConnectTest {
  private static final Endpoint TARGET = new Endpoint("db.internal", 22);
  private static final String REQUEST =
      "CONNECT db.internal:22 HTTP/1.1\r\nHost: db.internal:22\r\n\r\n";

  private final FakeHopContext hop = new FakeHopContext(new FakePerson());
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private FakeProxy proxy;

  @AfterEach
  void closeProxy() throws IOException {
    if (proxy != null) {
      proxy.close();
    }
  }

  @Test
  void aConnectionIsAskedForAndThenCarriesBytes() throws Exception {
    listen(
        it -> {
          heads.add(it.head());
          it.say("HTTP/1.1 200 Connection established\r\nVia: x\r\n\r\n");
          it.expect("68 69");
          it.say("yes");
        });
    AsynchronousByteChannel channel = Links.channel(transport().open(TARGET, null));
    Links.write(channel, "hi");
    assertThat(Links.read(channel, 3)).isEqualTo("yes");
    proxy.done();
    assertThat(heads).containsExactly(REQUEST);
    assertThat(hop.notes())
        .contains(name() + " answered 200 Connection established to CONNECT db.internal:22");
  }

  @Test
  void anAddressOfVersion6StandsInBrackets() throws Exception {
    listen(
        it -> {
          heads.add(it.head());
          it.say("HTTP/1.1 200\r\n\r\n");
        });
    transport().open(new Endpoint("fd00::1", 2222), null);
    assertThat(heads)
        .containsExactly("CONNECT [fd00::1]:2222 HTTP/1.1\r\nHost: [fd00::1]:2222\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.0 200 Connection established\r\n\r\n",
        "HTTP/1.1 200\r\n\r\n",
        "HTTP/1.1 299 Fine\nX: y\n\n",
        "HTTP/1.1 102 Processing\r\nX: y\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n",
      })
  void whatComesBehindTheReplyIsSshsInOnePieceOrMany(String reply) throws Exception {
    listen(it -> it.say(reply + "SSH"), it -> it.sayByteByByte(reply + "SSH"));
    assertThat(Links.read(Links.channel(transport().open(TARGET, null)), 3)).isEqualTo("SSH");
    assertThat(Links.read(Links.channel(transport().open(TARGET, null)), 3)).isEqualTo("SSH");
  }

  @Test
  void credentialsAreSentOnceTheProxyAsksAndOnANewConnection() throws Exception {
    listen(
        it -> {
          heads.add(it.head());
          it.say("HTTP/1.1 407 Auth\r\nProxy-Authenticate: Basic realm=\"x\"\r\n\r\nbody");
          it.close();
        },
        it -> {
          heads.add(it.head());
          it.say("HTTP/1.1 200 OK\r\n\r\nSSH");
        });
    AsynchronousByteChannel channel =
        Links.channel(transport("ann", Secret.of("pä")).open(TARGET, null));
    assertThat(Links.read(channel, 3)).isEqualTo("SSH");
    assertThat(heads)
        .containsExactly(
            REQUEST,
            "CONNECT db.internal:22 HTTP/1.1\r\nHost: db.internal:22\r\nProxy-Authorization: Basic YW5uOnDDpA==\r\n\r\n");
    assertThat(hop.notes())
        .contains(
            name() + " answered 407 Auth to CONNECT db.internal:22",
            name() + " answered 200 OK to CONNECT db.internal:22 as ann")
        .noneMatch(note -> note.contains("YW5u"));
  }

  @Test
  void aProxyThatDoesNotAskIsNotToldThePassword() throws Exception {
    listen(
        it -> {
          heads.add(it.head());
          it.say("HTTP/1.1 200 OK\r\n\r\n");
        });
    Secret unread =
        () -> {
          throw new AssertionError("nobody asked");
        };
    transport("ann", unread).open(TARGET, null);
    assertThat(heads).containsExactly(REQUEST);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Negotiate, NTLM | negotiate or ntlm",
        "Digest realm=\"basic\", qop=auth, Negotiate | digest or negotiate",
      })
  void aProxyThatWantsSomethingElseIsNotToldThePassword(String challenges, String words) {
    String headers =
        challenges.startsWith("Digest")
            ? "Proxy-Authenticate: Digest realm=\"basic\"\r\nPROXY-AUTHENTICATE: Negotiate\r\n"
            : "Proxy-Authenticate: Negotiate\r\nProxy-Authenticate: NTLM\r\n";
    listen(it -> it.say("HTTP/1.1 407 Auth\r\n" + headers + "\r\n"));
    assertThatThrownBy(() -> transport("ann", Secret.of("x")).open(TARGET, null))
        .hasMessage(
            "%s wants to be signed in to with %s, and only Basic is served"
                .formatted(name(), words));
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 407})
  void aRefusedPasswordIsToldWithoutIt(int status) {
    listen(
        it -> it.say("HTTP/1.1 407 Who?\r\n\r\n"),
        it -> it.say("HTTP/1.1 " + status + " Who?\r\n\r\n"));
    assertThatThrownBy(() -> transport("ann", Secret.of("sesame")).open(TARGET, null))
        .hasMessage(
            "%s refused the user 'ann' (it answered \"%d Who?\"); check user and password"
                .formatted(name(), status));
    assertThat(hop.notes()).noneMatch(note -> note.contains("sesame"));
  }

  @Test
  void aProxyThatWantsAUserAndHasNoneSaysWhatToSet() {
    listen(it -> it.say("HTTP/1.1 407 Who?\r\n\r\n"));
    assertThatThrownBy(() -> transport().open(TARGET, null))
        .hasMessage(
            name()
                + " wants us to sign in (it answered \"407 Who?\"); set 'user' and 'password' of the transport");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 Unauthorized | it may be a web server, or a proxy without CONNECT; check 'proxy'",
        "403 Forbidden | its rules do not allow it; have host and port allowed there",
        "400 Bad | it may be a web server, or a proxy without CONNECT; check 'proxy'",
        "405 Method Not Allowed | it may be a web server, or a proxy without CONNECT; check 'proxy'",
        "502 Bad Gateway | it cannot reach the host, whose name it resolves; check that an SSH server listens there",
        "503 Full | it is overloaded, or cannot reach the host; try later",
        "302 Found | the proxy's log may say more",
      })
  void everyRefusalIsPutInWords(String status, String words) {
    listen(it -> it.say("HTTP/1.1 " + status + "\r\n\r\n"));
    assertThatThrownBy(() -> transport().open(TARGET, null))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "%s did not connect to db.internal:22 (it answered \"%s\"); %s"
                .formatted(name(), status, words));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"SSH-2.0-OpenSSH_9.2 | SSH-2.0-OpenSSH_9.2", "HTTP/2 200 OK | HTTP/2 200 OK"})
  void anotherServerIsNoProxy(String greeting, String shown) {
    listen(it -> it.say(greeting));
    assertThatThrownBy(() -> transport().open(TARGET, null))
        .hasMessage(
            "what listens at %s is not an HTTP proxy: it began with \"%s\"; check 'proxy'"
                .formatted(proxy.endpoint(), shown));
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 200 ", "HTTP/1.1 200 OK\r\n"})
  void aReplyWithoutEndIsBounded(String beginning) {
    listen(
        it -> {
          it.say(beginning);
          try {
            for (int i = 0; i < 100_000; i++) {
              it.say("X: hostile\r\n");
            }
          } catch (SocketException e) {
            // It was cut off.
          }
        });
    assertThatThrownBy(() -> transport().open(TARGET, null))
        .hasMessage(
            name() + " answered with more than 64 KiB of headers; it is broken, or no HTTP proxy");
  }

  @Test
  void aLongReasonIsShortened() {
    listen(it -> it.say("HTTP/1.1 403 " + "x".repeat(5000) + "\r\n\r\n"));
    assertThatThrownBy(() -> transport().open(TARGET, null))
        .hasMessageContaining("(it answered \"403 " + "x".repeat(200) + "…\")");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 2", "HTTP/1.1 200 OK\r\nVia: x\r\n"})
  void aReplyThatIsCutOffIsTold(String beginning) {
    listen(
        it -> {
          it.head();
          it.say(beginning);
          it.close();
        });
    assertThatThrownBy(() -> transport().open(TARGET, null))
        .hasMessage(
            "%s closed the connection before it had answered CONNECT db.internal:22; check that an HTTP proxy listens there"
                .formatted(name()));
  }

  @Test
  void anInterruptedWaitSaysWhatForAndLeavesNoConnection() throws Exception {
    listen(
        it -> {
          it.head();
          assertThat(it.socket().getInputStream().read()).isEqualTo(-1);
        });
    CompletableFuture<Throwable> result = new CompletableFuture<>();
    Thread opener =
        new Thread(
            () -> {
              try {
                transport().open(TARGET, null);
              } catch (IOException | InterruptedException e) {
                result.complete(e);
              }
            });
    opener.start();
    await().until(() -> proxy.connections() == 1 && opener.getState() == Thread.State.WAITING);
    opener.interrupt();
    assertThat(result.get())
        .isInstanceOf(InterruptedException.class)
        .hasMessage(
            "waited for the answer of %s to CONNECT db.internal:22; check that an HTTP proxy listens there"
                .formatted(name()));
    proxy.done();
  }

  @Test
  void headersOfOnesOwnAreSent() throws Exception {
    listen(
        it -> {
          heads.add(it.head());
          it.say("HTTP/1.1 200 OK\r\n\r\n");
        });
    open(Map.of("Proxy-Authorization", Secret.of("Bearer t"), "A", Secret.of("b")));
    assertThat(heads)
        .containsExactly(
            "CONNECT db.internal:22 HTTP/1.1\r\nHost: db.internal:22\r\nA: b\r\nProxy-Authorization: Bearer t\r\n\r\n");
  }

  @Test
  void aHeaderStaysOnItsLine() {
    listen(it -> it.say("HTTP/1.1 200 OK\r\n\r\n"));
    assertThatThrownBy(() -> open(Map.of("A", Secret.of("b\r\nC: d"))))
        .hasMessage(
            "the header 'A' for %s has a line break or another control character"
                .formatted(name()));
  }

  private void open(Map<String, Secret> headers) throws Exception {
    new HttpConnectProvider()
        .create(
            new HttpConnectConfig(proxy.endpoint(), Optional.empty(), Optional.empty(), headers),
            hop)
        .open(TARGET, null);
  }

  @Test
  void aHostThatWouldBreakTheRequestIsRefused() {
    listen();
    assertThatThrownBy(() -> transport().open(new Endpoint("a\r\nX: y", 22), null))
        .isInstanceOf(MisconfiguredException.class)
        .hasMessageContaining("has a character that an HTTP proxy cannot be told");
    assertThat(proxy.connections()).isZero();
  }

  @Test
  void behindAHopEveryConnectionGoesThroughIt() throws Exception {
    listen(it -> it.say("HTTP/1.1 407 Who?\r\n\r\n"), it -> it.say("HTTP/1.1 200 OK\r\n\r\nSSH"));
    FakeHop previous = new FakeHop();
    AsynchronousByteChannel channel =
        Links.channel(transport("ann", Secret.of("x")).open(TARGET, previous));
    assertThat(Links.read(channel, 3)).isEqualTo("SSH");
    assertThat(previous.asked()).containsExactly(proxy.endpoint(), proxy.endpoint());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a b | headers: 'a b' is no name of a header",
        "host | headers: 'host' cannot be set",
        "proxy-authorization | headers: 'proxy-authorization' is made of 'user' and 'password'; set one or the other",
      })
  void headersThatCannotBeAreRefused(String name, String words) {
    assertThatThrownBy(
            () ->
                new HttpConnectConfig(
                    TARGET,
                    Optional.of("ann"),
                    Optional.of(Secret.of("x")),
                    Map.of(name, Secret.of("x"))))
        .hasMessage(words);
  }

  @Test
  void aUserThatBasicCannotSendIsRefused() {
    assertThatThrownBy(
            () ->
                new HttpConnectConfig(
                    TARGET, Optional.of("a:b"), Optional.of(Secret.of("x")), Map.of()))
        .hasMessage("'user' has a colon or a control character, which Basic cannot send");
  }

  private void listen(FakeProxy.Script... scripts) {
    proxy = FakeProxy.of(scripts);
  }

  private String name() {
    return "the proxy " + proxy.endpoint();
  }

  private Transport transport() {
    return new HttpConnectProvider()
        .create(
            new HttpConnectConfig(proxy.endpoint(), Optional.empty(), Optional.empty(), Map.of()),
            hop);
  }

  private Transport transport(String user, Secret password) {
    return new HttpConnectProvider()
        .create(
            new HttpConnectConfig(
                proxy.endpoint(), Optional.of(user), Optional.of(password), Map.of()),
            hop);
  }
}
