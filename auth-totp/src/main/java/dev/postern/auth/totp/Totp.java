package dev.postern.auth.totp;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** RFC 6238, over RFC 4226. */
final class Totp {
  private Totp() {}

  /** The code of a time step; the caller wipes it. */
  static char[] code(byte[] seed, Parameters parameters, long step) {
    byte[] hash = hash(seed, parameters.algorithm(), step);
    int offset = hash[hash.length - 1] & 0xf;
    int binary = ByteBuffer.wrap(hash, offset, Integer.BYTES).getInt() & 0x7fffffff;
    char[] code = new char[parameters.digits()];
    for (int i = code.length - 1; i >= 0; i--) {
      code[i] = (char) ('0' + binary % 10);
      binary /= 10;
    }
    return code;
  }

  private static byte[] hash(byte[] seed, Algorithm algorithm, long step) {
    try {
      Mac mac = Mac.getInstance(algorithm.macName());
      mac.init(new SecretKeySpec(seed, algorithm.macName()));
      return mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + algorithm.macName(), e);
    }
  }
}
