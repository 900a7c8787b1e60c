package com.example.postern.connector.warehouse;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.sql.Types;

/** What a column can hold. One is widened to another that holds both: a text holds everything. */
enum ColumnType {
  BOOLEAN,
  INTEGER,
  DECIMAL,
  TEXT;

  /** Digits of a decimal in all, and those behind its point. */
  static final int PRECISION = 38;

  static final int SCALE = 18;

  /** The narrowest that holds the value as it is; the value is not null. */
  static ColumnType of(JsonNode value) {
    if (value.isBoolean()) {
      return BOOLEAN;
    }
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      return INTEGER;
    }
    return value.isNumber() && fits(value.decimalValue()) ? DECIMAL : TEXT;
  }

  private static boolean fits(BigDecimal value) {
    // Its exponent first: to write 1e999999999 out takes a gigabyte.
    if (value.scale() > 10_000 || value.scale() < -PRECISION || value.precision() > 10_000) {
      return false;
    }
    BigDecimal shortest = value.stripTrailingZeros();
    return shortest.scale() <= SCALE
        && shortest.precision() - shortest.scale() <= PRECISION - SCALE;
  }

  /** The narrowest that holds what either holds. */
  ColumnType with(ColumnType other) {
    if (this == other) {
      return this;
    }
    boolean numbers = this != BOOLEAN && other != BOOLEAN && this != TEXT && other != TEXT;
    return numbers ? DECIMAL : TEXT;
  }

  /** That of a column that is there. */
  static ColumnType ofJdbc(int type) {
    switch (type) {
      case Types.BOOLEAN:
      case Types.BIT:
        return BOOLEAN;
      case Types.BIGINT:
        return INTEGER;
      case Types.DECIMAL:
      case Types.NUMERIC:
        return DECIMAL;
      default:
        return TEXT;
    }
  }

  /** The value as a driver takes it. */
  Object bound(JsonNode value) {
    switch (this) {
      case BOOLEAN:
        return value.booleanValue();
      case INTEGER:
        return value.longValue();
      case DECIMAL:
        return value.decimalValue().setScale(SCALE);
      default:
        return value.isTextual() ? value.textValue() : value.toString();
    }
  }
}
