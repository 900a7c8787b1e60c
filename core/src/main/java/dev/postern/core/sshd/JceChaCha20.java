package dev.postern.core.sshd;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.spec.ChaCha20ParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.cipher.Cipher;
import org.apache.sshd.common.mac.Mac;
import org.apache.sshd.common.mac.Poly1305Mac;
import org.apache.sshd.common.util.buffer.BufferUtils;

/**
 * {@code chacha20-poly1305@openssh.com} (OpenSSH's PROTOCOL.chacha20poly1305) with the JDK's
 * ChaCha20, which is several times faster than MINA's where the JVM has an intrinsic for it. The
 * 64-bit nonce of that construction, a sequence number, is the JDK's 96-bit one behind four zero
 * bytes: they belong to the counter, which a packet never fills.
 */
final class JceChaCha20 implements Cipher {
  private static final int TAG = 16;
  private static final int KEY = 32;
  private static final int BLOCK = 64;
  private static final int SEQUENCE_AT = 8;
  private static final byte[] ZEROS = new byte[BLOCK];

  private final Mac mac = new Poly1305Mac();
  private final javax.crypto.Cipher header;
  private final javax.crypto.Cipher body;
  private final byte[] nonce = new byte[12];
  private final byte[] firstBlock = new byte[BLOCK];
  private Mode mode = Mode.Encrypt;
  private SecretKeySpec headerKey = none();
  private SecretKeySpec bodyKey = none();

  JceChaCha20() throws GeneralSecurityException {
    header = javax.crypto.Cipher.getInstance("ChaCha20");
    body = javax.crypto.Cipher.getInstance("ChaCha20");
  }

  private static SecretKeySpec none() {
    return new SecretKeySpec(ZEROS, 0, KEY, "ChaCha20");
  }

  /** The initial vector begins with the sequence number of the first packet. */
  @Override
  public void init(Mode newMode, byte[] key, byte[] iv) throws Exception {
    mode = newMode;
    bodyKey = new SecretKeySpec(key, 0, KEY, "ChaCha20");
    headerKey = new SecretKeySpec(key, KEY, KEY, "ChaCha20");
    System.arraycopy(iv, 0, nonce, nonce.length - getIVSize(), getIVSize());
    begin();
  }

  /** The key of the tag is the first block of the stream, the packet begins with the second. */
  private void begin() throws Exception {
    ChaCha20ParameterSpec start = new ChaCha20ParameterSpec(nonce, 0);
    header.init(javax.crypto.Cipher.ENCRYPT_MODE, headerKey, start);
    body.init(javax.crypto.Cipher.ENCRYPT_MODE, bodyKey, start);
    body.update(ZEROS, 0, BLOCK, firstBlock, 0);
    mac.init(Arrays.copyOf(firstBlock, Poly1305Mac.KEY_BYTES));
  }

  @Override
  public void updateAAD(byte[] data, int offset, int length) throws Exception {
    if (mode == Mode.Decrypt) {
      mac.update(data, offset, length);
    }
    header.update(data, offset, length, data, offset);
    if (mode == Mode.Encrypt) {
      mac.update(data, offset, length);
    }
  }

  @Override
  public void update(byte[] data, int offset, int length) throws Exception {
    if (mode == Mode.Decrypt) {
      mac.update(data, offset, length);
      byte[] tag = mac.doFinal();
      if (!Mac.equals(data, offset + length, tag, 0, TAG)) {
        throw new AEADBadTagException("Tag mismatch");
      }
    }
    body.update(data, offset, length, data, offset);
    if (mode == Mode.Encrypt) {
      mac.update(data, offset, length);
      mac.doFinal(data, offset + length);
    }
    // It wraps around, long after keys were exchanged anew; the JDK refuses a nonce used before.
    long next = BufferUtils.getUInt(nonce, SEQUENCE_AT, Integer.BYTES) + 1;
    BufferUtils.putUInt(next & 0xffff_ffffL, nonce, SEQUENCE_AT, Integer.BYTES);
    begin();
  }

  @Override
  public String getAlgorithm() {
    return "ChaCha20";
  }

  @Override
  public String getTransformation() {
    return "ChaCha20";
  }

  @Override
  public int getIVSize() {
    return BuiltinCiphers.cc20p1305_openssh.getIVSize();
  }

  @Override
  public int getAuthenticationTagSize() {
    return TAG;
  }

  @Override
  public int getCipherBlockSize() {
    return BuiltinCiphers.cc20p1305_openssh.getCipherBlockSize();
  }

  @Override
  public int getKdfSize() {
    return 2 * KEY;
  }

  @Override
  public int getKeySize() {
    return 2 * KEY * Byte.SIZE;
  }
}
