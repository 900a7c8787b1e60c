package com.example.postern.connector.paging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.OptionalLong;
import okhttp3.HttpUrl;

/** Items are counted off; the place is how many come before. */
final class Offset implements Paging {
  private final int pageSize;

  Offset(int pageSize) {
    this.pageSize = pageSize;
  }

  @Override
  public HttpUrl url(HttpUrl endpoint, Optional<String> since, Optional<String> place)
      throws PagingException {
    HttpUrl.Builder url =
        endpoint
            .newBuilder()
            .setQueryParameter("offset", String.valueOf(Shapes.number(place.orElse("0"))))
            .setQueryParameter("limit", String.valueOf(pageSize));
    Order.steady(url, since);
    return url.build();
  }

  @Override
  public Optional<String> next(ObjectNode answer, HttpUrl asked, int items) throws PagingException {
    long end = Shapes.number(String.valueOf(asked.queryParameter("offset"))) + items;
    return items == 0 || end >= Shapes.whole(answer, "total")
        ? Optional.empty()
        : Optional.of(String.valueOf(end));
  }

  @Override
  public OptionalLong total(ObjectNode answer) {
    return Shapes.optionalWhole(answer, "total");
  }

  @Override
  public boolean missesChanges() {
    return true;
  }
}
