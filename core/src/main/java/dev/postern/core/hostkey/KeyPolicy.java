package dev.postern.core.hostkey;

/** Which keys are good enough. */
final class KeyPolicy {
  /** Least size of an RSA key. OpenSSH's own default is 1024, which NIST retired in 2013. */
  static final int RSA_BITS = 2_048;

  private KeyPolicy() {}

  static boolean isWeak(HostKey key) {
    return key.type() == KeyType.RSA && key.bits() < RSA_BITS;
  }
}
