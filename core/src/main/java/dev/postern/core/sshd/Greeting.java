package dev.postern.core.sshd;

import dev.postern.core.text.Sanitiser;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * What a server sent before the line that names its SSH version (RFC 4253 section 4.2): nothing, or
 * the words of something that is no SSH server.
 *
 * @param text the beginning of it, sanitised
 */
record Greeting(String text) {
  static final Greeting NOTHING = new Greeting("");

  /** The version line came, so what was before it does not matter. */
  static final Greeting SSH = new Greeting("");

  /** What OpenSSH says in place of its version when it wants no more connections. */
  private static final Set<String> TURNED_AWAY =
      Set.of("Exceeded MaxStartups", "Not allowed at this time");

  private static final int SHOWN = 80;

  static Greeting of(byte[] data, int offset, int length) {
    String beginning =
        new String(data, offset, Math.min(length, SHOWN), StandardCharsets.UTF_8).strip();
    return new Greeting(beginning.startsWith("SSH-") ? "" : Sanitiser.line(beginning));
  }

  boolean isTurningAway() {
    return TURNED_AWAY.contains(text);
  }

  boolean isForeign() {
    return !text.isEmpty() && !isTurningAway();
  }
}
