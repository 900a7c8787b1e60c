package dev.postern.core.hostkey;

import dev.postern.api.hop.Endpoint;
import dev.postern.circuit.Phase;
import dev.postern.core.hop.HopFailure;
import dev.postern.core.text.Sanitiser;
import dev.postern.problem.Code;
import java.util.Optional;

/**
 * The name that a hop's keys are looked up and kept under.
 *
 * @param primary {@code name}, {@code [name]:port} for another port than 22, or the alias
 * @param host the name or alias alone, which certificates are made out to
 */
record LookupName(String primary, String host) {
  private static final int DEFAULT_PORT = 22;
  private static final String HOST_CHARACTERS = ".-_:%";
  private static final String ALIAS_CHARACTERS = HOST_CHARACTERS + "[]@+/=~";

  /** Refuses names that would mean something else in a known_hosts file. */
  static LookupName of(Endpoint endpoint, Optional<String> alias) throws HopFailure {
    if (alias.isPresent()) {
      String name = check("host-key-alias", alias.get(), ALIAS_CHARACTERS);
      return new LookupName(name, name);
    }
    String host = check("host name", endpoint.host(), HOST_CHARACTERS);
    if (endpoint.port() == DEFAULT_PORT) {
      return new LookupName(host, host);
    }
    return new LookupName("[" + host + "]:" + endpoint.port(), host);
  }

  /**
   * Whether there is no port to leave out. As in OpenSSH, a host's key without port is good for its
   * other ports too, as long as none is known with the port.
   */
  boolean hasOneForm() {
    return primary.equals(host);
  }

  private static String check(String what, String name, String special) throws HopFailure {
    boolean plain = !name.isEmpty() && name.charAt(0) != '-' && name.charAt(0) != '@';
    if (plain && name.codePoints().allMatch(point -> isPlain(point, special))) {
      return Lower.of(name);
    }
    String sentence =
        "The %s \"%s\" cannot be looked up in known_hosts; expected a name or an address of letters, digits and %s; correct it in the configuration."
            .formatted(what, Sanitiser.line(name), special);
    throw new HopFailure(Code.HOST_KEY_UNKNOWN, Phase.HOST_KEY, sentence);
  }

  private static boolean isPlain(int point, String special) {
    return Character.isLetterOrDigit(point) || special.indexOf(point) >= 0;
  }
}
