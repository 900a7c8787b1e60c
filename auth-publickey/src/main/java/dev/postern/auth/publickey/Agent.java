package dev.postern.auth.publickey;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A client of ssh-agent, over a Unix-domain socket (draft-ietf-sshm-ssh-agent). */
final class Agent implements AutoCloseable {
  private static final int FAILURE = 5;
  private static final int REQUEST_IDENTITIES = 11;
  private static final int IDENTITIES_ANSWER = 12;
  private static final int SIGN_REQUEST = 13;
  private static final int SIGN_RESPONSE = 14;
  private static final int RSA_SHA2_256 = 2;
  private static final int RSA_SHA2_512 = 4;

  /**
   * How long an agent may take.
   *
   * @param listing to list its keys
   * @param signing to sign, which may ask a person or want a touch
   */
  record Limits(Duration listing, Duration signing) {
    static final Limits USUAL = new Limits(Duration.ofSeconds(30), Duration.ofMinutes(5));
  }

  /**
   * A key that an agent holds.
   *
   * @param blob the key or certificate
   * @param comment what its owner called it
   */
  record Key(PublicBlob blob, String comment) {}

  private final AgentChannel channel;
  private final Path socket;
  private final Limits limits;

  private Agent(AgentChannel channel, Path socket, Limits limits) {
    this.channel = channel;
    this.socket = socket;
    this.limits = limits;
  }

  static Agent connect(Path socket, Limits limits) throws IOException {
    try {
      return new Agent(AgentChannel.connect(socket), socket, limits);
    } catch (IOException | UnsupportedOperationException e) {
      throw failure(socket, e);
    }
  }

  List<Key> keys() throws IOException {
    try {
      byte[] answer =
          channel.exchange(new WireWriter().octet(REQUEST_IDENTITIES).bytes(), limits.listing());
      WireReader reader = new WireReader(answer);
      if (reader.octet() != IDENTITIES_ANSWER) {
        throw new IOException("it refused to list its keys");
      }
      return keys(reader);
    } catch (IOException e) {
      throw failure(socket, e);
    }
  }

  private static List<Key> keys(WireReader reader) throws KeyFormatException {
    int count = reader.uint32();
    List<Key> keys = new ArrayList<>();
    // A count that the message does not bear out ends in a format error, not in a large list.
    for (int i = 0; Integer.compareUnsigned(i, count) < 0; i++) {
      keys.add(new Key(PublicBlob.of(reader.string()), printable(reader.text())));
    }
    return keys;
  }

  /**
   * Signs with a key that the agent holds.
   *
   * @param algorithm the plain signature algorithm
   */
  byte[] sign(PublicBlob key, String algorithm, byte[] data) throws IOException {
    byte[] request =
        new WireWriter()
            .octet(SIGN_REQUEST)
            .string(key.bytes())
            .string(data)
            .uint32(flags(algorithm))
            .bytes();
    try {
      WireReader reader = new WireReader(channel.exchange(request, limits.signing()));
      int type = reader.octet();
      if (type == FAILURE) {
        throw new IOException("it refused to sign");
      }
      if (type != SIGN_RESPONSE) {
        throw new KeyFormatException("it answered a request to sign with message " + type);
      }
      byte[] signature = reader.string();
      String made = printable(new WireReader(signature).text());
      if (!made.equals(algorithm)) {
        throw new IOException(
            "it made a signature of %s where %s was asked".formatted(made, algorithm));
      }
      return signature;
    } catch (IOException e) {
      throw failure(socket, e);
    }
  }

  private static int flags(String algorithm) {
    return switch (algorithm) {
      case "rsa-sha2-256" -> RSA_SHA2_256;
      case "rsa-sha2-512" -> RSA_SHA2_512;
      default -> 0;
    };
  }

  private static IOException failure(Path socket, Exception cause) {
    return new IOException("the agent '%s': %s".formatted(socket, cause.getMessage()), cause);
  }

  private static String printable(String text) {
    String bounded = text.length() > 200 ? text.substring(0, 200) : text;
    return bounded.replaceAll("\\p{C}", "?");
  }

  @Override
  public void close() {
    channel.close();
  }
}
