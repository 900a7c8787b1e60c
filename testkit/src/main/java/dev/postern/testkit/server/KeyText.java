package dev.postern.testkit.server;

import dev.postern.core.sshd.JdkEd25519;
import java.security.PublicKey;
import java.util.Base64;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/** Public keys and certificates as they go over the wire and into files. */
final class KeyText {
  private KeyText() {}

  /** In the encoding of RFC 4253 section 6.6. */
  static byte[] blob(PublicKey key) {
    JdkEd25519.register();
    ByteArrayBuffer buffer = new ByteArrayBuffer();
    buffer.putRawPublicKey(key);
    return buffer.getCompactData();
  }

  /** Type and key, as in {@code id_ed25519.pub}. */
  static String line(PublicKey key) {
    byte[] blob = blob(key);
    return KeyUtils.getKeyType(key) + " " + Base64.getEncoder().encodeToString(blob);
  }
}
