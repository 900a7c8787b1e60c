package dev.postern.auth.publickey;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;

/**
 * The public point of an ECDSA key that does not hold it, as Java itself writes them. The JDK has
 * no call for it, so the point is computed by doubling and adding (SEC 1 section 2.2.1); that its
 * time depends on the key tells nobody anything while a file is read.
 */
final class PublicPoint {
  private static final BigInteger THREE = BigInteger.valueOf(3);

  private final BigInteger prime;
  private final BigInteger a;

  private PublicPoint(ECParameterSpec parameters) {
    this.prime = ((ECFieldFp) parameters.getCurve().getField()).getP();
    this.a = parameters.getCurve().getA();
  }

  /** The point in its uncompressed form (SEC 1 section 2.3.3). */
  static byte[] of(Curve curve, BigInteger secret) throws KeyFormatException {
    try {
      AlgorithmParameters algorithm = AlgorithmParameters.getInstance("EC");
      algorithm.init(new ECGenParameterSpec(curve.jdkName()));
      ECParameterSpec parameters = algorithm.getParameterSpec(ECParameterSpec.class);
      if (secret.signum() <= 0 || secret.compareTo(parameters.getOrder()) >= 0) {
        throw new KeyFormatException("the ECDSA key is not valid");
      }
      ECPoint point = new PublicPoint(parameters).multiply(parameters.getGenerator(), secret);
      return encode(point, (parameters.getCurve().getField().getFieldSize() + 7) / 8);
    } catch (GeneralSecurityException e) {
      throw new KeyFormatException("the ECDSA key is not valid", e);
    }
  }

  private ECPoint multiply(ECPoint generator, BigInteger factor) {
    ECPoint result = ECPoint.POINT_INFINITY;
    for (int bit = factor.bitLength() - 1; bit >= 0; bit--) {
      result = add(result, result);
      if (factor.testBit(bit)) {
        result = add(result, generator);
      }
    }
    return result;
  }

  private ECPoint add(ECPoint one, ECPoint other) {
    if (one.equals(ECPoint.POINT_INFINITY)) {
      return other;
    }
    if (other.equals(ECPoint.POINT_INFINITY)) {
      return one;
    }
    BigInteger x1 = one.getAffineX();
    BigInteger y1 = one.getAffineY();
    BigInteger x2 = other.getAffineX();
    BigInteger y2 = other.getAffineY();
    boolean same = x1.equals(x2) && y1.equals(y2);
    if (x1.equals(x2) && !same) {
      return ECPoint.POINT_INFINITY;
    }
    BigInteger rise = same ? x1.multiply(x1).multiply(THREE).add(a) : y2.subtract(y1);
    BigInteger run = same ? y1.shiftLeft(1) : x2.subtract(x1);
    BigInteger slope = rise.multiply(run.modInverse(prime)).mod(prime);
    BigInteger x = slope.multiply(slope).subtract(x1).subtract(x2).mod(prime);
    return new ECPoint(x, slope.multiply(x1.subtract(x)).subtract(y1).mod(prime));
  }

  private static byte[] encode(ECPoint point, int length) {
    byte[] encoded = new byte[1 + 2 * length];
    encoded[0] = 4;
    put(point.getAffineX(), encoded, 1, length);
    put(point.getAffineY(), encoded, 1 + length, length);
    return encoded;
  }

  private static void put(BigInteger value, byte[] target, int offset, int length) {
    byte[] bytes = value.toByteArray();
    int count = Math.min(bytes.length, length);
    System.arraycopy(bytes, bytes.length - count, target, offset + length - count, count);
  }
}
