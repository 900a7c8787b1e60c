package dev.postern.core.socks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** One version of the protocol, from its second byte on. */
interface SocksDialect {
  /** What a name on the wire may look like: something to resolve, or an address. */
  Pattern NAME = Pattern.compile("[\\x21-\\x7e]{1,255}");

  ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

  /** How many bytes it takes next, at least 1 and at most 257. */
  int wanted();

  /** Takes as many as it wanted. */
  SocksStep take(byte[] bytes);

  /** Tells the client that it is connected. */
  ByteBuffer granted();

  /** Tells the client that it is not. */
  ByteBuffer refused(SocksFailure failure);

  /** The step for a target; a name with what no name has is refused. */
  default SocksStep connect(String host, int port) {
    if (port == 0 || !NAME.matcher(host).matches()) {
      return new SocksStep.Refused(
          refused(SocksFailure.GENERAL), "its client asked for what cannot be a host and a port");
    }
    return new SocksStep.Connect(host, port);
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  static int port(int high, int low) {
    return ((high & 0xff) << 8) | (low & 0xff);
  }
}
