package dev.postern.core.sshd.sftp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.postern.core.sshd.sftp.Answers.Named;
import dev.postern.core.sshd.sftp.FakePipe.Packet;
import dev.postern.problem.Code;
import dev.postern.sftp.FileInfo;
import dev.postern.sftp.Sftp;
import dev.postern.sftp.SftpException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.sshd.sftp.common.SftpConstants;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server may do, and what it gets for it. */
final class HostileServerTest {
  private static final byte[] HANDLE = {1};

  private FakePipe pipe = new FakePipe(packet -> List.of());

  private Sftp start(Function<Packet, List<byte[]>> server) throws Exception {
    pipe = new FakePipe(server);
    try {
      return SftpSession.start(pipe, Duration.ofMillis(300)).get();
    } catch (ExecutionException e) {
      throw (SftpException) e.getCause();
    }
  }

  /** Says hello and answers one command so, all others with OK. */
  private Sftp answering(int command, Function<Packet, byte[]> answer) throws Exception {
    return start(
        packet ->
            List.of(packet.command() == command ? answer.apply(packet) : opening(packet, command)));
  }

  private static byte[] opening(Packet packet, int command) {
    return packet.command() == SftpConstants.SSH_FXP_OPEN
            || (packet.command() == SftpConstants.SSH_FXP_OPENDIR)
        ? Answers.handle(packet.id(), HANDLE)
        : Answers.usual(packet);
  }

  private void assertBroken(ThrowingCallable call, Code code, String sentence) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SftpException.class,
            failure -> {
              assertThat(failure.sentence()).isEqualTo(sentence);
              assertThat(failure.code()).isEqualTo(code);
            });
    assertThat(pipe.isShut()).isTrue();
  }

  @Test
  void aTextInPlaceOfSftpIsTakenForThatOfALoginScript() {
    assertBroken(
        () -> start(packet -> List.of("Welcome to this machine!\n".getBytes(US_ASCII))),
        Code.SFTP_BROKEN_RULES,
        "the server answers with something that is not SFTP; maybe its login scripts print a text, which they must not where nobody looks");
  }

  @Test
  void anotherVersionIsNotSpoken() {
    assertBroken(
        () -> start(packet -> List.of(Answers.version(6))),
        Code.SFTP_UNSUPPORTED,
        "the server speaks version 6 of SFTP, and only version 3 is spoken here");
  }

  @Test
  void aPacketOfFourGibibytesIsNotWaitedFor() throws Exception {
    Sftp sftp =
        answering(
            SftpConstants.SSH_FXP_STAT,
            packet -> ByteBuffer.allocate(9).putInt(0xffffffff).array());
    assertBroken(
        () -> sftp.stat("x"),
        Code.SFTP_BROKEN_RULES,
        "the server sent an SFTP packet of 4294967295 bytes; it may have 5 to 263168");
  }

  @Test
  void anAnswerToNoRequestEndsIt() throws Exception {
    Sftp sftp =
        answering(
            SftpConstants.SSH_FXP_STAT,
            packet -> Answers.attributes(packet.id() + 7, Answers.FILE, 1));
    assertBroken(
        () -> sftp.stat("x"),
        Code.SFTP_BROKEN_RULES,
        "the server answered a request that was not made");
  }

  @Test
  void silenceEnds() throws Exception {
    Sftp sftp =
        start(
            packet ->
                packet.command() == SftpConstants.SSH_FXP_STAT
                    ? List.of()
                    : List.of(Answers.usual(packet)));
    assertBroken(() -> sftp.stat("x"), Code.SFTP_SILENT, "the server has not answered for 0 s");
  }

  @Test
  void aReadOfNothingIsNoProgress() throws Exception {
    Sftp sftp =
        answering(SftpConstants.SSH_FXP_READ, packet -> Answers.data(packet.id(), new byte[0]));
    assertBroken(
        () -> sftp.read("x").read(),
        Code.SFTP_BROKEN_RULES,
        "the server answered a read of 32768 bytes with 0");
  }

  @Test
  void moreDataThanAskedForIsNotTaken() throws Exception {
    Sftp sftp =
        answering(SftpConstants.SSH_FXP_READ, packet -> Answers.data(packet.id(), new byte[32769]));
    assertBroken(
        () -> sftp.read("x").read(),
        Code.SFTP_BROKEN_RULES,
        "the server answered a read of 32768 bytes with 32769");
  }

  @ParameterizedTest
  @ValueSource(ints = {257, 10_000})
  void aHandleThatIsTooLongIsNotCarriedAround(int length) throws Exception {
    Sftp sftp =
        answering(
            SftpConstants.SSH_FXP_OPEN, packet -> Answers.handle(packet.id(), new byte[length]));
    assertBroken(
        () -> sftp.read("x"),
        Code.SFTP_BROKEN_RULES,
        "the server gave a handle of %d bytes; it may have 256".formatted(length));
  }

  @Test
  void aHandleOfNothingIsNone() throws Exception {
    Sftp sftp =
        answering(SftpConstants.SSH_FXP_OPEN, packet -> Answers.handle(packet.id(), new byte[0]));
    assertBroken(
        () -> sftp.read("x"),
        Code.SFTP_BROKEN_RULES,
        "the server's answer about x is not what SFTP allows (Null/empty handle in buffer)");
  }

  @Test
  void aFolderThatRepeatsItselfEnds() throws Exception {
    Sftp sftp =
        answering(
            SftpConstants.SSH_FXP_READDIR,
            packet -> Answers.names(packet.id(), List.of(new Named("a", Answers.FILE, 1))));
    assertBroken(
        () -> sftp.list("x"), Code.SFTP_BROKEN_RULES, "the server lists a folder without end");
  }

  @Test
  void aFolderListedInNoNamesIsAtItsEnd() throws Exception {
    Sftp sftp =
        answering(SftpConstants.SSH_FXP_READDIR, packet -> Answers.names(packet.id(), List.of()));
    assertThat(sftp.list("x")).isEmpty();
  }

  @Test
  void aSizeThatNoFileHasIsRefused() throws Exception {
    Sftp sftp =
        answering(
            SftpConstants.SSH_FXP_STAT,
            packet -> Answers.attributes(packet.id(), Answers.FILE, -1));
    assertBroken(
        () -> sftp.stat("x"),
        Code.SFTP_BROKEN_RULES,
        "the server's answer about x is not what SFTP allows (a size of 18446744073709551615 bytes)");
  }

  @Test
  void anAnswerOfAnotherKindEndsIt() throws Exception {
    Sftp sftp =
        answering(SftpConstants.SSH_FXP_STAT, packet -> Answers.handle(packet.id(), HANDLE));
    assertThatThrownBy(() -> sftp.stat("x"))
        .hasMessageStartingWith("the server's answer about x is not what SFTP allows (Unexpected")
        .hasMessageEndingWith("[PST-X005]");
    assertThat(pipe.isShut()).isTrue();
  }

  @Test
  void anAnswerThatIsCutOffEndsIt() throws Exception {
    Sftp sftp =
        answering(
            SftpConstants.SSH_FXP_STAT,
            packet -> Answers.framed(Answers.begun(SftpConstants.SSH_FXP_ATTRS, packet.id())));
    assertThatThrownBy(() -> sftp.stat("x"))
        .hasMessageStartingWith("the server's answer about x is not what SFTP allows")
        .hasMessageEndingWith("[PST-X005]");
    assertThat(pipe.isShut()).isTrue();
  }

  @Test
  void whatIsSaidIsSanitisedAndDoesNotEndTheSession() throws Exception {
    Sftp sftp =
        answering(
            SftpConstants.SSH_FXP_STAT,
            packet -> Answers.status(packet.id(), 4, "\u001b]52;c;eA==\u0007no\nway"));
    assertThatThrownBy(() -> sftp.stat("a\u001b[2Jb"))
        .hasMessage(
            "a\\x1b[2Jb: the server failed (status 4, it said: \"\\x1b]52;c;eA==\\x07no\\nway\") [PST-X004]");
    assertThat(pipe.isShut()).isFalse();
  }

  @Test
  void shortReadsAreCompleted() throws Exception {
    byte[] content = new byte[100_000];
    new java.util.Random(1).nextBytes(content);
    Sftp sftp = answering(SftpConstants.SSH_FXP_READ, packet -> part(packet, content, 1000));
    try (InputStream input = sftp.read("x")) {
      assertThat(input.readAllBytes()).isEqualTo(content);
    }
  }

  /** At most so many bytes of what is asked for. */
  private static byte[] part(Packet packet, byte[] content, int most) {
    ByteBuffer body = packet.body();
    body.position(body.position() + 4 + HANDLE.length);
    long offset = body.getLong();
    int length = Math.min(most, body.getInt());
    if (offset >= content.length) {
      return Answers.status(packet.id(), SftpConstants.SSH_FX_EOF, "end");
    }
    int end = (int) Math.min(content.length, offset + length);
    return Answers.data(packet.id(), java.util.Arrays.copyOfRange(content, (int) offset, end));
  }

  @Test
  void aStreamThatIsGivenUpLeavesNothingAskedFor() throws Exception {
    AtomicInteger closed = new AtomicInteger();
    Sftp sftp =
        start(
            packet -> {
              if (packet.command() == SftpConstants.SSH_FXP_CLOSE) {
                closed.incrementAndGet();
              }
              return List.of(
                  packet.command() == SftpConstants.SSH_FXP_READ
                      ? part(packet, new byte[1 << 20], 1 << 20)
                      : opening(packet, 0));
            });
    InputStream input = sftp.read("x");
    assertThat(input.read()).isZero();
    input.close();
    assertThat(closed).hasValue(1);
    assertThatThrownBy(input::read).isInstanceOf(IOException.class);
  }

  @Test
  void aWriteThatFailsIsToldAtTheLatestByClose() throws Exception {
    Sftp sftp =
        answering(SftpConstants.SSH_FXP_WRITE, packet -> Answers.status(packet.id(), 4, "Failure"));
    java.io.OutputStream output = sftp.write("x", 0, 0644);
    output.write(1);
    assertThatThrownBy(output::close)
        .hasMessage("x: the server failed (status 4, it said: \"Failure\") [PST-X004]");
    assertThat(pipe.commands()).contains(SftpConstants.SSH_FXP_CLOSE);
  }

  @Test
  void whatWasWrittenBehindAFailureIsCutOff() throws Exception {
    AtomicInteger writes = new AtomicInteger();
    AtomicLong size = new AtomicLong(-1);
    Sftp sftp =
        start(
            packet -> {
              if (packet.command() == SftpConstants.SSH_FXP_FSETSTAT) {
                size.set(packet.body().getLong(9 + 4 + HANDLE.length + 4));
              }
              boolean fails =
                  packet.command() == SftpConstants.SSH_FXP_WRITE && writes.incrementAndGet() == 2;
              return List.of(
                  fails ? Answers.status(packet.id(), 4, "Failure") : opening(packet, 0));
            });
    java.io.OutputStream output = sftp.write("x", 1000, 0644);
    assertThatThrownBy(
            () -> {
              try (output) {
                output.write(new byte[100_000]);
              }
            })
        .hasMessage("x: the server failed (status 4, it said: \"Failure\") [PST-X004]")
        .hasNoSuppressedExceptions();
    assertThat(size).hasValue(1000 + 32768);
    assertThat(pipe.commands()).endsWith(SftpConstants.SSH_FXP_CLOSE);
  }

  @Test
  void aServerThatAnswersOthersIsNotSilent() throws Exception {
    List<byte[]> late = new java.util.concurrent.CopyOnWriteArrayList<>();
    AtomicInteger others = new AtomicInteger();
    Sftp sftp =
        start(
            packet -> {
              if (packet.command() != SftpConstants.SSH_FXP_STAT) {
                return List.of(Answers.usual(packet));
              }
              byte[] answer = Answers.attributes(packet.id(), Answers.FILE, 1);
              if (packet.name().equals("late")) {
                late.add(answer);
                return List.of();
              }
              return others.incrementAndGet() < 8 ? List.of(answer) : List.of(answer, late.get(0));
            });
    CompletableFuture<FileInfo> told =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return sftp.stat("late");
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    Awaitility.await().until(() -> !late.isEmpty());
    for (int i = 0; i < 8; i++) {
      sftp.stat("other");
      // Less than it may be silent, and more than that in all.
      Thread.sleep(60);
    }
    assertThat(told.get().size()).isEqualTo(1);
  }

  @Test
  void aRenameThatFailsRemovesNothingThatIsNoFile() throws Exception {
    Sftp sftp =
        start(
            packet ->
                List.of(
                    switch (packet.command()) {
                      case SftpConstants.SSH_FXP_RENAME ->
                          Answers.status(packet.id(), 4, "Failure");
                      case SftpConstants.SSH_FXP_LSTAT ->
                          Answers.attributes(packet.id(), Answers.FOLDER, 0);
                      default -> Answers.usual(packet);
                    }));
    assertThatThrownBy(() -> sftp.rename("a", "b"))
        .hasMessage("b: the server failed (status 4, it said: \"Failure\") [PST-X004]");
    assertThat(pipe.commands()).doesNotContain(SftpConstants.SSH_FXP_REMOVE);
  }

  @Test
  void afterItsEndEveryCallFails() throws Exception {
    Sftp sftp = start(packet -> List.of(Answers.usual(packet)));
    sftp.close();
    assertThatThrownBy(() -> sftp.remove("x")).hasMessage("SFTP was closed [PST-T012]");
    assertThat(sftp.closed().toCompletableFuture()).isCompleted();
  }

  @Test
  void namesAreBytes() throws Exception {
    Sftp sftp =
        answering(
            SftpConstants.SSH_FXP_READLINK,
            packet -> Answers.name(packet.id(), packet.name() + "\u00ff"));
    assertThat(sftp.readLink("\u00fc\udcff")).isEqualTo("\u00fc\udcff\udcff");
  }
}
