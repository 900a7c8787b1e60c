package dev.postern.circuit;

import static java.util.Objects.requireNonNull;

import org.apiguardian.api.API;

/**
 * The terminal that a shell or a command wants (RFC 4254 section 6.2).
 *
 * @param type the value of {@code TERM}
 * @param columns its width in characters; 0 if it is not known
 * @param rows its height in characters; 0 if it is not known
 * @param modes how it treats what is typed and shown
 */
@API(status = API.Status.MAINTAINED, since = "1.0")
public record TerminalRequest(String type, int columns, int rows, TerminalModes modes) {
  /**
   * A terminal of this kind.
   *
   * @throws IllegalArgumentException if a size is negative
   */
  public TerminalRequest {
    requireNonNull(type, "type is null");
    requireNonNull(modes, "modes is null");
    if (columns < 0 || rows < 0) {
      throw new IllegalArgumentException(
          "a terminal of %d columns and %d rows".formatted(columns, rows));
    }
  }

  /** A terminal with the {@linkplain TerminalModes#usual usual modes}. */
  public TerminalRequest(String type, int columns, int rows) {
    this(type, columns, rows, TerminalModes.usual());
  }
}
