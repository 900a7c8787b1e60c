package dev.postern.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** A measure as text: a row for each peer, with medians and what they lie between. */
public final class Table {
  private static final String NOTHING = "-";

  private Table() {}

  /** The table of a measure, with what was left out below it. Ends with a line feed. */
  public static String of(Results results, String measure) {
    List<Series> figures = results.of(measure);
    List<String> columns = figures.stream().map(Series::column).distinct().toList();
    List<List<String>> rows = new ArrayList<>();
    rows.add(new ArrayList<>(columns));
    rows.get(0).add(0, measure);
    for (String peer : figures.stream().map(Series::peer).distinct().toList()) {
      List<String> row = new ArrayList<>(List.of(peer));
      for (String column : columns) {
        row.add(results.find(measure, peer, column).map(Table::cell).orElse(NOTHING));
      }
      rows.add(row);
    }
    StringBuilder text = new StringBuilder(aligned(rows));
    for (Results.LeftOut each : results.leftOut()) {
      if (each.measure().equals(measure)) {
        text.append("  left out: ").append(each.what()).append(": ").append(each.reason());
        text.append('\n');
      }
    }
    return text.toString();
  }

  private static String cell(Series series) {
    String median = number(series.median());
    if (series.values().size() == 1) {
      return median;
    }
    return median + " (" + number(series.min()) + "–" + number(series.max()) + ")";
  }

  /** With about three digits. */
  static String number(double value) {
    double size = Math.abs(value);
    int digits = size >= 100 ? 0 : size >= 10 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  private static String aligned(List<List<String>> rows) {
    int[] widths =
        IntStream.range(0, rows.get(0).size())
            .map(i -> rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
            .toArray();
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String padding = " ".repeat(widths[i] - row.get(i).length());
        line.append(i == 0 ? row.get(i) + padding : "   " + padding + row.get(i));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
