package dev.postern.cli.surroundings;

import dev.postern.circuit.TerminalModes;
import dev.postern.circuit.TerminalModes.Mode;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the modes of a terminal from what {@code stty -a} prints on Linux, macOS and the BSDs. */
final class SttyReport {
  private static final Pattern SPEED = Pattern.compile("\\bspeed (\\d{1,9}) baud");
  private static final Pattern CHARACTER = Pattern.compile("([a-z0-9]+) = ([^;\\s]+);");
  private static final Pattern SWITCH = Pattern.compile("(?<=\\s)(-?)([a-z0-9]+)(?=\\s)");

  /** Where {@code stty} has a name that is not the RFC's without its V. */
  private static final Map<Mode, String> NAMES =
      Map.of(
          Mode.VREPRINT, "rprnt",
          Mode.VSWTCH, "swtch",
          Mode.VFLUSH, "flush");

  private SttyReport() {}

  static TerminalModes modes(String report) {
    Map<String, String> characters = new HashMap<>();
    // The BSDs call it so.
    Matcher character = CHARACTER.matcher(report.replace("reprint =", "rprnt ="));
    while (character.find()) {
      characters.put(character.group(1), character.group(2));
    }
    Map<String, Boolean> switches = new HashMap<>();
    Matcher flag = SWITCH.matcher(CHARACTER.matcher(report).replaceAll(" ") + " ");
    while (flag.find()) {
      switches.put(flag.group(2), flag.group(1).isEmpty());
    }
    TerminalModes modes = TerminalModes.NONE;
    for (Mode mode : Mode.values()) {
      String name = NAMES.getOrDefault(mode, plainName(mode));
      if (mode.isCharacter() && characters.containsKey(name)) {
        modes = modes.with(mode, code(characters.get(name)));
      } else if (mode.isSwitch() && switches.containsKey(name)) {
        modes = modes.with(mode, switches.get(name) ? 1 : 0);
      }
    }
    Matcher speed = SPEED.matcher(report);
    if (speed.find()) {
      int value = Integer.parseInt(speed.group(1));
      modes = modes.with(Mode.TTY_OP_ISPEED, value).with(Mode.TTY_OP_OSPEED, value);
    }
    return modes;
  }

  private static String plainName(Mode mode) {
    String name = mode.name().toLowerCase(java.util.Locale.ROOT);
    return mode.isCharacter() ? name.substring(1) : name;
  }

  /** {@code ^C}, {@code ^?}, {@code M-^C}, a character, or the words for no key. */
  private static int code(String text) {
    if (text.startsWith("<") && text.length() > 1) {
      return TerminalModes.NO_KEY;
    }
    if (text.startsWith("M-") && text.length() > 2) {
      return 0x80 | code(text.substring(2));
    }
    if (text.length() == 2 && text.charAt(0) == '^') {
      return text.charAt(1) == '?' ? 0x7f : text.charAt(1) & 0x1f;
    }
    return text.charAt(0) & 0xff;
  }
}
