package dev.postern.postquantum;

import java.security.SecureRandom;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.MLKEMKeyPairGenerator;
import org.bouncycastle.crypto.kems.MLKEMExtractor;
import org.bouncycastle.crypto.params.MLKEMKeyGenerationParameters;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.crypto.params.MLKEMPublicKeyParameters;

/** ML-KEM (FIPS 203). */
public final class MlKem {
  private MlKem() {}

  /** Makes a key pair of ML-KEM-768. */
  public static Encapsulation generate768(SecureRandom random) {
    return generate(MLKEMParameters.ml_kem_768, random);
  }

  /** Makes a key pair of ML-KEM-1024. */
  public static Encapsulation generate1024(SecureRandom random) {
    return generate(MLKEMParameters.ml_kem_1024, random);
  }

  private static Encapsulation generate(MLKEMParameters parameters, SecureRandom random) {
    MLKEMKeyPairGenerator generator = new MLKEMKeyPairGenerator();
    generator.init(new MLKEMKeyGenerationParameters(random, parameters));
    AsymmetricCipherKeyPair pair = generator.generateKeyPair();
    MLKEMExtractor extractor = new MLKEMExtractor((MLKEMPrivateKeyParameters) pair.getPrivate());
    return new Encapsulation(
        ((MLKEMPublicKeyParameters) pair.getPublic()).getEncoded(),
        extractor.getEncapsulationLength(),
        extractor::extractSecret);
  }
}
