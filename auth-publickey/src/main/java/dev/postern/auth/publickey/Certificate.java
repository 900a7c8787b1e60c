package dev.postern.auth.publickey;

import java.time.Instant;
import java.util.Optional;

/**
 * What a client must know of an OpenSSH certificate (PROTOCOL.certkeys).
 *
 * @param blob the certificate as it goes over the wire
 * @param key the key that it certifies
 * @param kind 1 for a user, 2 for a host
 * @param validAfter seconds since the epoch, unsigned
 * @param validBefore seconds since the epoch, unsigned
 */
record Certificate(PublicBlob blob, PublicBlob key, int kind, long validAfter, long validBefore) {
  private static final int USER = 1;

  static Certificate parse(PublicBlob blob) throws KeyFormatException {
    if (!blob.isCertificate()) {
      throw new KeyFormatException("it is a " + blob.type() + " key");
    }
    WireReader reader = new WireReader(blob.bytes());
    String plainType = PublicBlob.plain(reader.text());
    reader.string(); // the nonce
    WireWriter key = new WireWriter().text(plainType);
    for (int i = 0; i < fields(plainType); i++) {
      key.string(reader.string());
    }
    reader.uint64(); // the serial number
    int kind = reader.uint32();
    reader.string(); // the key's id
    reader.string(); // the principals
    return new Certificate(
        blob, PublicBlob.of(key.bytes()), kind, reader.uint64(), reader.uint64());
  }

  private static int fields(String type) throws KeyFormatException {
    return switch (type) {
      case "ssh-ed25519" -> 1;
      case "ssh-rsa",
          "ecdsa-sha2-nistp256",
          "ecdsa-sha2-nistp384",
          "ecdsa-sha2-nistp521",
          "sk-ssh-ed25519@openssh.com" ->
          2;
      case "sk-ecdsa-sha2-nistp256@openssh.com" -> 3;
      default ->
          throw new KeyFormatException("certificates of " + type + " keys are not supported");
    };
  }

  /** Why it cannot be used now, empty if it can. */
  Optional<String> problem(Instant now) {
    if (kind != USER) {
      return Optional.of("it is a host certificate, and signing in needs a user certificate");
    }
    if (Long.compareUnsigned(now.getEpochSecond(), validAfter) < 0) {
      return Optional.of("it is not valid before " + moment(validAfter));
    }
    if (Long.compareUnsigned(now.getEpochSecond(), validBefore) >= 0) {
      return Optional.of("it expired on " + moment(validBefore));
    }
    return Optional.empty();
  }

  private static String moment(long seconds) {
    boolean sane = seconds >= 0 && seconds <= Instant.MAX.getEpochSecond();
    return sane ? Instant.ofEpochSecond(seconds).toString() : "the end of time";
  }
}
