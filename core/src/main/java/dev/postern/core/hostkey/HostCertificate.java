package dev.postern.core.hostkey;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An OpenSSH certificate (PROTOCOL.certkeys), read but not yet believed.
 *
 * @param key the certified key
 * @param serial an unsigned number
 * @param role 1 for a user's, 2 for a host's
 * @param keyId as the authority wrote it, not sanitised
 * @param principals as the authority wrote them
 * @param validAfter seconds since 1970, unsigned
 * @param validBefore seconds since 1970, unsigned; all bits set means for ever
 * @param criticalOptions their names
 * @param authority who signed
 * @param signed what the signature is over
 * @param signature algorithm and signature as on the wire
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record HostCertificate(
    HostKey key,
    long serial,
    int role,
    String keyId,
    List<String> principals,
    long validAfter,
    long validBefore,
    List<String> criticalOptions,
    HostKey authority,
    byte[] signed,
    byte[] signature) {

  /** The role of host certificates. */
  static final int HOST = 2;

  static HostCertificate parse(byte[] blob) throws MalformedKeyException {
    WireReader reader = new WireReader(blob);
    String name = reader.text();
    KeyType type =
        KeyType.ofCertificate(name)
            .orElseThrow(
                () -> new MalformedKeyException("its type \"" + name + "\" is not accepted"));
    reader.bytes(); // the nonce
    HostKey key = HostKey.readParts(type, reader);
    long serial = reader.uint64();
    int role = reader.uint32();
    String keyId = reader.text();
    List<String> principals = strings(reader.bytes());
    long validAfter = reader.uint64();
    long validBefore = reader.uint64();
    List<String> criticalOptions = names(reader.bytes());
    names(reader.bytes()); // extensions: none has a meaning for hosts
    reader.bytes(); // reserved
    HostKey authority = HostKey.parse(reader.bytes());
    byte[] signed = Arrays.copyOf(blob, reader.position());
    byte[] signature = reader.bytes();
    reader.expectEnd();
    return new HostCertificate(
        key,
        serial,
        role,
        keyId,
        principals,
        validAfter,
        validBefore,
        criticalOptions,
        authority,
        signed,
        signature);
  }

  private static List<String> strings(byte[] packed) throws MalformedKeyException {
    WireReader reader = new WireReader(packed);
    List<String> result = new ArrayList<>();
    while (!reader.atEnd()) {
      result.add(reader.text());
    }
    return List.copyOf(result);
  }

  private static List<String> names(byte[] packed) throws MalformedKeyException {
    WireReader reader = new WireReader(packed);
    List<String> result = new ArrayList<>();
    while (!reader.atEnd()) {
      result.add(reader.text());
      reader.bytes();
    }
    return List.copyOf(result);
  }
}
