package dev.postern.fleet;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apiguardian.api.API;

/**
 * Names of many targets in one text, as ClusterShell and pdsh write them: {@code web[01-20],db1},
 * {@code sw[1-3,7,10-12/2]}, {@code rack[1-2]-node[1-8]}. Zeros in front are kept.
 */
@API(status = API.Status.EXPERIMENTAL, since = "1.0")
public final class TargetNames {
  /** The most names that one text may stand for. */
  public static final int LIMIT = 100_000;

  /** What could mean something to a shell, an option, a terminal or a path. */
  private static final Pattern UNFIT =
      Pattern.compile("^[-.@^]|[^\\p{L}\\p{N}._:@%+\\[\\]-]|\\[[^:\\]]*\\]|\\.\\.");

  private static final Pattern RANGE =
      Pattern.compile("([0-9]{1,18})(?:-([0-9]{1,18})(?:/([0-9]{1,18}))?)?");
  private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f.]*:[0-9A-Fa-f.:]*(%.+)?");

  private TargetNames() {}

  /**
   * The names that the text stands for, each once, in its order.
   *
   * @throws IllegalArgumentException if it cannot be understood, stands for more than {@link
   *     #LIMIT} names, or for one that cannot be a target's; the message says which part
   */
  public static List<String> expand(String text) {
    Set<String> names = new LinkedHashSet<>();
    for (String part : split(text)) {
      expandPart(part, names);
    }
    return List.copyOf(names);
  }

  /**
   * The parts between the commas and blanks that stand outside of brackets.
   *
   * @throws IllegalArgumentException if a bracket is not closed
   */
  public static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    boolean inside = false;
    for (char next : requireNonNull(text, "text is null").toCharArray()) {
      if (next == '[' || next == ']') {
        if (inside == (next == '[')) {
          throw unclear(text, "its brackets do not match");
        }
        inside = next == '[';
      }
      if (!inside && (next == ',' || Character.isWhitespace(next))) {
        add(parts, part);
      } else {
        part.append(next);
      }
    }
    if (inside) {
      throw unclear(text, "its brackets do not match");
    }
    add(parts, part);
    return parts;
  }

  private static void add(List<String> parts, StringBuilder part) {
    if (!part.isEmpty()) {
      parts.add(part.toString());
      part.setLength(0);
    }
  }

  /**
   * The shortest text for these names: {@code node[40-42],db1}. What differs in one number is drawn
   * together, in the order of the numbers.
   */
  public static String fold(Collection<String> names) {
    return Folding.of(names);
  }

  /**
   * The name, if it can be a target's.
   *
   * @throws IllegalArgumentException if it is empty, begins with {@code -}, or holds a character
   *     that has no place in it
   */
  public static String expectName(String name) {
    if (name.isEmpty() || name.length() > 255 || UNFIT.matcher(name).find()) {
      throw new IllegalArgumentException(
          "\"%s\" cannot be the name of a target".formatted(printable(name)));
    }
    return name;
  }

  private static void expandPart(String part, Set<String> names) {
    List<String> built = List.of("");
    int from = 0;
    for (int open = part.indexOf('['); open >= 0; open = part.indexOf('[', from)) {
      int close = part.indexOf(']', open);
      String inside = part.substring(open + 1, close);
      List<String> values =
          ADDRESS.matcher(inside).matches() ? List.of("[" + inside + "]") : numbers(inside, part);
      built = combined(built, part.substring(from, open), values, part);
      from = close + 1;
    }
    String rest = part.substring(from);
    for (String name : built) {
      names.add(expectName(name + rest));
      if (names.size() > LIMIT) {
        throw tooMany(part);
      }
    }
  }

  private static List<String> combined(
      List<String> before, String between, List<String> values, String part) {
    if ((long) before.size() * values.size() > LIMIT) {
      throw tooMany(part);
    }
    List<String> all = new ArrayList<>(before.size() * values.size());
    for (String start : before) {
      for (String value : values) {
        all.add(start + between + value);
      }
    }
    return all;
  }

  private static List<String> numbers(String inside, String part) {
    List<String> all = new ArrayList<>();
    for (String range : inside.split(",", -1)) {
      var match = RANGE.matcher(range.strip());
      if (!match.matches()) {
        throw unclear(part, "[%s] is no list of numbers and ranges".formatted(printable(inside)));
      }
      String first = requireNonNull(match.group(1));
      long begin = Long.parseLong(first);
      long end = match.group(2) == null ? begin : Long.parseLong(match.group(2));
      long step = match.group(3) == null ? 1 : Long.parseLong(match.group(3));
      if (end < begin || step == 0) {
        throw unclear(part, "%s goes nowhere".formatted(range.strip()));
      }
      if ((end - begin) / step + all.size() >= LIMIT) {
        throw tooMany(part);
      }
      String format = first.startsWith("0") ? "%0" + first.length() + "d" : "%d";
      for (long number = begin; number <= end; number += step) {
        all.add(format.formatted(number));
      }
    }
    return all;
  }

  private static IllegalArgumentException unclear(String text, String why) {
    return new IllegalArgumentException(
        "\"%s\" cannot be understood: %s. Targets are written like web[01-20],db1"
            .formatted(printable(text), why));
  }

  private static IllegalArgumentException tooMany(String part) {
    return new IllegalArgumentException(
        "\"%s\" stands for more than %d targets".formatted(printable(part), LIMIT));
  }

  private static String printable(String text) {
    String clean = text.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
    return clean.length() > 80 ? clean.substring(0, 80) + "…" : clean;
  }
}
