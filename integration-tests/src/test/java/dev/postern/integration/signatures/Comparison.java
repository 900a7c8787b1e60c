package dev.postern.integration.signatures;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What stands between two texts of signatures, from the side of a plugin made for the older one.
 */
final class Comparison {
  private final Set<String> ours;
  private final List<String> breaks = new ArrayList<>();
  private final List<String> additions = new ArrayList<>();

  private Comparison(Set<String> ours) {
    this.ours = ours;
  }

  /**
   * Compares.
   *
   * @param ours the types that we make and plugins only use: they may get abstract methods
   */
  static Comparison of(List<String> older, List<String> newer, Set<String> ours) {
    Comparison comparison = new Comparison(ours);
    Map<String, Type> before = types(older);
    Map<String, Type> after = types(newer);
    before.forEach((name, type) -> comparison.compare(name, type, after.get(name)));
    after.keySet().stream()
        .filter(name -> !before.containsKey(name))
        .forEach(name -> comparison.additions.add("new type " + name));
    return comparison;
  }

  /** What a plugin made for the older text cannot live with. */
  List<String> breaks() {
    return breaks;
  }

  /** What it does not know. */
  List<String> additions() {
    return additions;
  }

  private void compare(String name, Type before, @org.jspecify.annotations.Nullable Type after) {
    if (after == null) {
      breaks.add("removed type " + name);
      return;
    }
    if (!before.header().equals(after.header())) {
      breaks.add("changed '%s' to '%s'".formatted(before.header(), after.header()));
    }
    for (String member : before.members()) {
      if (!after.members().contains(member)) {
        breaks.add("removed or changed in %s: %s".formatted(name, member));
      }
    }
    for (String member : after.members()) {
      if (!before.members().contains(member)) {
        added(name, member);
      }
    }
  }

  private void added(String name, String member) {
    boolean mustBeServed =
        member.matches("method (protected )?abstract .*") && !ours.contains(name);
    if (mustBeServed) {
      breaks.add("new abstract method, which plugins lack, in %s: %s".formatted(name, member));
    } else if (member.startsWith("constant ")) {
      breaks.add("new constant, which a plugin's switch lacks, in %s: %s".formatted(name, member));
    } else {
      additions.add("new in %s: %s".formatted(name, member));
    }
  }

  private static Map<String, Type> types(List<String> lines) {
    Map<String, Type> types = new LinkedHashMap<>();
    Type current = null;
    for (String line : lines) {
      if (line.startsWith(Signatures.INDENT) && current != null) {
        current.members().add(line.strip());
      } else {
        current = new Type(line, new LinkedHashSet<>());
        types.put(name(line), current);
      }
    }
    return types;
  }

  /** The word after the kind, without type variables. */
  private static String name(String header) {
    return header.replaceFirst(
        "^.*?\\b(?:class|interface|record|enum|annotation) ([\\w.$]+).*$", "$1");
  }

  private record Type(String header, Set<String> members) {}
}
