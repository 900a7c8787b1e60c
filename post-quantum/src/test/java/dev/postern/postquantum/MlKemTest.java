package dev.postern.postquantum;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** With the keys and secrets that ML-KEM of JDK 25 makes of the same random bytes. */
final class MlKemTest {
  @Test
  void itIsMlKem768() throws Exception {
    Encapsulation made = MlKem.generate768(new Counting());

    assertThat(digest(made.publicKey()))
        .isEqualTo("206c5fecc20b8f890f6954a9f5cfbfa83bb649cd97efa8df5688f0fd8c8f8b5f");
    assertThat(HexFormat.of().formatHex(made.secret(answer("mlkem768.hex"))))
        .isEqualTo("b1c309bd36bc63df2fd5a2f4a958e7aaea6336890acd55ae64f475a32ba3f315");
  }

  @Test
  void itIsMlKem1024() throws Exception {
    Encapsulation made = MlKem.generate1024(new Counting());

    assertThat(digest(made.publicKey()))
        .isEqualTo("71f4ab9675c0ec887309db0112b7399947cf5c08fdb1c235e9d3285ce35346c6");
    assertThat(HexFormat.of().formatHex(made.secret(answer("mlkem1024.hex"))))
        .isEqualTo("4052aacaa41af9d705d9a3914cf2226104dd7a7c2df5a37b93f52364b4934077");
  }

  @Test
  void anAnswerThatWasTamperedWithGivesASecretThatNobodyHas() throws Exception {
    Encapsulation made = MlKem.generate768(new Counting());
    byte[] answer = answer("mlkem768.hex");
    byte[] secret = made.secret(answer);
    answer[500] ^= 1;

    assertThat(made.secret(answer)).hasSize(32).isNotEqualTo(secret);
  }

  @Test
  void anAnswerOfAnotherLengthIsRefused() {
    Encapsulation made = MlKem.generate768(new SecureRandom());

    assertThatThrownBy(() -> made.secret(new byte[1089]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an encapsulated secret has 1088 bytes, not 1089");
  }

  private static String digest(byte[] data) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(data));
  }

  private static byte[] answer(String file) throws IOException {
    try (InputStream in = Objects.requireNonNull(MlKemTest.class.getResourceAsStream(file))) {
      return HexFormat.of().parseHex(new String(in.readAllBytes(), US_ASCII).replace("\n", ""));
    }
  }
}
