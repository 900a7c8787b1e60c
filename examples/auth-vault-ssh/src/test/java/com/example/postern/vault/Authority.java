package com.example.postern.vault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/** Signs ed25519 certificates of whatever terms, wrong ones too. */
final class Authority {
  private final EphemeralKey key = EphemeralKey.generate();

  /** What a certificate says. */
  record Terms(int kind, long serial, List<String> principals, long validAfter, long validBefore) {
    static Terms user(long serial, String principal, Instant validAfter, Instant validBefore) {
      return new Terms(
          Certificate.USER,
          serial,
          List.of(principal),
          validAfter.getEpochSecond(),
          validBefore.getEpochSecond());
    }

    Terms of(int otherKind) {
      return new Terms(otherKind, serial, principals, validAfter, validBefore);
    }

    Terms to(List<String> others) {
      return new Terms(kind, serial, others, validAfter, validBefore);
    }
  }

  /** For {@code TrustedUserCAKeys}. */
  String line() {
    return key.line();
  }

  /** A certificate, as the line of a {@code -cert.pub} file. */
  String certify(byte[] point, Terms terms) {
    WireWriter principals = new WireWriter();
    terms.principals().forEach(principals::text);
    WireWriter extensions = new WireWriter().text("permit-pty").string(new byte[0]);
    byte[] signed =
        new WireWriter()
            .text(Certificate.TYPE)
            .string(new byte[32])
            .string(point)
            .uint64(terms.serial())
            .uint32(terms.kind())
            .text("stand-in")
            .string(principals.bytes())
            .uint64(terms.validAfter())
            .uint64(terms.validBefore())
            .string(new byte[0])
            .string(extensions.bytes())
            .string(new byte[0])
            .string(Base64.getDecoder().decode(key.line().split(" ")[1]))
            .bytes();
    byte[] signature = signature(signed);
    byte[] whole = new byte[signed.length + 4 + signature.length];
    System.arraycopy(signed, 0, whole, 0, signed.length);
    byte[] last = new WireWriter().string(signature).bytes();
    System.arraycopy(last, 0, whole, signed.length, last.length);
    return Certificate.TYPE + " " + Base64.getEncoder().encodeToString(whole) + "\n";
  }

  private byte[] signature(byte[] data) {
    try {
      return key.sign(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
