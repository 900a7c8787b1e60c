package dev.postern.cli.surroundings;

import java.util.List;

/** Which of the standard streams are terminals. */
public record Terminals(boolean input, boolean output, boolean error) {
  public static final Terminals NONE = new Terminals(false, false, false);

  /** As the launcher says it, which can tell: {@code in,out,err}, or those of them that are. */
  static Terminals of(String names) {
    List<String> terminals = List.of(names.split(","));
    return new Terminals(
        terminals.contains("in"), terminals.contains("out"), terminals.contains("err"));
  }
}
