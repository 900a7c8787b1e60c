package com.example.postern.connector.warehouse;

import com.example.postern.connector.config.Clean;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes rows of items: columns by their names in the warehouse, one row for each key. */
final class Rows {
  /** When a row was written. */
  static final String SYNCED = "_synced";

  /** Whether the API no longer has it. */
  static final String DELETED = "_deleted";

  private static final int MOST_COLUMNS = 1_000;

  private final List<String> keys;
  private final Map<String, String> normalised = new LinkedHashMap<>();

  Rows(List<String> keys) {
    this.keys = keys;
  }

  /**
   * Those of one answer. The last of two with the same key counts.
   *
   * @throws WarehouseException if an item has no key, or names that cannot be columns
   */
  Collection<Map<String, JsonNode>> of(List<ObjectNode> items) throws WarehouseException {
    Map<List<String>, Map<String, JsonNode>> rows = new LinkedHashMap<>();
    for (ObjectNode item : items) {
      Map<String, JsonNode> row = row(item);
      List<String> key = new ArrayList<>();
      for (String column : keys) {
        JsonNode value = row.get(column);
        if (value == null || value.isNull() || value.isContainerNode()) {
          throw new WarehouseException(
              "an item has no \"%s\", which its primary key is made of".formatted(column));
        }
        key.add(value.asText());
      }
      rows.remove(key);
      rows.put(key, row);
    }
    return rows.values();
  }

  private Map<String, JsonNode> row(ObjectNode item) throws WarehouseException {
    Map<String, JsonNode> row = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : item.properties()) {
      String column = column(field.getKey());
      if (row.put(column, field.getValue()) != null) {
        throw new WarehouseException(
            "an item has two fields that are the column \"%s\"".formatted(column));
      }
    }
    return row;
  }

  private String column(String field) throws WarehouseException {
    String known = normalised.get(field);
    if (known != null) {
      return known;
    }
    if (normalised.size() >= MOST_COLUMNS) {
      throw new WarehouseException(
          "the items have more than %d different fields".formatted(MOST_COLUMNS));
    }
    String column = Names.normalised(field);
    if (column.equals(SYNCED) || column.equals(DELETED)) {
      throw new WarehouseException(
          "an item has the field \"%s\", whose column is ours".formatted(Clean.line(field)));
    }
    normalised.put(field, column);
    return column;
  }
}
