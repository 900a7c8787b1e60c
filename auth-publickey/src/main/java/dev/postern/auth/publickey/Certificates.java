package dev.postern.auth.publickey;

import dev.postern.api.config.MisconfiguredException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The certificates that go with the identities: listed ones first, then those beside the keys. */
final class Certificates {
  /**
   * A usable certificate file.
   *
   * @param path where it is
   * @param certificate what it says
   * @param listed whether the settings name it
   */
  record Entry(Path path, Certificate certificate, boolean listed) {}

  private final List<Entry> entries;
  private final Instant now;

  private Certificates(List<Entry> entries, Instant now) {
    this.entries = entries;
    this.now = now;
  }

  /**
   * Reads them.
   *
   * @throws MisconfiguredException if a listed one is missing, broken, or of no use now
   */
  static Certificates read(List<Path> listed, List<KeyFile> files, Instant now) {
    List<Entry> entries = new ArrayList<>();
    for (Path path : listed) {
      Certificate certificate = KeyFiles.certificate(path);
      Optional<String> problem = certificate.problem(now);
      if (problem.isPresent()) {
        throw new MisconfiguredException(
            "the certificate '%s' is not usable: %s".formatted(path, problem.get()));
      }
      entries.add(new Entry(path, certificate, true));
    }
    for (KeyFile file : files) {
      beside(file, now).ifPresent(entries::add);
    }
    return new Certificates(entries, now);
  }

  private static Optional<Entry> beside(KeyFile file, Instant now) {
    if (file.path().isEmpty()) {
      return Optional.empty();
    }
    String name = file.path().get().toString();
    // OpenSSH: the certificate of id.pub is id-cert.pub, that of id too.
    String base = name.endsWith(".pub") ? name.substring(0, name.length() - 4) : name;
    Path path = file.path().get().getFileSystem().getPath(base + "-cert.pub");
    if (!Files.isRegularFile(path)) {
      return Optional.empty();
    }
    Certificate certificate = KeyFiles.certificate(path);
    return certificate.problem(now).isPresent()
        ? Optional.empty()
        : Optional.of(new Entry(path, certificate, false));
  }

  /** Those of one key. */
  List<Entry> of(PublicBlob key) {
    return entries.stream().filter(entry -> entry.certificate().key().equals(key)).toList();
  }

  /** Those that the settings name. */
  List<Entry> listed() {
    return entries.stream().filter(Entry::listed).toList();
  }

  /** Whether a key of the agent may be offered: it is no certificate, or one that is valid now. */
  boolean allows(PublicBlob blob) {
    if (!blob.isCertificate()) {
      return true;
    }
    try {
      return Certificate.parse(blob).problem(now).isEmpty();
    } catch (KeyFormatException e) {
      return false;
    }
  }
}
