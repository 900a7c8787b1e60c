package dev.postern.api.auth;

import java.io.IOException;
import java.util.List;
import org.apiguardian.api.API;

/**
 * A public key, or a certificate, that something can sign with: a file, an agent, a token, a remote
 * signer.
 */
@API(status = API.Status.STABLE, since = "1.0")
public interface Identity {
  /**
   * The type of the key or certificate: {@code ssh-ed25519}, {@code ssh-rsa}, {@code
   * ssh-ed25519-cert-v01@openssh.com}.
   */
  String keyType();

  /**
   * The public key or certificate as it goes over the wire (RFC 4253 section 6.6), a new array at
   * each call.
   */
  byte[] publicKey();

  /**
   * The public key algorithms that this identity can be used with, best first, as named in the
   * request (RFC 8332): {@code rsa-sha2-512} and {@code rsa-sha2-256} for an RSA key, {@code
   * rsa-sha2-512-cert-v01@openssh.com} for its certificate, the key type itself otherwise.
   */
  default List<String> algorithms() {
    return switch (keyType()) {
      case "ssh-rsa" -> List.of("rsa-sha2-512", "rsa-sha2-256");
      case "ssh-rsa-cert-v01@openssh.com" ->
          List.of("rsa-sha2-512-cert-v01@openssh.com", "rsa-sha2-256-cert-v01@openssh.com");
      default -> List.of(keyType());
    };
  }

  /**
   * Signs. May block: on an agent that asks, on a token that wants a touch.
   *
   * @param algorithm one of {@link #algorithms}
   * @param data what to sign (RFC 4252 section 7)
   * @return the signature as it goes over the wire: algorithm name and signature blob, each with
   *     its length (RFC 4253 section 6.6)
   * @throws IOException if the signer refuses or cannot be reached; the message names it
   */
  byte[] sign(String algorithm, byte[] data) throws IOException;

  /**
   * Whether {@link #sign} answers at once and by itself: nobody is asked, no token is touched,
   * nothing is fetched. Such an identity signs the first request that names it, which saves a round
   * trip; for any other, the server is asked first whether the key would do (RFC 4252 section 7).
   * False unless said.
   */
  default boolean signsAtOnce() {
    return false;
  }

  /**
   * Where the key comes from, for the trail: {@code ~/.ssh/id_ed25519}, {@code agent:
   * alice@laptop}.
   */
  String description();
}
