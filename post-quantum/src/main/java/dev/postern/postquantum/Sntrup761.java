package dev.postern.postquantum;

import java.security.SecureRandom;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.pqc.crypto.ntruprime.SNTRUPrimeKEMExtractor;
import org.bouncycastle.pqc.crypto.ntruprime.SNTRUPrimeKeyGenerationParameters;
import org.bouncycastle.pqc.crypto.ntruprime.SNTRUPrimeKeyPairGenerator;
import org.bouncycastle.pqc.crypto.ntruprime.SNTRUPrimeParameters;
import org.bouncycastle.pqc.crypto.ntruprime.SNTRUPrimePrivateKeyParameters;
import org.bouncycastle.pqc.crypto.ntruprime.SNTRUPrimePublicKeyParameters;

/** Streamlined NTRU Prime, of which OpenSSH takes {@code sntrup761}. */
public final class Sntrup761 {
  private Sntrup761() {}

  /** Makes a key pair. Takes about ten milliseconds, and several times that the first time. */
  public static Encapsulation generate(SecureRandom random) {
    SNTRUPrimeKeyPairGenerator generator = new SNTRUPrimeKeyPairGenerator();
    generator.init(new SNTRUPrimeKeyGenerationParameters(random, SNTRUPrimeParameters.sntrup761));
    AsymmetricCipherKeyPair pair = generator.generateKeyPair();
    SNTRUPrimeKEMExtractor extractor =
        new SNTRUPrimeKEMExtractor((SNTRUPrimePrivateKeyParameters) pair.getPrivate());
    return new Encapsulation(
        ((SNTRUPrimePublicKeyParameters) pair.getPublic()).getEncoded(),
        extractor.getEncapsulationLength(),
        extractor::extractSecret);
  }
}
