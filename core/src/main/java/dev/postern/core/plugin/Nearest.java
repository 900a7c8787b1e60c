package dev.postern.core.plugin;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that somebody may have meant. */
public final class Nearest {
  private Nearest() {}

  /** The known name that is nearest, if it is near enough to be a slip. */
  public static Optional<String> to(String name, Collection<String> known) {
    String wanted = name.toLowerCase(Locale.ROOT);
    int limit = Math.min(3, Math.max(2, wanted.length() / 2));
    return known.stream()
        .filter(candidate -> distance(wanted, candidate) <= limit)
        .min(Comparator.comparingInt(candidate -> distance(wanted, candidate)));
  }

  /** {@code " Did you mean 'x'?"}, or nothing. */
  public static String hint(String name, Collection<String> known) {
    return to(name, known).map(" Did you mean '%s'?"::formatted).orElse("");
  }

  /** The edit distance (Levenshtein). */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int substituted = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[other.length()];
  }
}
