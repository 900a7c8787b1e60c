package dev.postern.core.sshd;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.KeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import org.apache.sshd.common.config.keys.PrivateKeyEntryDecoder;
import org.apache.sshd.common.config.keys.PublicKeyEntryDecoder;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.security.eddsa.generic.EdDSASupport;
import org.apache.sshd.common.util.security.eddsa.generic.GenericEd25519PublicKeyDecoder;
import org.apache.sshd.common.util.security.eddsa.generic.GenericOpenSSHEd25519PrivateKeyEntryDecoder;

/** MINA's questions about ed25519 keys (RFC 8709), answered with the JDK's. */
final class JdkEd25519Support implements EdDSASupport<EdECPublicKey, EdECPrivateKey> {
  static final String ALGORITHM = "Ed25519";
  private static final int LENGTH = 32;

  @Override
  public PublicKeyEntryDecoder<EdECPublicKey, EdECPrivateKey> getEDDSAPublicKeyEntryDecoder() {
    return new GenericEd25519PublicKeyDecoder<>(EdECPublicKey.class, EdECPrivateKey.class, this);
  }

  @Override
  public PrivateKeyEntryDecoder<EdECPublicKey, EdECPrivateKey>
      getOpenSSHEDDSAPrivateKeyEntryDecoder() {
    return new GenericOpenSSHEd25519PrivateKeyEntryDecoder<>(
        EdECPublicKey.class, EdECPrivateKey.class, this);
  }

  @Override
  public Signature getEDDSASigner() {
    return new JdkSignature();
  }

  @Override
  public int getEDDSAKeySize(Key key) {
    return key instanceof EdECPublicKey || key instanceof EdECPrivateKey ? KEY_SIZE : -1;
  }

  @Override
  public Class<EdECPublicKey> getEDDSAPublicKeyType() {
    return EdECPublicKey.class;
  }

  @Override
  public Class<EdECPrivateKey> getEDDSAPrivateKeyType() {
    return EdECPrivateKey.class;
  }

  @Override
  public boolean compareEDDSAPPublicKeys(PublicKey one, PublicKey other) {
    return one instanceof EdECPublicKey first
        && other instanceof EdECPublicKey second
        && Arrays.equals(getPublicKeyData(first), getPublicKeyData(second));
  }

  @Override
  public boolean compareEDDSAPrivateKeys(PrivateKey one, PrivateKey other) {
    return one instanceof EdECPrivateKey first
        && other instanceof EdECPrivateKey second
        && MessageDigest.isEqual(getPrivateKeyData(first), getPrivateKeyData(second));
  }

  @Override
  public EdECPublicKey recoverEDDSAPublicKey(PrivateKey key) throws GeneralSecurityException {
    throw new GeneralSecurityException(
        "core signs through identities, which know their public keys");
  }

  /**
   * From the 32 bytes of RFC 8032 section 5.1.2: y in little-endian order, the top bit says whether
   * x is odd.
   */
  @Override
  public EdECPublicKey generateEDDSAPublicKey(byte[] encoded) throws GeneralSecurityException {
    if (encoded.length != LENGTH) {
      throw new GeneralSecurityException("an ed25519 key has 32 bytes, not " + encoded.length);
    }
    byte[] bigEndian = reversed(encoded);
    boolean odd = (bigEndian[0] & 0x80) != 0;
    bigEndian[0] &= 0x7f;
    EdECPoint point = new EdECPoint(odd, new BigInteger(1, bigEndian));
    KeySpec spec = new EdECPublicKeySpec(NamedParameterSpec.ED25519, point);
    return (EdECPublicKey)
        KeyFactory.getInstance(ALGORITHM, JdkEd25519.PROVIDER).generatePublic(spec);
  }

  @Override
  public EdECPrivateKey generateEDDSAPrivateKey(byte[] seed) throws GeneralSecurityException {
    KeySpec spec = new EdECPrivateKeySpec(NamedParameterSpec.ED25519, Arrays.copyOf(seed, LENGTH));
    return (EdECPrivateKey)
        KeyFactory.getInstance(ALGORITHM, JdkEd25519.PROVIDER).generatePrivate(spec);
  }

  @Override
  public <B extends Buffer> B putRawEDDSAPublicKey(B buffer, PublicKey key) {
    buffer.putBytes(getPublicKeyData((EdECPublicKey) key));
    return buffer;
  }

  @Override
  public <B extends Buffer> B putEDDSAKeyPair(
      B buffer, PublicKey publicKey, PrivateKey privateKey) {
    byte[] point = getPublicKeyData((EdECPublicKey) publicKey);
    byte[] seed = getPrivateKeyData((EdECPrivateKey) privateKey);
    buffer.putBytes(point);
    byte[] both = Arrays.copyOf(seed, seed.length + point.length);
    System.arraycopy(point, 0, both, seed.length, point.length);
    buffer.putBytes(both);
    return buffer;
  }

  @Override
  public KeySpec createPublicKeySpec(EdECPublicKey key) {
    return new EdECPublicKeySpec(NamedParameterSpec.ED25519, key.getPoint());
  }

  @Override
  public KeySpec createPrivateKeySpec(EdECPrivateKey key) {
    return new EdECPrivateKeySpec(NamedParameterSpec.ED25519, getPrivateKeyData(key));
  }

  @Override
  public byte[] getPublicKeyData(EdECPublicKey key) {
    byte[] y = key.getPoint().getY().toByteArray();
    byte[] bigEndian = new byte[LENGTH];
    int count = Math.min(y.length, LENGTH);
    System.arraycopy(y, y.length - count, bigEndian, LENGTH - count, count);
    if (key.getPoint().isXOdd()) {
      bigEndian[0] |= (byte) 0x80;
    }
    return reversed(bigEndian);
  }

  @Override
  public byte[] getPrivateKeyData(EdECPrivateKey key) {
    return key.getBytes()
        .orElseThrow(() -> new IllegalArgumentException("the key does not show its seed"));
  }

  @Override
  public String getKeyFactoryAlgorithm() {
    return ALGORITHM;
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] result = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      result[i] = bytes[bytes.length - 1 - i];
    }
    return result;
  }
}
