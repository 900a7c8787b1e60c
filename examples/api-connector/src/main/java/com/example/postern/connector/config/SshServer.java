package com.example.postern.connector.config;

import dev.postern.api.secret.Secret;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The SSH server of a configuration file. A server that wants key and password gets both, on one
 * connection.
 *
 * @param privateKey the text of a key in any format that OpenSSH reads, PEM or PKCS#8
 * @param knownHosts where its host key is looked up; empty for OpenSSH's own files
 * @param hostKey its host key itself, {@code ssh-ed25519 AAAA…}, in place of a file
 * @param acceptNew whether a host key that was never seen is taken and remembered
 * @param localPort where to listen on this machine for the API; empty for no listener at all
 */
public record SshServer(
    String host,
    int port,
    String user,
    Optional<Secret> password,
    Optional<Secret> privateKey,
    Optional<Secret> passphrase,
    Optional<Path> knownHosts,
    Optional<String> hostKey,
    boolean acceptNew,
    OptionalInt localPort) {

  /** {@code alice@bastion:22}. */
  @Override
  public String toString() {
    return "%s@%s:%d".formatted(user, host, port);
  }
}
