package com.example.postern.connector.config;

import java.util.List;

/**
 * What is read, and where it goes.
 *
 * @param endpoint the path of the API
 * @param shape how its items come
 * @param pageSize how many to ask for at once, where that can be asked
 * @param updatedField the field that says when an item was changed, as {@code 2026-01-31T12:00:00Z}
 * @param schema where the table is
 * @param table its name
 * @param primaryKey the fields that tell items apart
 */
public record Job(
    String endpoint,
    Shape shape,
    int pageSize,
    String updatedField,
    String schema,
    String table,
    List<String> primaryKey) {

  /** Copies the list. */
  public Job {
    primaryKey = List.copyOf(primaryKey);
  }
}
