package dev.postern.auth.publickey;

import static java.util.Objects.requireNonNull;

import dev.postern.api.config.Default;
import dev.postern.api.config.Doc;
import dev.postern.api.secret.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The settings of the strategy {@code publickey}.
 *
 * @param identities key files, in the order to try; a {@code .pub} file selects the agent's key. If
 *     empty, as keys are, and no agent is named, OpenSSH's own: {@code ~/.ssh/id_ed25519}, {@code
 *     id_ecdsa}, {@code id_rsa}, as far as they are there
 * @param passphrase opens the encrypted ones; the person is asked if it is absent
 * @param certificates certificate files of those keys, beside {@code <identity>-cert.pub}
 * @param agent {@code true}, {@code false} or a socket; by default the agent of {@code
 *     SSH_AUTH_SOCK} is used if it answers
 * @param identitiesOnly whether the agent's other keys are left out
 * @param keys private keys that are in no file, as the text of one
 */
@Doc("Signs in with key files, certificates and ssh-agent.")
public record PublickeyConfig(
    @Doc(
            value =
                "Private key files in the order to try, OpenSSH's usual ones unless set; one that is named and cannot be used is an error. A .pub file selects a key that the agent holds.",
            example = "[\"~/.ssh/id_ed25519\"]")
        @Default("[]")
        List<Path> identities,
    @Doc("The passphrase of the encrypted identities; without it the person is asked.")
        Optional<Secret> passphrase,
    @Doc(
            value = "Certificate files for the identities, beside <identity>-cert.pub.",
            example = "[\"~/.ssh/bastion-cert.pub\"]")
        @Default("[]")
        List<Path> certificates,
    @Doc(
            value =
                "true (the agent of SSH_AUTH_SOCK), false, or an agent's socket; used if there by default.",
            example = "\"~/.ssh/agent.sock\"")
        Optional<String> agent,
    @Doc("Whether only the named identities are offered, and no other keys of the agent.")
        @Default("false")
        boolean identitiesOnly,
    @Doc(
            value =
                "Private keys themselves, as the text of a key file, for a machine that has no such file; tried after the identities.",
            example = "[{ env = DEPLOY_KEY }]")
        @Default("[]")
        List<Secret> keys) {
  /** Copies the lists. */
  public PublickeyConfig {
    identities = List.copyOf(identities);
    certificates = List.copyOf(certificates);
    keys = List.copyOf(keys);
    requireNonNull(passphrase, "passphrase is null");
    requireNonNull(agent, "agent is null");
  }
}
