package dev.postern.core.sshd;

import static dev.postern.core.sshd.Rig.done;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.api.auth.AuthMethod;
import dev.postern.api.hop.HopInfo;
import dev.postern.api.transport.Link;
import dev.postern.circuit.RemoteProcess;
import dev.postern.core.auth.ClientMove;
import dev.postern.core.auth.ServerMessage;
import dev.postern.core.circuit.Ahead;
import dev.postern.core.circuit.HopSession;
import dev.postern.core.hop.Proposal;
import dev.postern.core.memory.Remembered;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.zip.DeflaterOutputStream;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.compression.Compression;
import org.apache.sshd.common.compression.CompressionDelayedZlib;
import org.apache.sshd.common.util.buffer.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Packets that are compressed once we are signed in. */
@Timeout(60)
final class CompressionTest {
  private static final String SESSION = "server_input_channel_open: ctype session";
  private static final String ENABLED = "Enabling compression at level 6";

  @TempDir Path directory;
  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void whatGoesThroughTwoHopsIsTheSameAcrossNewKeys() throws Exception {
    compressed(true);
    try (RealServer one = server("one", "RekeyLimit 1M");
        RealServer two = server("two", "RekeyLimit 1M")) {
      HopSession outer = done(open(1, one, Link.dial(Rig.local(one.port()))));
      HopSession inner = done(open(2, two, outer.link(Rig.local(two.port()))));
      byte[] content = new byte[6 << 20];
      new Random(1).nextBytes(content);
      // Half of it gets smaller.
      Arrays.fill(content, content.length / 4, content.length * 3 / 4, (byte) 'x');

      try (RemoteProcess process = done(inner.exec("cat"))) {
        Thread writing = new Thread(() -> write(process, content), "writer");
        writing.start();
        assertThat(process.output().readAllBytes()).isEqualTo(content);
        writing.join();
      }

      assertThat(log("one")).contains(ENABLED).contains("rekeying in,");
      assertThat(log("two")).contains(ENABLED).contains("rekeying in,");
      assertThat(rig.trail)
          .filteredOn(line -> line.contains("OpenSSH"))
          .hasSizeGreaterThan(2)
          .allMatch(line -> line.endsWith(", zlib@openssh.com"));
    }
  }

  private static void write(RemoteProcess process, byte[] content) {
    try (OutputStream input = process.input()) {
      input.write(content);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void unlessItIsWantedItIsNotOffered() throws Exception {
    try (RealServer server = server("one")) {
      HopSession hop = done(open(1, server, Link.dial(Rig.local(server.port()))));
      assertThat(output(hop)).isEqualTo("here\n");
      assertThat(log("one")).doesNotContain(ENABLED);
    }
  }

  @Test
  void aServerThatDoesNotIsUsedWithout() throws Exception {
    compressed(true);
    try (RealServer server = server("one", "Compression no")) {
      HopSession hop = done(open(1, server, Link.dial(Rig.local(server.port()))));
      assertThat(output(hop)).isEqualTo("here\n");
      assertThat(log("one")).doesNotContain(ENABLED);
      assertThat(rig.trail).noneMatch(line -> line.contains("zlib"));
    }
  }

  /** What is said behind the last request would have to be compressed or not by its outcome. */
  @Test
  void nothingIsSaidBeforeTheServersAnswer() throws Exception {
    compressed(true);
    Remembering memory = new Remembering();
    memory.keep(
        new Remembered(
            Remembered.NO_GUESS, "ssh-ed25519", Optional.of(AuthMethod.PUBLICKEY), true));
    rig.memory = memory;
    rig.ahead = new Ahead.Session();
    try (RealServer server = server("one")) {
      HopSession hop = done(open(1, server, Link.dial(Rig.local(server.port()))));
      assertThat(output(hop)).isEqualTo("here\n");
      assertThat(log("one").split(SESSION, -1)).hasSize(2);
      assertThat(log("one")).doesNotContain("dispatch_protocol_error").contains(ENABLED);
    }
  }

  @Test
  void aBombEndsTheSession() {
    compressed(true);
    try (TestServer server =
        TestServer.start(mina -> mina.setCompressionFactories(List.of(new BombFactory())))) {
      HopSession hop = rig.open(server.port());
      assertThat(Rig.failure(hop.exec("anything")).sentence())
          .isEqualTo(
              "the other side broke the rules of SSH: Compressed SSH packet inflated to more than"
                  + " 256kB");
      assertThat(hop.isOpen()).isFalse();
    }
  }

  /** A packet of 64 KiB that would be 64 MiB. */
  private static final class BombFactory implements NamedFactory<Compression> {
    @Override
    public String getName() {
      return "zlib@openssh.com";
    }

    @Override
    public Compression create() {
      return new CompressionDelayedZlib() {
        @Override
        public void compress(Buffer buffer) throws IOException {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          try (DeflaterOutputStream deflated = new DeflaterOutputStream(bytes)) {
            for (int i = 0; i < 64; i++) {
              deflated.write(new byte[1 << 20]);
            }
          }
          int start = buffer.rpos();
          buffer.wpos(start);
          buffer.putRawBytes(bytes.toByteArray());
          buffer.rpos(start);
        }
      };
    }
  }

  private void compressed(boolean wanted) {
    Proposal usual = Proposal.USUAL;
    rig.proposal =
        new Proposal(
            List.of("curve25519-sha256"),
            usual.ciphers(),
            usual.macs(),
            usual.hostKeyAlgorithms(),
            usual.window(),
            wanted);
  }

  private CompletableFuture<HopSession> open(int index, RealServer server, Link link) {
    TestIdentity identity = new TestIdentity(server.identity(), false);
    return rig.connect(
        new HopInfo(index, 2, System.getProperty("user.name"), Rig.local(server.port())),
        link,
        new ScriptedEngine(
            message ->
                message instanceof ServerMessage.Success
                    ? new ClientMove.SignedIn()
                    : new ClientMove.SignWithKey(identity, identity.keyType())));
  }

  private RealServer server(String name, String... lines) throws Exception {
    String[] all = Arrays.copyOf(lines, lines.length + 1);
    all[lines.length] = "LogLevel DEBUG3";
    return RealServer.start(Files.createDirectory(directory.resolve(name)), all);
  }

  private String log(String name) throws IOException {
    return Files.readString(directory.resolve(name).resolve("sshd.log"), UTF_8);
  }

  private static String output(HopSession hop) throws Exception {
    try (RemoteProcess process = done(hop.exec("echo here"))) {
      return new String(process.output().readAllBytes(), UTF_8);
    }
  }
}
