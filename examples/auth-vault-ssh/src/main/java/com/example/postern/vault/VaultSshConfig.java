package com.example.postern.vault;

import dev.postern.api.config.Default;
import dev.postern.api.config.Doc;
import dev.postern.api.secret.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The settings of the strategy {@code vault-ssh}. A refusal that begins with a key is reported at
 * that key's line.
 *
 * @param address where the API is
 * @param mount where the SSH secrets engine is mounted
 * @param role the role that signs
 * @param token lets us use the role
 * @param namespace of the engine
 * @param principals who the certificate is for; empty for the hop's user
 * @param ttl how long it is to be valid
 * @param extensions what it is to permit
 * @param caFile whom to trust for the API's TLS certificate
 * @param renewBefore how long before its end a certificate is no longer used
 */
@Doc("Signs in with a certificate that a Vault-compatible API signs on demand for a new key.")
public record VaultSshConfig(
    @Doc(
            value = "Where the API is; plain http for this machine only.",
            example = "\"https://vault.example.com:8200\"")
        String address,
    @Doc(value = "Where the SSH secrets engine is mounted.", example = "teams/ssh")
        @Default("ssh-client-signer")
        String mount,
    @Doc(value = "The role that signs the key.", example = "developers") String role,
    @Doc(value = "The token to use the role with.", example = "{ env = VAULT_TOKEN }") Secret token,
    @Doc(value = "The namespace of the engine, where the API has them.", example = "teams/orders")
        Optional<String> namespace,
    @Doc(value = "Whom the certificate is for; the hop's user if none is named.", example = "[ops]")
        @Default("[]")
        List<String> principals,
    @Doc(
            value = "How long the certificate is to be valid; without it the role says.",
            example = "5m")
        Optional<Duration> ttl,
    @Doc(
            value = "What the certificate is to permit; without it the role says.",
            example = "[permit-pty, permit-port-forwarding]")
        @Default("[]")
        List<String> extensions,
    @Doc(
            value = "A PEM file with the authority of the API's TLS certificate; else Java's own.",
            example = "\"/etc/ssl/vault-ca.pem\"")
        Optional<Path> caFile,
    @Doc("How long before its end a certificate is no longer used.") @Default("30s")
        Duration renewBefore) {
  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException with the key and what it must be
   */
  public VaultSshConfig {
    principals = List.copyOf(principals);
    extensions = List.copyOf(extensions);
    SigningUrl.of(address, mount, role);
    namespace.ifPresent(
        name -> expect(Plain.isPath(name), "namespace: '%s' is no path such as teams/ssh", name));
    principals.forEach(name -> expect(Plain.isName(name), "principals: '%s' is no name", name));
    extensions.forEach(name -> expect(Plain.isName(name), "extensions: '%s' is no name", name));
    expect(ttl.map(time -> time.toSeconds() > 0).orElse(true), "ttl: must be at least 1s");
    expect(!renewBefore.isNegative(), "renew-before: must not be negative");
  }

  private static void expect(boolean holds, String refusal, Object... values) {
    if (!holds) {
      throw new IllegalArgumentException(refusal.formatted(values));
    }
  }
}
