package dev.postern.core.config;

import dev.postern.core.hop.HostKeyAlgorithms;
import dev.postern.core.hop.Proposal;
import dev.postern.core.plugin.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The settings that name algorithms, written as ssh_config(5) has them: names with commas between
 * them, best first; {@code +} before them adds to the usual ones, {@code -} takes away what
 * matches, {@code ^} puts them first.
 */
enum AlgorithmList {
  KEX("key exchange"),
  CIPHERS("cipher"),
  MACS("MAC"),
  HOST_KEY_ALGORITHMS("host key algorithm");

  /** Names of others that are broken, or nearly so. */
  private static final Set<String> WEAK =
      Set.of(
          "diffie-hellman-group1-sha1",
          "3des-cbc",
          "blowfish-cbc",
          "cast128-cbc",
          "arcfour",
          "arcfour128",
          "arcfour256",
          "none",
          "hmac-md5",
          "hmac-md5-96",
          "hmac-sha1-96",
          "hmac-md5-etm@openssh.com",
          "umac-64@openssh.com",
          "umac-64-etm@openssh.com",
          "ssh-rsa",
          "ssh-dss");

  private static final String MARKS = "+-^";

  private final String noun;

  AlgorithmList(String noun) {
    this.noun = noun;
  }

  /** Its key in the configuration. */
  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What is offered; the usual where nothing is written. */
  List<String> chosen(Optional<String> written) {
    return written.map(this::chosen).orElseGet(this::usual);
  }

  /**
   * What is offered where that is written.
   *
   * @throws IllegalArgumentException if it names what is not known, or leaves nothing
   */
  List<String> chosen(String written) {
    String text = written.strip();
    char mark = text.isEmpty() ? ' ' : text.charAt(0);
    boolean marked = MARKS.indexOf(mark) >= 0;
    List<String> names = names(marked ? text.substring(1) : text);
    Set<String> result = new LinkedHashSet<>();
    if (mark == '-') {
      result.addAll(usual());
      names.forEach(pattern -> result.removeAll(matching(pattern)));
    } else {
      names.forEach(this::expectKnown);
      result.addAll(mark == '+' ? usual() : names);
      result.addAll(mark == '+' ? names : mark == '^' ? usual() : List.of());
    }
    if (result.isEmpty()) {
      throw new IllegalArgumentException("this leaves no %s to offer".formatted(noun));
    }
    return List.copyOf(result);
  }

  /** A list without a mark is the whole of it: then nothing depends on what is known. */
  static HostKeyAlgorithms hostKeys(Optional<String> written) {
    if (written.isEmpty()) {
      return HostKeyAlgorithms.USUAL;
    }
    String text = written.get().strip();
    List<String> always = HOST_KEY_ALGORITHMS.chosen(text);
    List<String> ifKnown = new ArrayList<>();
    if (text.startsWith("-")) {
      ifKnown.addAll(HostKeyAlgorithms.USUAL.ifKnown());
      names(text.substring(1)).forEach(it -> ifKnown.removeAll(HOST_KEY_ALGORITHMS.matching(it)));
    } else if (MARKS.indexOf(text.charAt(0)) >= 0) {
      ifKnown.addAll(HostKeyAlgorithms.USUAL.ifKnown());
      ifKnown.removeAll(always);
    }
    return new HostKeyAlgorithms(always, ifKnown);
  }

  private static List<String> names(String text) {
    return List.of(text.strip().split("\\s*,\\s*"));
  }

  private Set<String> matching(String pattern) {
    if (WEAK.contains(pattern)) {
      return Set.of();
    }
    String expression =
        pattern.replaceAll("[^A-Za-z0-9@*?-]", "\\\\$0").replace("*", ".*").replace("?", ".");
    Set<String> matching =
        known().stream()
            .filter(name -> name.matches(expression))
            .collect(Collectors.toUnmodifiableSet());
    if (matching.isEmpty()) {
      throw unknown(pattern);
    }
    return matching;
  }

  private void expectKnown(String name) {
    if (known().contains(name)) {
      return;
    }
    if (WEAK.contains(name)) {
      throw new IllegalArgumentException("'%s' is too weak to be offered".formatted(name));
    }
    throw unknown(name);
  }

  private IllegalArgumentException unknown(String name) {
    String hint = Nearest.hint(name, known());
    return new IllegalArgumentException(
        "there is no %s '%s'.%s"
            .formatted(
                noun, name, hint.isEmpty() ? " Known: " + String.join(", ", known()) : hint));
  }

  private List<String> usual() {
    return switch (this) {
      case KEX -> Proposal.USUAL.kex();
      case CIPHERS -> Proposal.USUAL.ciphers();
      case MACS -> Proposal.USUAL.macs();
      case HOST_KEY_ALGORITHMS -> HostKeyAlgorithms.USUAL.always();
    };
  }

  /** What some servers want, and nobody offers without having been told to. */
  private List<String> onlyByName() {
    return switch (this) {
      case KEX ->
          List.of(
              "mlkem1024nistp384-sha384",
              "mlkem768nistp256-sha256",
              "ecdh-sha2-nistp521",
              "ecdh-sha2-nistp384",
              "ecdh-sha2-nistp256",
              "diffie-hellman-group-exchange-sha1",
              "diffie-hellman-group14-sha1");
      case CIPHERS -> List.of("aes256-cbc", "aes192-cbc", "aes128-cbc");
      case MACS -> List.of("hmac-sha1-etm@openssh.com", "hmac-sha1");
      case HOST_KEY_ALGORITHMS -> HostKeyAlgorithms.USUAL.ifKnown();
    };
  }

  private List<String> known() {
    List<String> known = new ArrayList<>(usual());
    known.addAll(onlyByName());
    return known;
  }
}
