package com.example.postern.connector.paging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.OptionalLong;
import okhttp3.HttpUrl;

/**
 * Pages are numbered from 1. The place is a number and the size of the pages: {@code 3/50}. A size
 * that is configured anew holds from the next pass on, as it would make the number another place.
 */
final class PageNumber implements Paging {
  private final int pageSize;

  PageNumber(int pageSize) {
    this.pageSize = pageSize;
  }

  @Override
  public HttpUrl url(HttpUrl endpoint, Optional<String> since, Optional<String> place)
      throws PagingException {
    String[] parts = place.orElse("1/" + pageSize).split("/", 2);
    if (parts.length < 2) {
      throw new PagingException("the checkpoint's place is no page and size");
    }
    HttpUrl.Builder url =
        endpoint
            .newBuilder()
            .setQueryParameter("page", String.valueOf(Shapes.number(parts[0])))
            .setQueryParameter("per_page", String.valueOf(Shapes.number(parts[1])));
    Order.steady(url, since);
    return url.build();
  }

  @Override
  public Optional<String> next(ObjectNode answer, HttpUrl asked, int items) throws PagingException {
    long page = Shapes.number(String.valueOf(asked.queryParameter("page")));
    return items == 0 || page >= Shapes.whole(answer, "total_pages")
        ? Optional.empty()
        : Optional.of("%d/%s".formatted(page + 1, asked.queryParameter("per_page")));
  }

  @Override
  public OptionalLong total(ObjectNode answer) {
    return Shapes.optionalWhole(answer, "total_items");
  }

  @Override
  public boolean missesChanges() {
    return true;
  }
}
