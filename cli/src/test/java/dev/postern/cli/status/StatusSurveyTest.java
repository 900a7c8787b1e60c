package dev.postern.cli.status;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StatusSurveyTest {
  private static final Running.Route ROUTE =
      new Running.Route(
          "db",
          7,
          Instant.ofEpochSecond(100),
          "reconnecting",
          3,
          Optional.of(1_500L),
          Optional.of("lost [PST-T009]"),
          List.of(
              new ForwardStatus(
                  "local",
                  "127.0.0.1:15432",
                  Optional.of("localhost:5432"),
                  "reconnecting",
                  1,
                  4,
                  2,
                  1_000_000_000_000L,
                  9,
                  Optional.of("refused"))));

  private final Map<String, String> environment = new HashMap<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  @TempDir private Path home;
  private Path folder;
  private StatusPlaces places;

  @BeforeEach
  void placeSockets() {
    places = new StatusPlaces(environment, home, Optional.empty());
    folder = home.resolve(".local/state/postern/run");
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  private StatusSocket listen(StatusPlaces where, Running.Route route) throws IOException {
    StatusSocket socket = StatusSocket.open(where, route.pid(), () -> route);
    open.add(socket);
    return socket;
  }

  private List<Running> survey() throws IOException {
    return new StatusSurvey(places).take();
  }

  private ServerSocketChannel bind(int pid) throws IOException {
    places.toListenIn();
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    channel.bind(UnixDomainSocketAddress.of(folder.resolve("forward-" + pid + ".sock")));
    open.add(channel);
    return channel;
  }

  private static void answer(ServerSocketChannel server, byte[] words, boolean forEver) {
    Thread thread =
        new Thread(
            () -> {
              try (SocketChannel client = server.accept()) {
                do {
                  client.write(ByteBuffer.wrap(words));
                } while (forEver);
              } catch (IOException e) {
                // The survey has had enough.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  @Test
  void aProcessIsSeenUntilItCloses() throws Exception {
    StatusSocket socket = listen(places, ROUTE);
    assertThat(survey()).containsExactly(ROUTE);
    assertThat(survey()).containsExactly(ROUTE);
    socket.close();
    assertThat(survey()).isEmpty();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
    await().until(() -> !isThere("postern-status"));
  }

  private static boolean isThere(String thread) {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(each -> each.getName().equals(thread));
  }

  @Test
  void onlyItsOwnerMayConnect() throws Exception {
    listen(places, ROUTE);
    assertThat(mode(folder)).isEqualTo("rwx------");
    assertThat(mode(folder.resolve("forward-7.sock"))).isEqualTo("rw-------");
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void thePlaceIsTheSessionsWhereThereIsOne() throws Exception {
    Path session = Files.createDirectory(home.resolve("session"));
    Files.setPosixFilePermissions(session, PosixFilePermissions.fromString("rwx------"));
    listen(places, ROUTE);
    environment.put("XDG_RUNTIME_DIR", session.toString());
    listen(
        places, new Running.Route("other", 8, ROUTE.since(), "up", 0, none(), none(), List.of()));
    assertThat(session.resolve("postern/forward-8.sock")).exists();
    assertThat(survey()).extracting(Running::pid).containsExactly(7L, 8L);
  }

  private static <T> Optional<T> none() {
    return Optional.empty();
  }

  @Test
  void aSessionsFolderThatOthersMayEnterIsNotUsed() throws Exception {
    Path session = Files.createDirectory(home.resolve("session"));
    Files.setPosixFilePermissions(session, PosixFilePermissions.fromString("rwxr-xr-x"));
    environment.put("XDG_RUNTIME_DIR", session.toString());
    listen(places, ROUTE);
    assertThat(session).isEmptyDirectory();
    assertThat(folder.resolve("forward-7.sock")).exists();
  }

  @Test
  void aFolderThatOthersMayEnterIsRefused() throws Exception {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> listen(places, ROUTE))
        .isInstanceOf(IOException.class)
        .hasMessage(folder + " is not a folder that is yours alone (mode 0700)");
    assertThat(survey()).isEmpty();
  }

  @Test
  void aLinkInPlaceOfTheFolderIsRefused() throws Exception {
    Path elsewhere = Files.createDirectory(home.resolve("elsewhere"));
    Files.createDirectories(folder.getParent());
    Files.createSymbolicLink(folder, elsewhere);
    assertThatThrownBy(() -> listen(places, ROUTE))
        .hasMessage(folder + " is not a folder that is yours alone (mode 0700)");
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void withoutAHomeNothingIsMade() {
    StatusPlaces nowhere = new StatusPlaces(environment, home.resolve("gone"), Optional.empty());
    assertThatThrownBy(() -> listen(nowhere, ROUTE))
        .hasMessage("there is no folder " + home.resolve("gone"));
    assertThat(home.resolve("gone")).doesNotExist();
  }

  @Test
  void distributionsDoNotSeeEachOther() throws Exception {
    StatusPlaces acme = new StatusPlaces(environment, home, Optional.of("acme"));
    listen(acme, ROUTE);
    assertThat(survey()).isEmpty();
    assertThat(new StatusSurvey(acme).take()).containsExactly(ROUTE);
  }

  @Test
  void aSocketOnWhichNobodyListensIsRemoved() throws Exception {
    bind(9).close();
    assertThat(folder.resolve("forward-9.sock")).exists();
    assertThat(survey()).isEmpty();
    assertThat(folder.resolve("forward-9.sock")).doesNotExist();
  }

  @Test
  void aProcessThatComesAfterOneOfItsNumberTakesItsPlace() throws Exception {
    bind(7).close();
    listen(places, ROUTE);
    assertThat(survey()).containsExactly(ROUTE);
  }

  @Test
  void whatIsNoSocketIsLeftAlone() throws Exception {
    places.toListenIn();
    Path target = Files.writeString(home.resolve("target"), "precious");
    Path link = Files.createSymbolicLink(folder.resolve("forward-1.sock"), target);
    Path file = Files.writeString(folder.resolve("forward-2.sock"), "{}");
    Path pipe = folder.resolve("forward-3.sock");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Path odd = Files.createDirectory(folder.resolve("forward-x.sock"));
    assertThat(survey()).isEmpty();
    assertThat(link).isSymbolicLink();
    assertThat(List.of(file, pipe, odd, target)).allMatch(Files::exists);
  }

  @Test
  void aProcessThatDoesNotAnswerIsWaitedForOnceForAll() throws Exception {
    bind(11);
    bind(12);
    bind(13);
    listen(places, ROUTE);
    long begun = System.nanoTime();
    assertThat(survey())
        .containsExactly(
            new Running.Silent(11, "does not answer"),
            new Running.Silent(12, "does not answer"),
            new Running.Silent(13, "does not answer"),
            ROUTE);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(2_500));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SSH-2.0-x\r\n",
        "{}",
        "[1]",
        "{\"route\":\"db\",\"since\":\"now\",\"state\":\"up\",\"attempt\":0,\"forwards\":[]}",
        "{\"route\":\"db\",\"since\":\"2026-01-01T00:00:00Z\",\"state\":\"up\",\"attempt\":0,\"forwards\":[1]}",
        "{\"a\":[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}"
      })
  void garbageIsSaidToBeSo(String words) throws Exception {
    answer(bind(11), words.getBytes(UTF_8), false);
    assertThat(survey()).containsExactly(new Running.Silent(11, "answers what cannot be read"));
  }

  @Test
  void anEndlessAnswerHasAnEnd() throws Exception {
    answer(bind(11), "[".repeat(100_000).getBytes(UTF_8), true);
    assertThat(survey()).containsExactly(new Running.Silent(11, "answers what cannot be read"));
  }

  @Test
  void whatASocketSaysCannotSpeakToTheTerminal() throws Exception {
    answer(
        bind(11),
        "{\"route\":\"\\u001b[2J\",\"since\":\"2026-01-01T00:00:00Z\",\"state\":\"up\",\"attempt\":-1,\"forwards\":[]}"
            .getBytes(UTF_8),
        false);
    Running.Route route = (Running.Route) survey().get(0);
    assertThat(route.route()).isEqualTo("\\x1b[2J");
    assertThat(route.attempt()).isZero();
  }

  @Test
  void whoAsksAndDoesNotReadKeepsNobodyOut() throws Exception {
    String wide = "x".repeat(1_000);
    List<ForwardStatus> many = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      many.add(new ForwardStatus("local", wide, none(), "up", 0, 0, 0, 0, 0, Optional.of(wide)));
    }
    Running.Route big = new Running.Route("db", 7, ROUTE.since(), "up", 0, none(), none(), many);
    listen(places, big);
    try (SocketChannel idle =
        SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("forward-7.sock")))) {
      assertThat(idle.isConnected()).isTrue();
      await().atMost(Duration.ofSeconds(10)).until(() -> survey().equals(List.of(big)));
    }
  }
}
