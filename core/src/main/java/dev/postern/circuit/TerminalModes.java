package dev.postern.circuit;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * How a terminal treats what is typed and shown (RFC 4254 section 8): which character erases, which
 * interrupts, whether text is UTF-8. Immutable. The far end uses the modes that it knows, and has
 * its own for those that are not named.
 */
@API(status = API.Status.MAINTAINED, since = "1.0")
public final class TerminalModes {
  /** What a character has as its value where no key does its work. */
  public static final int NO_KEY = 255;

  /** No modes: the far end has its own. */
  public static final TerminalModes NONE = new TerminalModes(new EnumMap<>(Mode.class));

  private static final TerminalModes USUAL =
      NONE.with(Mode.VINTR, 3)
          .with(Mode.VQUIT, 28)
          .with(Mode.VERASE, 127)
          .with(Mode.VKILL, 21)
          .with(Mode.VEOF, 4)
          .with(Mode.VEOL, NO_KEY)
          .with(Mode.VEOL2, NO_KEY)
          .with(Mode.VSTART, 17)
          .with(Mode.VSTOP, 19)
          .with(Mode.VSUSP, 26)
          .with(Mode.VREPRINT, 18)
          .with(Mode.VWERASE, 23)
          .with(Mode.VLNEXT, 22)
          .with(Mode.ICRNL, 1)
          .with(Mode.IXON, 1)
          .with(Mode.IUTF8, 1)
          .with(Mode.ISIG, 1)
          .with(Mode.ICANON, 1)
          .with(Mode.ECHO, 1)
          .with(Mode.ECHOE, 1)
          .with(Mode.ECHOK, 1)
          .with(Mode.IEXTEN, 1)
          .with(Mode.ECHOCTL, 1)
          .with(Mode.ECHOKE, 1)
          .with(Mode.OPOST, 1)
          .with(Mode.ONLCR, 1)
          .with(Mode.CS8, 1)
          .with(Mode.TTY_OP_ISPEED, 38_400)
          .with(Mode.TTY_OP_OSPEED, 38_400);

  private final Map<Mode, Integer> values;

  private TerminalModes(EnumMap<Mode, Integer> values) {
    this.values = Collections.unmodifiableMap(values);
  }

  /** Those of a new terminal on Linux, with UTF-8. */
  public static TerminalModes usual() {
    return USUAL;
  }

  /**
   * These modes with one more, or with another value of it.
   *
   * @param value a character's code or {@link #NO_KEY}; 0 or 1 of a switch; bits per second
   * @throws IllegalArgumentException if the mode cannot have this value
   */
  public TerminalModes with(Mode mode, int value) {
    requireNonNull(mode, "mode is null");
    if (value < 0 || value > mode.largest()) {
      throw new IllegalArgumentException(
          "%s is %d, and can be from 0 to %d".formatted(mode, value, mode.largest()));
    }
    EnumMap<Mode, Integer> changed = new EnumMap<>(Mode.class);
    changed.putAll(values);
    changed.put(mode, value);
    return new TerminalModes(changed);
  }

  /** The value of a mode, if it is named. */
  public Optional<Integer> get(Mode mode) {
    return Optional.ofNullable(values.get(mode));
  }

  /** All that are named, in the order of their codes. */
  public Map<Mode, Integer> values() {
    return values;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TerminalModes modes && values.equals(modes.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.toString();
  }

  /** A mode under its name in RFC 4254 section 8, {@code IUTF8} in RFC 8160. */
  public enum Mode {
    VINTR(1, Kind.CHARACTER),
    VQUIT(2, Kind.CHARACTER),
    VERASE(3, Kind.CHARACTER),
    VKILL(4, Kind.CHARACTER),
    VEOF(5, Kind.CHARACTER),
    VEOL(6, Kind.CHARACTER),
    VEOL2(7, Kind.CHARACTER),
    VSTART(8, Kind.CHARACTER),
    VSTOP(9, Kind.CHARACTER),
    VSUSP(10, Kind.CHARACTER),
    VDSUSP(11, Kind.CHARACTER),
    VREPRINT(12, Kind.CHARACTER),
    VWERASE(13, Kind.CHARACTER),
    VLNEXT(14, Kind.CHARACTER),
    VFLUSH(15, Kind.CHARACTER),
    VSWTCH(16, Kind.CHARACTER),
    VSTATUS(17, Kind.CHARACTER),
    VDISCARD(18, Kind.CHARACTER),
    IGNPAR(30, Kind.SWITCH),
    PARMRK(31, Kind.SWITCH),
    INPCK(32, Kind.SWITCH),
    ISTRIP(33, Kind.SWITCH),
    INLCR(34, Kind.SWITCH),
    IGNCR(35, Kind.SWITCH),
    ICRNL(36, Kind.SWITCH),
    IUCLC(37, Kind.SWITCH),
    IXON(38, Kind.SWITCH),
    IXANY(39, Kind.SWITCH),
    IXOFF(40, Kind.SWITCH),
    IMAXBEL(41, Kind.SWITCH),
    IUTF8(42, Kind.SWITCH),
    ISIG(50, Kind.SWITCH),
    ICANON(51, Kind.SWITCH),
    XCASE(52, Kind.SWITCH),
    ECHO(53, Kind.SWITCH),
    ECHOE(54, Kind.SWITCH),
    ECHOK(55, Kind.SWITCH),
    ECHONL(56, Kind.SWITCH),
    NOFLSH(57, Kind.SWITCH),
    TOSTOP(58, Kind.SWITCH),
    IEXTEN(59, Kind.SWITCH),
    ECHOCTL(60, Kind.SWITCH),
    ECHOKE(61, Kind.SWITCH),
    PENDIN(62, Kind.SWITCH),
    OPOST(70, Kind.SWITCH),
    OLCUC(71, Kind.SWITCH),
    ONLCR(72, Kind.SWITCH),
    OCRNL(73, Kind.SWITCH),
    ONOCR(74, Kind.SWITCH),
    ONLRET(75, Kind.SWITCH),
    CS7(90, Kind.SWITCH),
    CS8(91, Kind.SWITCH),
    PARENB(92, Kind.SWITCH),
    PARODD(93, Kind.SWITCH),
    TTY_OP_ISPEED(128, Kind.SPEED),
    TTY_OP_OSPEED(129, Kind.SPEED);

    private final int code;
    private final Kind kind;

    Mode(int code, Kind kind) {
      this.code = code;
      this.kind = kind;
    }

    /** Its opcode. */
    public int code() {
      return code;
    }

    /** Whether its value is the code of a character. */
    public boolean isCharacter() {
      return kind == Kind.CHARACTER;
    }

    /** Whether its value is 0 or 1. */
    public boolean isSwitch() {
      return kind == Kind.SWITCH;
    }

    private int largest() {
      return switch (kind) {
        case CHARACTER -> 255;
        case SWITCH -> 1;
        case SPEED -> Integer.MAX_VALUE;
      };
    }
  }

  private enum Kind {
    CHARACTER,
    SWITCH,
    SPEED
  }
}
