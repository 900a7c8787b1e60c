package dev.postern.core.person;

import dev.postern.api.hop.Person;
import java.util.Map;

/** Chooses whom to ask, as OpenSSH does. */
public final class Persons {
  private Persons() {}

  /**
   * The person behind this process.
   *
   * @param environment for {@code SSH_ASKPASS}, {@code SSH_ASKPASS_REQUIRE} ({@code never}, {@code
   *     prefer}, {@code force}) and {@code DISPLAY}
   * @param batch whether nobody is to be asked
   */
  public static Person of(Map<String, String> environment, boolean batch) {
    return of(environment, batch, TerminalPerson.hasTerminal());
  }

  static Person of(Map<String, String> environment, boolean batch, boolean terminal) {
    if (batch) {
      return new AbsentPerson();
    }
    String program = environment.getOrDefault("SSH_ASKPASS", "");
    String require = environment.getOrDefault("SSH_ASKPASS_REQUIRE", "");
    boolean usable = !program.isEmpty() && !require.equals("never");
    boolean preferred = require.equals("prefer") || require.equals("force");
    boolean display =
        environment.containsKey("DISPLAY") || environment.containsKey("WAYLAND_DISPLAY");
    if (usable && (preferred || (!terminal && display))) {
      return new AskpassPerson(program);
    }
    return terminal ? new TerminalPerson() : new AbsentPerson();
  }
}
