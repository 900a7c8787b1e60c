package dev.postern.core.sshd;

import java.lang.reflect.InvocationTargetException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.Objects;
import javax.crypto.SecretKey;
import org.apache.sshd.common.kex.KeyEncapsulationMethod;
import org.jspecify.annotations.Nullable;

/**
 * ML-KEM of the JDK (JEP 496). What it is asked through, {@code javax.crypto.KEM}, is younger than
 * the Java that we are compiled for, so it is called by name.
 */
final class JdkMlKem implements KeyEncapsulationMethod.Client {
  private static final int SINCE = 24;
  private static final String PROVIDER = "SunJCE";

  private final String name;
  private final int publicKeyLength;
  private final int encapsulationLength;
  private @Nullable KeyPair pair;

  /** By its name in the JDK, and the lengths in FIPS 203, section 8. */
  JdkMlKem(String name, int publicKeyLength, int encapsulationLength) {
    this.name = name;
    this.publicKeyLength = publicKeyLength;
    this.encapsulationLength = encapsulationLength;
  }

  /** Told from the version: a look among the providers would load them. */
  static boolean isThere() {
    return Runtime.version().feature() >= SINCE;
  }

  /** Once: keys that are there stay. */
  @Override
  public void init() {
    if (pair != null) {
      return;
    }
    try {
      pair = KeyPairGenerator.getInstance(name, PROVIDER).generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no " + name, e);
    }
  }

  private KeyPair pair() {
    return Objects.requireNonNull(pair, "init was not called");
  }

  /** The key stands at the end of what X.509 wraps around it. */
  @Override
  public byte[] getPublicKey() {
    byte[] encoded = pair().getPublic().getEncoded();
    return Arrays.copyOfRange(encoded, encoded.length - publicKeyLength, encoded.length);
  }

  @Override
  public byte[] extractSecret(byte[] encapsulated) {
    if (encapsulated.length != encapsulationLength) {
      throw new IllegalArgumentException(
          "an encapsulated secret has "
              + encapsulationLength
              + " bytes, not "
              + encapsulated.length);
    }
    try {
      Class<?> type = Class.forName("javax.crypto.KEM");
      Object kem =
          type.getMethod("getInstance", String.class, String.class).invoke(null, name, PROVIDER);
      Object decapsulator =
          type.getMethod("newDecapsulator", PrivateKey.class).invoke(kem, pair().getPrivate());
      Object secret =
          Class.forName("javax.crypto.KEM$Decapsulator")
              .getMethod("decapsulate", byte[].class)
              .invoke(decapsulator, (Object) encapsulated);
      return ((SecretKey) secret).getEncoded();
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(String.valueOf(e.getCause()), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this Java has no ML-KEM", e);
    }
  }

  @Override
  public int getEncapsulationLength() {
    return encapsulationLength;
  }
}
