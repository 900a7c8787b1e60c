package dev.postern.core.hostkey;

import dev.postern.api.hop.Endpoint;
import dev.postern.api.hop.Person;
import dev.postern.api.hop.Time;
import dev.postern.circuit.Phase;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.hop.HopPolicy;
import dev.postern.core.hop.HostKeyAlgorithms;
import dev.postern.core.text.Sanitiser;
import dev.postern.problem.Code;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Verifies by known_hosts files, as OpenSSH reads them. They are read anew for every key, so that
 * what others add or revoke counts at once. Made by {@link KnownHosts}.
 */
public final class KnownHostsVerifier implements HostKeyVerifier {
  private final Endpoint endpoint;
  private final HopPolicy policy;
  private final Person person;
  private final Consumer<String> notice;
  private final Time time;
  private final KnownHostsFiles files;
  private final KnownHostsWriter writer;
  private final ReentrantLock asking;

  KnownHostsVerifier(
      Endpoint endpoint,
      HopPolicy policy,
      Person person,
      Consumer<String> notice,
      Time time,
      KnownHostsFiles files,
      KnownHostsWriter writer,
      ReentrantLock asking) {
    this.endpoint = endpoint;
    this.policy = policy;
    this.person = person;
    this.notice = notice;
    this.time = time;
    this.files = files;
    this.writer = writer;
    this.asking = asking;
  }

  @Override
  public String verify(ServerKey key) throws HopFailure {
    LookupName name = LookupName.of(endpoint, policy.hostKeyAlias());
    Wording wording = new Wording(name);
    KnownKeys known = read(name);
    if (KeyType.isCertificate(key.type())) {
      return certificate(key, name, wording, known);
    }
    try {
      return plain(HostKey.parse(key.blob()), name, wording, known);
    } catch (MalformedKeyException e) {
      throw wording.unusable(e);
    }
  }

  @Override
  public List<String> order(HostKeyAlgorithms offered) throws HopFailure {
    KnownKeys known = known();
    List<String> expected =
        Stream.of(offered.always(), offered.ifKnown())
            .flatMap(List::stream)
            .filter(known::expects)
            .toList();
    Set<String> order = new LinkedHashSet<>();
    expected.stream().filter(KeyType::isCertificate).forEach(order::add);
    order.addAll(expected);
    order.addAll(offered.always());
    return List.copyOf(order);
  }

  /** Certificates are better than keys: where we know an authority, no key is to lead. */
  @Override
  public boolean isKnown(String algorithm) throws HopFailure {
    KnownKeys known = known();
    return known.authorities().isEmpty() && known.expects(algorithm);
  }

  private KnownKeys known() throws HopFailure {
    return read(LookupName.of(endpoint, policy.hostKeyAlias()));
  }

  private String certificate(ServerKey key, LookupName name, Wording wording, KnownKeys known)
      throws HopFailure {
    HostCertificate certificate;
    try {
      certificate = HostCertificate.parse(key.blob());
    } catch (MalformedKeyException e) {
      throw wording.brokenCertificate(e);
    }
    expectNotRevoked(certificate.key(), wording, known);
    expectNotRevoked(certificate.authority(), wording, known);
    expectStrong(certificate.key(), wording);
    List<KnownHost> authorities = known.authorities();
    Optional<KnownHost> authority =
        authorities.stream().filter(line -> line.holds(certificate.authority())).findFirst();
    if (authority.isEmpty()) {
      if (authorities.isEmpty() || known.find(certificate.key()).isPresent()) {
        return plain(certificate.key(), name, wording, known);
      }
      throw wording.invalidCertificate(
          certificate, wording.wrongAuthority(certificate, authorities));
    }
    Optional<String> fault = CertificateCheck.fault(certificate, name.host(), time.now());
    if (fault.isPresent()) {
      throw wording.invalidCertificate(certificate, fault.get());
    }
    return "%s certificate \"%s\" serial %s signed by %s known (%s)"
        .formatted(
            certificate.key(),
            Sanitiser.line(certificate.keyId()),
            Long.toUnsignedString(certificate.serial()),
            certificate.authority(),
            authority.get().place());
  }

  private String plain(HostKey key, LookupName name, Wording wording, KnownKeys known)
      throws HopFailure {
    Optional<KnownHost> line = check(key, wording, known);
    if (line.isPresent()) {
      return known(key, line.get(), wording, known);
    }
    return switch (policy.strictHostKeys()) {
      case YES -> throw wording.unknownAndStrict(key, policy.knownHosts(), known.malformed());
      case ACCEPT_NEW -> add(key, name, wording);
      case ASK -> ask(key, name, wording);
    };
  }

  /** The line that the key is known by; empty if nothing is known of the host. */
  private static Optional<KnownHost> check(HostKey key, Wording wording, KnownKeys known)
      throws HopFailure {
    expectNotRevoked(key, wording, known);
    expectStrong(key, wording);
    Optional<KnownHost> line = known.find(key);
    List<KnownHost> expected = known.expected();
    if (line.isPresent() || expected.isEmpty()) {
      return line;
    }
    for (KnownHost other : expected) {
      if (other.key().orElseThrow().type() == key.type()) {
        throw wording.changed(key, other);
      }
    }
    throw wording.otherTypes(key, expected);
  }

  private String ask(HostKey key, LookupName name, Wording wording) throws HopFailure {
    try {
      asking.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      String sentence = "The opening was cancelled while a question waited for its turn.";
      throw new HopFailure(Code.CANCELLED, Phase.HOST_KEY, sentence, e);
    }
    try {
      KnownKeys known = read(name); // somebody may have said yes while we waited
      Optional<KnownHost> line = check(key, wording, known);
      if (line.isPresent()) {
        return known(key, line.get(), wording, known);
      }
      if (!person.isPresent()) {
        throw wording.unknownAndNobody(key, policy.knownHosts(), known.malformed());
      }
      String question = wording.question(key, known.elsewhere(key));
      if (!Confirmation.given(person, question, key.fingerprint())) {
        throw wording.declined(key);
      }
      return add(key, name, wording);
    } finally {
      asking.unlock();
    }
  }

  /** A key that was accepted but could not be saved is good for this time, as in OpenSSH. */
  private String add(HostKey key, LookupName name, Wording wording) throws HopFailure {
    if (policy.knownHosts().isEmpty()) {
      notice.accept(wording.notAdded("known-hosts", "no file is configured"));
      return key + " accepted, not saved";
    }
    Path file = policy.knownHosts().get(0);
    if (KnownHostsFiles.isNullDevice(file)) {
      return key + " accepted, not saved";
    }
    try {
      boolean added =
          writer.add(file, wording.line(key), () -> check(key, wording, read(name)).isEmpty());
      if (added) {
        notice.accept(wording.added(key));
      }
      return key + (added ? " added (" + file + ")" : " known");
    } catch (AccessDeniedException e) {
      notice.accept(wording.notAdded(file.toString(), "permission denied"));
    } catch (IOException e) {
      notice.accept(wording.notAdded(file.toString(), String.valueOf(e.getMessage())));
    }
    return key + " accepted, not saved";
  }

  private static String known(HostKey key, KnownHost line, Wording wording, KnownKeys known) {
    return key + " known (" + line.place() + ")" + wording.skipped(known.malformed());
  }

  private static void expectNotRevoked(HostKey key, Wording wording, KnownKeys known)
      throws HopFailure {
    Optional<String> place = known.revocation(key);
    if (place.isPresent()) {
      throw wording.revoked(key, place.get());
    }
  }

  private static void expectStrong(HostKey key, Wording wording) throws HopFailure {
    if (KeyPolicy.isWeak(key)) {
      throw wording.weak(key);
    }
  }

  private KnownKeys read(LookupName name) throws HopFailure {
    return new KnownKeys(
        files.read(policy.knownHosts()), RevokedKeysFile.read(policy.revokedHostKeys()), name);
  }
}
