package dev.postern.auth.publickey;

import java.util.Arrays;
import java.util.function.Predicate;

/** The curves of RFC 5656 section 10.1, by their names in SSH, in the JDK and in ASN.1. */
enum Curve {
  NISTP256("nistp256", "secp256r1", "1.2.840.10045.3.1.7", "SHA256withECDSAinP1363Format"),
  NISTP384("nistp384", "secp384r1", "1.3.132.0.34", "SHA384withECDSAinP1363Format"),
  NISTP521("nistp521", "secp521r1", "1.3.132.0.35", "SHA512withECDSAinP1363Format");

  private final String sshName;
  private final String jdkName;
  private final String objectIdentifier;
  private final String signature;

  Curve(String sshName, String jdkName, String objectIdentifier, String signature) {
    this.sshName = sshName;
    this.jdkName = jdkName;
    this.objectIdentifier = objectIdentifier;
    this.signature = signature;
  }

  static Curve ofSshName(String name) throws KeyFormatException {
    return find(curve -> curve.sshName.equals(name), name);
  }

  static Curve ofObjectIdentifier(String identifier) throws KeyFormatException {
    return find(curve -> curve.objectIdentifier.equals(identifier), identifier);
  }

  private static Curve find(Predicate<Curve> wanted, String name) throws KeyFormatException {
    return Arrays.stream(values())
        .filter(wanted)
        .findFirst()
        .orElseThrow(() -> new KeyFormatException("the curve " + name + " is not one of SSH's"));
  }

  String sshName() {
    return sshName;
  }

  String jdkName() {
    return jdkName;
  }

  /** The JCA signature whose result is r and s, one after the other. */
  String signature() {
    return signature;
  }

  String keyType() {
    return "ecdsa-sha2-" + sshName;
  }
}
