package com.example.postern.connector.playground;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;

/** All users as CSV. */
final class Export {
  private static final List<String> COLUMNS =
      List.of("id", "name", "email", "address", "company", "job", "createdAt", "updatedAt");

  private final Data data;

  Export(Data data) {
    this.data = data;
  }

  Reply csv() throws RefusedException {
    if (data.users.isEmpty()) {
      throw new RefusedException("No data available to export.");
    }
    String lines = data.users.stream().map(Export::line).collect(Collectors.joining());
    return new Reply(200, "text/csv", String.join(",", COLUMNS) + "\n" + lines, java.util.Map.of())
        .with("Content-Disposition", "attachment; filename=data_export.csv");
  }

  private static String line(ObjectNode user) {
    return COLUMNS.stream()
            .map(column -> user.path(column).asText().replaceAll("[\\n\\r,]", ""))
            .collect(Collectors.joining(","))
        + "\n";
  }
}
