package dev.postern.core.hostkey;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

/**
 * Writes certificates, wrong ones too. Good by default for {@link #NOW} and {@code db.internal}.
 */
final class TestCertificate {
  static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  private final TestKey key;
  private final TestKey authority;
  private String algorithm;
  private int role = 2;
  private List<String> principals = List.of("db.internal");
  private long after = Instant.parse("2026-01-01T00:00:00Z").getEpochSecond();
  private long before = Instant.parse("2027-01-01T00:00:00Z").getEpochSecond();
  private byte[] options = {};
  private boolean tampered;

  TestCertificate(TestKey key, TestKey authority) {
    this.key = key;
    this.authority = authority;
    this.algorithm = authority.type().equals("ssh-rsa") ? "rsa-sha2-512" : authority.type();
  }

  TestCertificate algorithm(String name) {
    algorithm = name;
    return this;
  }

  TestCertificate role(int number) {
    role = number;
    return this;
  }

  TestCertificate principals(String... names) {
    principals = List.of(names);
    return this;
  }

  TestCertificate after(String moment) {
    after = Instant.parse(moment).getEpochSecond();
    return this;
  }

  TestCertificate before(String moment) {
    before = Instant.parse(moment).getEpochSecond();
    return this;
  }

  TestCertificate forEver() {
    after = 0;
    before = -1;
    return this;
  }

  TestCertificate criticalOption(String name) {
    options = TestKey.join(TestKey.utf8(name), new byte[0]);
    return this;
  }

  TestCertificate tampered() {
    tampered = true;
    return this;
  }

  ServerKey server() {
    String type = key.type() + "-cert-v01@openssh.com";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream output = new DataOutputStream(bytes)) {
      output.write(TestKey.join(TestKey.utf8(type), new byte[32]));
      output.write(TestKey.join(key.parts()));
      output.writeLong(7);
      output.writeInt(role);
      byte[] names = TestKey.join(principals.stream().map(TestKey::utf8).toArray(byte[][]::new));
      output.write(TestKey.join(TestKey.utf8("db \u001b[2J key"), names));
      output.writeLong(after);
      output.writeLong(before);
      output.write(TestKey.join(options, new byte[0], new byte[0], authority.blob()));
      byte[] message = bytes.toByteArray();
      if (tampered) {
        message[message.length - 1] ^= 1;
      }
      output.write(TestKey.join(authority.sign(algorithm, message)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ServerKey(type, bytes.toByteArray());
  }
}
