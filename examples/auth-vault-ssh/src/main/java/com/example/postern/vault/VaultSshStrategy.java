package com.example.postern.vault;

import dev.postern.api.auth.AuthMethod;
import dev.postern.api.auth.AuthStrategy;
import dev.postern.api.auth.Identity;
import dev.postern.api.hop.HopContext;
import dev.postern.api.secret.SecretException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Offers one identity: a new key with its certificate, or one that is still fresh. */
final class VaultSshStrategy implements AuthStrategy {
  private final VaultSshConfig config;
  private final HopContext hop;
  private final Certificates certificates;

  VaultSshStrategy(VaultSshConfig config, HopContext hop, Certificates certificates) {
    this.config = config;
    this.hop = hop;
    this.certificates = certificates;
  }

  @Override
  public Set<AuthMethod> methods() {
    return Set.of(AuthMethod.PUBLICKEY);
  }

  @Override
  public Stream<Identity> identities() throws SecretException {
    List<String> principals =
        config.principals().isEmpty() ? List.of(hop.hop().user()) : config.principals();
    try (Token token = Token.read(config.token())) {
      Signing signing = Signing.of(config, principals, token);
      return Stream.of(certificates.get(signing, token, hop));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SecretException("the wait for a certificate was interrupted", e);
    }
  }
}
