package dev.postern.postquantum;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.bouncycastle.crypto.SecretWithEncapsulation;
import org.bouncycastle.pqc.crypto.ntruprime.SNTRUPrimeKEMGenerator;
import org.bouncycastle.pqc.crypto.ntruprime.SNTRUPrimeParameters;
import org.bouncycastle.pqc.crypto.ntruprime.SNTRUPrimePublicKeyParameters;
import org.junit.jupiter.api.Test;

/** That it is what OpenSSH takes for it is tested with OpenSSH, in core. */
final class Sntrup761Test {
  private final Encapsulation made = Sntrup761.generate(new SecureRandom());

  @Test
  void aSecretComesOutAsItWentIn() {
    SecretWithEncapsulation sent = sent();

    assertThat(made.publicKey()).hasSize(1158);
    assertThat(sent.getEncapsulation()).hasSize(1039).hasSize(made.length());
    assertThat(made.secret(sent.getEncapsulation())).hasSize(32).isEqualTo(sent.getSecret());
  }

  @Test
  void anAnswerThatWasTamperedWithGivesASecretThatNobodyHas() {
    SecretWithEncapsulation sent = sent();
    byte[] answer = sent.getEncapsulation().clone();
    answer[1030] ^= 1;

    assertThat(made.secret(answer)).hasSize(32).isNotEqualTo(sent.getSecret());
  }

  private SecretWithEncapsulation sent() {
    return new SNTRUPrimeKEMGenerator(new SecureRandom())
        .generateEncapsulated(
            new SNTRUPrimePublicKeyParameters(SNTRUPrimeParameters.sntrup761, made.publicKey()));
  }
}
