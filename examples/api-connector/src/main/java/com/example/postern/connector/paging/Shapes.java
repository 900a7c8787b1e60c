package com.example.postern.connector.paging;

import com.example.postern.connector.config.Clean;
import com.example.postern.connector.config.Job;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalLong;

/** The shapes that are there. */
public final class Shapes {
  private Shapes() {}

  /** The one of a job. */
  public static Paging of(Job job) {
    switch (job.shape()) {
      case NEXT_PAGE_URL:
        return new NextPageUrl(job.pageSize());
      case PAGE_NUMBER:
        return new PageNumber(job.pageSize());
      case OFFSET:
        return new Offset(job.pageSize());
      case KEYSET:
        return new Keyset();
      case CURSOR:
        return new Cursor();
      default:
        return new NoPages();
    }
  }

  static long whole(ObjectNode answer, String field) throws PagingException {
    JsonNode value = answer.path(field);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
      throw new PagingException(
          "the answer has no whole number \"%s\"; is \"pagination\" right?".formatted(field));
    }
    return value.longValue();
  }

  static OptionalLong optionalWhole(ObjectNode answer, String field) {
    JsonNode value = answer.path(field);
    return value.isIntegralNumber() && value.canConvertToLong()
        ? OptionalLong.of(value.longValue())
        : OptionalLong.empty();
  }

  static long number(String place) throws PagingException {
    try {
      return Long.parseLong(place);
    } catch (NumberFormatException e) {
      throw new PagingException("the checkpoint's place is no number: " + Clean.line(place));
    }
  }
}
