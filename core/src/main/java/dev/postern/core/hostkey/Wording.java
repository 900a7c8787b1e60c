package dev.postern.core.hostkey;

import static java.util.stream.Collectors.joining;

import dev.postern.circuit.Phase;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.text.Sanitiser;
import dev.postern.problem.Code;
import java.nio.file.Path;
import java.util.List;

/** The sentences, with OpenSSH's words where scripts look for them. */
final class Wording {
  private static final int SHOWN = 5;

  private final LookupName name;

  Wording(LookupName name) {
    this.name = name;
  }

  HopFailure revoked(HostKey key, String place) {
    return failure(
        Code.HOST_KEY_REVOKED,
        "REVOKED HOST KEY DETECTED! The %s key %s of %s is marked as revoked in %s; do not connect, ask the host's administrator for its present key."
            .formatted(key.type(), key.fingerprint(), name.primary(), place));
  }

  HopFailure weak(HostKey key) {
    return failure(
        Code.HOST_KEY_WEAK,
        "The RSA host key %s of %s has %d bits, expected at least %d; ask the host's administrator for a better key."
            .formatted(key.fingerprint(), name.primary(), key.bits(), KeyPolicy.RSA_BITS));
  }

  HopFailure unusable(MalformedKeyException reason) {
    return failure(
        Code.HOST_KEY_WEAK,
        "The host key of %s cannot be used: %s; expected an ED25519, ECDSA or RSA key; ask the host's administrator for one."
            .formatted(name.primary(), Sanitiser.line(String.valueOf(reason.getMessage()))));
  }

  HopFailure brokenCertificate(MalformedKeyException reason) {
    return failure(
        Code.HOST_CERTIFICATE_INVALID,
        "The host certificate of %s cannot be read: %s; ask the host's administrator for a new one."
            .formatted(name.primary(), Sanitiser.line(String.valueOf(reason.getMessage()))));
  }

  HopFailure invalidCertificate(HostCertificate certificate, String reason) {
    return failure(
        Code.HOST_CERTIFICATE_INVALID,
        "The %s host certificate \"%s\" (serial %s) of %s does not hold: %s; ask the host's administrator for a new one."
            .formatted(
                certificate.key().type(),
                Sanitiser.line(certificate.keyId()),
                Long.toUnsignedString(certificate.serial()),
                name.primary(),
                reason));
  }

  String wrongAuthority(HostCertificate certificate, List<KnownHost> authorities) {
    return "its authority %s is none of those known, %s"
        .formatted(certificate.authority(), places(authorities));
  }

  HopFailure changed(HostKey key, KnownHost offending) {
    return failure(
        Code.HOST_KEY_CHANGED,
        "REMOTE HOST IDENTIFICATION HAS CHANGED! %s sent the %s key %s, but another one is known: Offending %s key in %s. Somebody may be listening in; if the host's administrator confirms the new key, remove that line (ssh-keygen -R '%s' -f '%s') and add: %s"
            .formatted(
                name.primary(),
                key.type(),
                key.fingerprint(),
                offending.key().map(known -> known.type().toString()).orElse(""),
                offending.place(),
                name.primary(),
                offending.file(),
                line(key)));
  }

  HopFailure otherTypes(HostKey key, List<KnownHost> known) {
    return failure(
        Code.HOST_KEY_CHANGED,
        "REMOTE HOST IDENTIFICATION HAS CHANGED! %s sent the %s key %s, but only keys of other types are known for it: %s. Somebody may be listening in; if the host's administrator confirms the new key, add to %s: %s"
            .formatted(
                name.primary(),
                key.type(),
                key.fingerprint(),
                known.stream()
                    .limit(SHOWN)
                    .map(host -> host.key().orElseThrow().type() + " key in " + host.place())
                    .collect(joining(", ")),
                known.get(0).file(),
                line(key)));
  }

  HopFailure unknownAndStrict(HostKey key, List<Path> files, List<KnownHost> malformed) {
    return failure(
        Code.HOST_KEY_UNKNOWN,
        "No %s host key is known for %s and you have requested strict checking. %s"
            .formatted(key.type(), name.primary(), remedy(key, files, malformed)));
  }

  HopFailure unknownAndNobody(HostKey key, List<Path> files, List<KnownHost> malformed) {
    return failure(
        Code.HOST_KEY_UNKNOWN,
        "No %s host key is known for %s and nobody is there to be asked. %s"
            .formatted(key.type(), name.primary(), remedy(key, files, malformed)));
  }

  HopFailure declined(HostKey key) {
    return failure(
        Code.HOST_KEY_DECLINED,
        "The %s host key %s of %s was not confirmed, so nothing was sent; compare the fingerprint with the host's administrator and try again."
            .formatted(key.type(), key.fingerprint(), name.primary()));
  }

  String question(HostKey key, List<KnownHost> elsewhere) {
    String others =
        elsewhere.isEmpty()
            ? "This key is not known by any other names."
            : "This host key is known by the following other names/addresses:\n"
                + elsewhere.stream()
                    .limit(SHOWN)
                    .map(line -> "    " + line.place() + ": " + shown(line))
                    .collect(joining("\n"));
    return """
        The authenticity of host '%s' can't be established.
        %s key fingerprint is %s.
        %s
        Are you sure you want to continue connecting (yes/no/[fingerprint])? \
        """
        .formatted(name.primary(), key.type(), key.fingerprint(), others);
  }

  String added(HostKey key) {
    return "Warning: Permanently added '%s' (%s) to the list of known hosts."
        .formatted(name.primary(), key.type());
  }

  String notAdded(String where, String reason) {
    return "Failed to add the host to the list of known hosts (%s): %s [%s]"
        .formatted(where, Sanitiser.line(reason), Code.HOST_KEY_NOT_SAVED);
  }

  /** The line for a known_hosts file. */
  String line(HostKey key) {
    return name.primary() + " " + key.line();
  }

  String skipped(List<KnownHost> malformed) {
    return malformed.isEmpty() ? "" : "; skipped as malformed: " + places(malformed);
  }

  private String remedy(HostKey key, List<Path> files, List<KnownHost> malformed) {
    String skipped =
        malformed.isEmpty() ? "" : " Malformed, so skipped: " + places(malformed) + ".";
    String where = files.isEmpty() ? "a file named in known-hosts" : files.get(0).toString();
    return "Its fingerprint is %s.%s If the host's administrator confirms it, add to %s: %s"
        .formatted(key.fingerprint(), skipped, where, line(key));
  }

  private static String shown(KnownHost line) {
    return Sanitiser.line(line.hosts().text());
  }

  private static String places(List<KnownHost> lines) {
    return lines.stream().limit(SHOWN).map(KnownHost::place).collect(joining(", "));
  }

  private static HopFailure failure(Code code, String sentence) {
    return new HopFailure(code, Phase.HOST_KEY, sentence);
  }
}
