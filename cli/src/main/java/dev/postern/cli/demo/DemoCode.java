package dev.postern.cli.demo;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The bastion's own idea of the right code: a second, independent RFC 6238, as a real server has.
 */
final class DemoCode {
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int PERIOD = 30;

  private DemoCode() {}

  static String at(String seed, Instant moment) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(decode(seed), "HmacSHA1"));
      byte[] hash =
          mac.doFinal(
              ByteBuffer.allocate(Long.BYTES).putLong(moment.getEpochSecond() / PERIOD).array());
      int offset = hash[hash.length - 1] & 0xf;
      return "%06d".formatted((ByteBuffer.wrap(hash).getInt(offset) & 0x7fffffff) % 1_000_000);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA1", e);
    }
  }

  private static byte[] decode(String seed) {
    ByteBuffer bytes = ByteBuffer.allocate(seed.length() * 5 / 8);
    long group = 0;
    for (int i = 0; i < seed.length(); i++) {
      group = group << 5 | BASE32.indexOf(seed.charAt(i));
      if (i % 8 == 7) {
        bytes.put(ByteBuffer.allocate(Long.BYTES).putLong(group << 24).array(), 0, 5);
        group = 0;
      }
    }
    return bytes.array();
  }
}
