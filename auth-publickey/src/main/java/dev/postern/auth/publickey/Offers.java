package dev.postern.auth.publickey;

import dev.postern.api.auth.Identity;
import dev.postern.api.config.MisconfiguredException;
import dev.postern.api.hop.PluginContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Puts identities in order: the named ones that the agent holds, the other named ones, the agent's
 * other keys. A key's certificates go before it.
 */
final class Offers {
  private final List<KeyFile> files;
  private final Certificates certificates;
  private final Passphrases passphrases;
  private final PluginContext context;

  Offers(
      List<KeyFile> files,
      Certificates certificates,
      Passphrases passphrases,
      PluginContext context) {
    this.files = List.copyOf(files);
    this.certificates = certificates;
    this.passphrases = passphrases;
    this.context = context;
  }

  Stream<Identity> stream(Optional<Agent> agent, List<Agent.Key> held, boolean identitiesOnly) {
    checkPublicFiles(held);
    checkCertificates(held);
    Stream<Identity> named =
        files.stream()
            .filter(file -> heldKey(file, held).isPresent())
            .flatMap(file -> ofAgent(agent, heldKey(file, held).orElseThrow()));
    Stream<Identity> fromFiles =
        files.stream().filter(file -> heldKey(file, held).isEmpty()).flatMap(this::ofFile);
    Stream<Identity> others =
        identitiesOnly
            ? Stream.empty()
            : held.stream()
                .filter(key -> !key.blob().type().equals("ssh-dss"))
                .filter(key -> certificates.allows(key.blob()))
                .sorted(Comparator.comparing(key -> !key.blob().isCertificate()))
                .flatMap(key -> ofAgent(agent, key));
    Set<PublicBlob> offered = new HashSet<>();
    // concat advances file by file; flatMap over the three would open all the files at once.
    return Stream.concat(named, Stream.concat(fromFiles, others))
        .filter(identity -> offered.add(((SignerIdentity) identity).blob()));
  }

  static Optional<Agent.Key> heldKey(KeyFile file, List<Agent.Key> held) {
    return held.stream()
        .filter(key -> file.publicKey().filter(key.blob()::equals).isPresent())
        .findFirst();
  }

  private void checkPublicFiles(List<Agent.Key> held) {
    for (KeyFile file : files) {
      if (file.stored().isEmpty() && heldKey(file, held).isEmpty()) {
        throw new MisconfiguredException(
            "'%s' is a public key and no agent holds its private part; add it with ssh-add, or name"
                    .formatted(file.name())
                + " the private key file");
      }
    }
  }

  private void checkCertificates(List<Agent.Key> held) {
    for (Certificates.Entry entry : certificates.listed()) {
      PublicBlob wanted = entry.certificate().key();
      boolean known =
          held.stream().anyMatch(key -> key.blob().equals(wanted))
              || files.stream().anyMatch(file -> publicKey(file).equals(wanted));
      if (!known) {
        throw new MisconfiguredException(
            "the certificate '%s' belongs to none of the identities; name its key in identities"
                .formatted(entry.path()));
      }
    }
  }

  private Stream<Identity> ofAgent(Optional<Agent> agent, Agent.Key key) {
    Agent holder = agent.orElseThrow();
    return withCertificates(
        key.blob(),
        (algorithm, data) -> holder.sign(key.blob(), algorithm, data),
        false, // It may have been told to ask.
        "agent: " + key.comment());
  }

  private Stream<Identity> ofFile(KeyFile file) {
    StoredKey stored = file.stored().orElseThrow();
    return withCertificates(
        publicKey(file),
        (algorithm, data) -> passphrases.open(file, stored).sign(algorithm, data),
        !stored.isEncrypted(),
        file.path().map(this::shortened).orElse(file.name()));
  }

  private Stream<Identity> withCertificates(
      PublicBlob key, SignerIdentity.Signer signer, boolean signsAtOnce, String description) {
    Stream<Identity> certified =
        certificates.of(key).stream()
            .map(
                entry ->
                    new SignerIdentity(
                        entry.certificate().blob(), signer, signsAtOnce, shortened(entry.path())));
    return Stream.concat(
        certified, Stream.of(new SignerIdentity(key, signer, signsAtOnce, description)));
  }

  /** The public part of a file; opens the key where it tells its public part to nobody else. */
  private PublicBlob publicKey(KeyFile file) {
    if (file.publicKey().isPresent()) {
      return file.publicKey().get();
    }
    try {
      return passphrases.open(file, file.stored().orElseThrow()).publicKey();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String shortened(Path path) {
    return path.startsWith(context.home())
        ? "~/" + context.home().relativize(path)
        : path.toString();
  }
}
