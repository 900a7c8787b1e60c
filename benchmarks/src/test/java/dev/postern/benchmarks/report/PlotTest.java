package dev.postern.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

final class PlotTest {
  private final Results results = new Results();

  @Test
  void barsStandFromTheBestToTheWorst() throws Exception {
    results.add("bulk", "postern", "down", 800);
    results.add("bulk", "ssh <&>", "down", 400);
    results.add("bulk", "mina", "down", 1600);
    results.add("bulk", "loopback", "down", 9999);
    Document plot = plot(new Plot.Panel("Download", "bulk", "down", false));
    assertThat(texts(plot))
        .containsExactly(
            "Download (more is better)", "mina", "1600", "postern", "800", "ssh <&>", "400");
    List<Element> bars = elements(plot, "rect");
    assertThat(bars.stream().map(bar -> bar.getAttribute("class")))
        .containsExactly("peer", "own", "peer");
    double longest = Double.parseDouble(bars.get(0).getAttribute("width"));
    double ours = Double.parseDouble(bars.get(1).getAttribute("width"));
    assertThat(longest / ours).isBetween(1.99, 2.01);
  }

  @Test
  void whereLessIsBetterTheLeastComesFirst() throws Exception {
    results.add("cold-start", "postern", "ms", 500);
    results.add("cold-start", "ssh", "ms", 200);
    Document plot = plot(new Plot.Panel("Cold", "cold-start", "ms", true));
    assertThat(texts(plot))
        .containsExactly("Cold (less is better)", "ssh", "200", "postern", "500");
  }

  @Test
  void aFigureThatNobodyHasIsNotShown() throws Exception {
    results.add("bulk", "postern", "down", 800);
    Document plot =
        plot(
            new Plot.Panel("Requests", "requests", "rate", false),
            new Plot.Panel("Download", "bulk", "down", false));
    assertThat(texts(plot)).containsExactly("Download (more is better)", "postern", "800");
  }

  private Document plot(Plot.Panel... panels) throws Exception {
    String text = Plot.of(results, List.of(panels), "postern");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> texts(Document plot) {
    return elements(plot, "text").stream().map(Element::getTextContent).toList();
  }

  private static List<Element> elements(Document plot, String name) {
    NodeList nodes = plot.getElementsByTagName(name);
    return new ArrayList<>(
        IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList());
  }
}
