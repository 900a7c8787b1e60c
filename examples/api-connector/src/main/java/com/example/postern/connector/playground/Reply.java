package com.example.postern.connector.playground;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;

/** An answer. */
record Reply(int status, String contentType, String body, Map<String, String> headers) {
  private static final Map<Integer, String> TITLES =
      Map.of(
          400, "Bad Request",
          401, "Unauthorized",
          404, "Not Found",
          405, "Method Not Allowed",
          415, "Unsupported Media Type");

  /** As most endpoints write their data. */
  static Reply dumped(JsonNode node) {
    return new Reply(200, "application/json", PythonJson.dumps(node), Map.of());
  }

  /** As the endpoints below {@code /auth} do. */
  static Reply jsonified(JsonNode node) {
    return new Reply(200, "application/json", PythonJson.jsonify(node), Map.of());
  }

  static Reply error(int status, String text) {
    return new Reply(
        status,
        "application/json",
        PythonJson.jsonify(JsonNodeFactory.instance.objectNode().put("error", text)),
        Map.of());
  }

  /** A page as Werkzeug makes it; the text is HTML. */
  static Reply page(int status, String text) {
    return new Reply(
        status,
        "text/html; charset=utf-8",
        """
        <!doctype html>
        <html lang=en>
        <title>%d %s</title>
        <h1>%s</h1>
        <p>%s</p>
        """
            .formatted(status, TITLES.get(status), TITLES.get(status), text),
        Map.of());
  }

  Reply with(String header, String value) {
    return new Reply(status, contentType, body, Map.of(header, value));
  }
}
