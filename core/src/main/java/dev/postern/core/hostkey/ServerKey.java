package dev.postern.core.hostkey;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/** A key that a server showed, already proven by its signature over the exchange hash. */
public final class ServerKey {
  private final String type;
  private final byte[] blob;

  /**
   * A key or certificate.
   *
   * @param type {@code ssh-ed25519}, or {@code ssh-ed25519-cert-v01@openssh.com} for a host
   *     certificate
   * @param blob key or certificate as on the wire (RFC 4253 section 6.6)
   */
  public ServerKey(String type, byte[] blob) {
    this.type = requireNonNull(type, "type is null");
    this.blob = blob.clone();
  }

  public String type() {
    return type;
  }

  public byte[] blob() {
    return blob.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ServerKey key && key.type.equals(type) && Arrays.equals(key.blob, blob);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(blob);
  }

  @Override
  public String toString() {
    return type;
  }
}
