package dev.postern.integration;

import dev.postern.Postern;
import dev.postern.plugin.InstalledPlugin;
import dev.postern.plugin.KeyDescription;
import dev.postern.plugin.PluginType;
import dev.postern.plugin.PluginType.Kind;
import dev.postern.plugin.TypeDescription;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The reference of all bundled types, written from their records. */
final class ReferencePages {
  private static final String GENERATED =
      "Written from the records of the plugins by ReferencePagesTest; `postern plugins describe TYPE` shows the same.";

  private final List<TypeDescription> types = new ArrayList<>();

  ReferencePages() {
    try (Postern postern = Postern.builder().build()) {
      for (InstalledPlugin plugin : postern.plugins()) {
        for (PluginType type : plugin.types()) {
          postern.describe(type.name()).stream()
              .filter(described -> described.type().equals(type))
              .forEach(types::add);
        }
      }
    }
    types.sort(Comparator.comparing(described -> described.type().name()));
  }

  /** The text of each file, by its name. */
  Map<String, String> all() {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("strategies.md", page("Strategies", Kind.AUTH));
    pages.put("transports.md", page("Transports", Kind.TRANSPORT));
    pages.put("secrets.md", page("Secret sources", Kind.SECRET));
    pages.put("reference.conf", configuration());
    return pages;
  }

  private String page(String title, Kind kind) {
    StringBuilder page = new StringBuilder("# %s\n\n%s\n".formatted(title, GENERATED));
    for (TypeDescription described : of(kind)) {
      page.append("\n## %s\n\n%s\n".formatted(described.type().name(), described.meaning()));
      if (described.keys().isEmpty()) {
        continue;
      }
      page.append("\n");
      page.append(
          "| key | type | default | meaning | example |\n| --- | --- | --- | --- | --- |\n");
      described.keys().forEach(key -> page.append(row(key)));
    }
    return page.toString();
  }

  private List<TypeDescription> of(Kind kind) {
    return types.stream().filter(described -> described.type().kind() == kind).toList();
  }

  private static String row(KeyDescription key) {
    return "| `%s` | %s | %s | %s | `%s` |\n"
        .formatted(
            key.key(),
            key.type(),
            key.required() ? "required" : key.defaultValue().map("`%s`"::formatted).orElse(""),
            key.meaning().replace("|", "\\|"),
            key.example().replace("|", "\\|"));
  }

  private String configuration() {
    StringBuilder text =
        new StringBuilder("# Every key of every bundled type, with its default or an example.\n");
    for (Kind kind : Kind.values()) {
      for (TypeDescription described : of(kind)) {
        text.append("\n# %s: %s\n#{\n".formatted(described.type(), described.meaning()));
        text.append("#  type = %s\n".formatted(described.type().name()));
        described.keys().stream()
            .filter(key -> !key.key().contains("."))
            .forEach(key -> text.append(lines(key)));
        text.append("#}\n");
      }
    }
    return text.toString();
  }

  private static String lines(KeyDescription key) {
    return "#  # %s\n#  %s = %s\n"
        .formatted(note(key), key.key(), key.defaultValue().orElse(key.example()));
  }

  private static String note(KeyDescription key) {
    return key.required() ? key.meaning() + " Required." : key.meaning();
  }
}
