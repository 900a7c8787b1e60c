package com.example.postern.connector.playground;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** JSON as the playground writes it, to the byte. */
final class PythonJson {
  private PythonJson() {}

  /** {@code json.dumps(node)}: one line, in the order of insertion. */
  static String dumps(JsonNode node) {
    StringBuilder out = new StringBuilder();
    write(out, node, -1);
    return out.toString();
  }

  /** Flask's {@code jsonify(node)} in debug mode: sorted and indented. */
  static String jsonify(JsonNode node) {
    StringBuilder out = new StringBuilder();
    write(out, node, 0);
    return out.append('\n').toString();
  }

  private static void write(StringBuilder out, JsonNode node, int depth) {
    if (node.isObject()) {
      List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(node.properties());
      if (depth >= 0) {
        fields.sort(Comparator.comparing(Map.Entry::getKey));
      }
      List<Runnable> parts = new ArrayList<>();
      for (Map.Entry<String, JsonNode> field : fields) {
        parts.add(
            () -> {
              quote(out, field.getKey());
              out.append(": ");
              write(out, field.getValue(), inner(depth));
            });
      }
      list(out, '{', parts, '}', depth);
    } else if (node.isArray()) {
      List<Runnable> parts = new ArrayList<>();
      node.forEach(element -> parts.add(() -> write(out, element, inner(depth))));
      list(out, '[', parts, ']', depth);
    } else if (node.isTextual()) {
      quote(out, node.textValue());
    } else {
      out.append(node);
    }
  }

  private static int inner(int depth) {
    return depth < 0 ? depth : depth + 1;
  }

  private static void list(
      StringBuilder out, char begin, List<Runnable> parts, char end, int depth) {
    out.append(begin);
    String separator = depth < 0 ? "" : newLine(depth + 1);
    for (Runnable part : parts) {
      out.append(separator);
      part.run();
      separator = depth < 0 ? ", " : "," + newLine(depth + 1);
    }
    if (!parts.isEmpty() && depth >= 0) {
      out.append(newLine(depth));
    }
    out.append(end);
  }

  private static String newLine(int depth) {
    return "\n" + "  ".repeat(depth);
  }

  private static void quote(StringBuilder out, String text) {
    out.append('"');
    for (char c : text.toCharArray()) {
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ' || c > '~') {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
