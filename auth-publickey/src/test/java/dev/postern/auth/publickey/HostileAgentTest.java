package dev.postern.auth.publickey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class HostileAgentTest {
  private static final Agent.Limits SHORT =
      new Agent.Limits(Duration.ofMillis(200), Duration.ofMillis(200));

  @TempDir private Path folder;
  private final CountDownLatch end = new CountDownLatch(1);
  private Path socket;
  private ServerSocketChannel server;

  @BeforeEach
  void listen() throws Exception {
    socket = folder.resolve("a.sock");
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
  }

  @AfterEach
  void stop() throws Exception {
    end.countDown();
    server.close();
  }

  @Test
  void aHugeLengthIsRefusedBeforeAnythingIsAllocated() throws Exception {
    answer(true, new WireWriter().uint32(-1).bytes());
    assertListingFails("its answer claims 4294967295 octets; at most 262144 are accepted");
  }

  @Test
  void aCountBeyondTheMessageIsRefused() throws Exception {
    answer(true, framed(new WireWriter().octet(12).uint32(-1).bytes()));
    assertListingFails("the data ends too early");
  }

  @Test
  void aStringBeyondTheMessageIsRefused() throws Exception {
    answer(true, framed(new WireWriter().octet(12).uint32(1).uint32(1 << 30).bytes()));
    assertListingFails("a length reaches beyond the end of the data");
  }

  @Test
  void anEmptyMessageIsRefused() throws Exception {
    answer(true, new byte[4]);
    assertListingFails("its answer claims 0 octets; at most 262144 are accepted");
  }

  @Test
  void silenceEndsInTime() throws Exception {
    answer(true, new byte[0]);
    assertListingFails("it did not answer in time");
  }

  @Test
  void halfAnAnswerEndsInTime() throws Exception {
    answer(true, new WireWriter().uint32(100).octet(12).bytes());
    assertListingFails("it did not answer in time");
  }

  @Test
  void aClosedConnectionIsAFailure() throws Exception {
    answer(false, new byte[0]);
    assertListingFails("it closed the connection");
  }

  @Test
  void anAgentThatRefusesToListIsAFailure() throws Exception {
    answer(true, framed(new byte[] {5}));
    assertListingFails("it refused to list its keys");
  }

  @Test
  void aSignatureOfAnotherAlgorithmIsRefused() throws Exception {
    byte[] signature = new WireWriter().text("ssh-rsa").string(new byte[256]).bytes();
    answer(true, framed(new WireWriter().octet(14).string(signature).bytes()));
    PublicBlob key = PublicBlob.of(new WireWriter().text("ssh-rsa").bytes());
    try (Agent agent = Agent.connect(socket, SHORT)) {
      assertThatThrownBy(() -> agent.sign(key, "rsa-sha2-512", new byte[1]))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "the agent '%s': it made a signature of ssh-rsa where rsa-sha2-512 was asked",
              socket);
    }
  }

  @Test
  void aSecurityKeysSignaturePassesAsItIs() throws Exception {
    String type = "sk-ssh-ed25519@openssh.com";
    byte[] signature = new WireWriter().text(type).string(new byte[64]).octet(1).uint32(42).bytes();
    answer(true, framed(new WireWriter().octet(14).string(signature).bytes()));
    PublicBlob key = PublicBlob.of(new WireWriter().text(type).bytes());
    try (Agent agent = Agent.connect(socket, SHORT)) {
      assertThat(agent.sign(key, type, new byte[1])).isEqualTo(signature);
    }
  }

  @Test
  void aCommentCannotCarryControlCharacters() throws Exception {
    byte[] key = new WireWriter().text("ssh-ed25519").string(new byte[32]).bytes();
    answer(
        true, framed(new WireWriter().octet(12).uint32(1).string(key).text("\u001b[2J\n").bytes()));
    try (Agent agent = Agent.connect(socket, SHORT)) {
      assertThat(agent.keys()).extracting(Agent.Key::comment).containsExactly("?[2J?");
    }
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    answer(true, new byte[0]);
    try (Agent agent =
        Agent.connect(socket, new Agent.Limits(Duration.ofMinutes(5), Duration.ofMinutes(5)))) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(agent::keys).isInstanceOf(IOException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private void assertListingFails(String reason) throws Exception {
    try (Agent agent = Agent.connect(socket, SHORT)) {
      assertThatThrownBy(agent::keys)
          .isInstanceOf(IOException.class)
          .hasMessage("the agent '%s': %s", socket, reason);
    }
  }

  private static byte[] framed(byte[] message) {
    return new WireWriter().string(message).bytes();
  }

  /** Answers one request with these octets, and keeps the connection or closes it. */
  private void answer(boolean keep, byte[] octets) {
    Thread thread =
        new Thread(
            () -> {
              try (SocketChannel client = server.accept()) {
                ByteBuffer request = ByteBuffer.allocate(4);
                client.read(request);
                Channels.newInputStream(client).readNBytes(request.getInt(0));
                client.write(ByteBuffer.wrap(octets));
                if (keep) {
                  end.await();
                }
              } catch (IOException | InterruptedException e) {
                // The client went away first, or the test is over.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }
}
