package dev.postern.auth.publickey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PublicPointTest {
  @ParameterizedTest
  @EnumSource(Curve.class)
  void isTheOneThatTheJdkGenerated(Curve curve) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve.jdkName()));
    for (int i = 0; i < 5; i++) {
      KeyPair pair = generator.generateKeyPair();
      byte[] point = PublicPoint.of(curve, ((ECPrivateKey) pair.getPrivate()).getS());
      int length = (point.length - 1) / 2;
      assertThat(point[0]).isEqualTo((byte) 4);
      assertThat(new BigInteger(1, Arrays.copyOfRange(point, 1, 1 + length)))
          .isEqualTo(((ECPublicKey) pair.getPublic()).getW().getAffineX());
      assertThat(new BigInteger(1, Arrays.copyOfRange(point, 1 + length, point.length)))
          .isEqualTo(((ECPublicKey) pair.getPublic()).getW().getAffineY());
    }
  }

  @ParameterizedTest
  @EnumSource(Curve.class)
  void aSecretOutOfRangeIsNoKey(Curve curve) {
    assertThatThrownBy(() -> PublicPoint.of(curve, BigInteger.ZERO))
        .isInstanceOf(KeyFormatException.class)
        .hasMessage("the ECDSA key is not valid");
  }
}
