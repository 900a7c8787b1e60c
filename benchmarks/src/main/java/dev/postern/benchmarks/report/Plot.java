package dev.postern.benchmarks.report;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Figures as SVG: a panel of bars for each, from the best to the worst. */
public final class Plot {
  /**
   * A figure that is shown.
   *
   * @param title over its bars, with the unit
   * @param measure of which table
   * @param column of it
   * @param lessIsBetter which way is better
   */
  public record Panel(String title, String measure, String column, boolean lessIsBetter) {}

  private static final int WIDTH = 900;
  private static final int COLUMNS = 2;
  private static final int PANEL_WIDTH = WIDTH / COLUMNS;
  private static final int BAR = 14;
  private static final int ROW = 20;
  private static final int TITLE = 30;
  private static final int NAMES = 125;
  private static final int VALUES = 60;

  private Plot() {}

  /**
   * The document.
   *
   * @param own whose bars stand out
   */
  public static String of(Results results, List<Panel> panels, String own) {
    List<Panel> shown = panels.stream().filter(panel -> !bars(results, panel).isEmpty()).toList();
    StringBuilder body = new StringBuilder();
    int top = 10;
    for (int i = 0; i < shown.size(); i += COLUMNS) {
      int height = 0;
      for (int j = i; j < Math.min(i + COLUMNS, shown.size()); j++) {
        Panel panel = shown.get(j);
        List<Series> bars = bars(results, panel);
        draw(body, panel, bars, own, (j - i) * PANEL_WIDTH + 10, top);
        height = Math.max(height, TITLE + bars.size() * ROW + 16);
      }
      top += height;
    }
    return """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="system-ui, sans-serif" font-size="12">
    <style>
    text { fill: #24292f } .title { font-weight: 600 } .own { fill: #0b6e4f } .peer { fill: #9aa5b1 }
    @media (prefers-color-scheme: dark) { text { fill: #d0d7de } .own { fill: #3fb68b } .peer { fill: #57606a } }
    </style>
    %s</svg>
    """
        .formatted(WIDTH, top, body);
  }

  private static List<Series> bars(Results results, Panel panel) {
    Comparator<Series> ascending = Comparator.comparingDouble(Series::median);
    return results.of(panel.measure()).stream()
        .filter(series -> series.column().equals(panel.column()))
        .filter(series -> !series.peer().equals("loopback"))
        .sorted(panel.lessIsBetter() ? ascending : ascending.reversed())
        .toList();
  }

  private static void draw(
      StringBuilder body, Panel panel, List<Series> bars, String own, int left, int top) {
    String hint = panel.lessIsBetter() ? " (less is better)" : " (more is better)";
    text(body, left, top + 14, "class=\"title\"", panel.title() + hint);
    double most = bars.stream().mapToDouble(Series::median).max().orElse(1);
    double scale = (PANEL_WIDTH - NAMES - VALUES - 20) / most;
    for (int i = 0; i < bars.size(); i++) {
      Series bar = bars.get(i);
      int y = top + TITLE + i * ROW;
      boolean ours = bar.peer().startsWith(own);
      text(body, left, y + 11, ours ? "class=\"title\"" : "", bar.peer());
      double length = Math.max(1, bar.median() * scale);
      body.append(
          String.format(
              Locale.ROOT,
              "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\" class=\"%s\"/>%n",
              left + NAMES,
              y,
              length,
              BAR,
              ours ? "own" : "peer"));
      text(body, left + NAMES + (int) length + 6, y + 11, "", Table.number(bar.median()));
    }
  }

  private static void text(StringBuilder body, int x, int y, String attributes, String text) {
    String escaped = text.replace("&", "&amp;").replace("<", "&lt;");
    body.append("<text x=\"%d\" y=\"%d\" %s>%s</text>%n".formatted(x, y, attributes, escaped));
  }
}
