package com.example.postern.connector.paging;

import com.example.postern.connector.config.Clean;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.OptionalLong;
import okhttp3.HttpUrl;

/**
 * The answer has the URL of the next one. It must be of the same origin: whatever else it names
 * would be sent our key. The place is its path and query.
 */
final class NextPageUrl implements Paging {
  private static final String FIELD = "next_page_url";

  private final int pageSize;

  NextPageUrl(int pageSize) {
    this.pageSize = pageSize;
  }

  @Override
  public HttpUrl url(HttpUrl endpoint, Optional<String> since, Optional<String> place)
      throws PagingException {
    if (place.isPresent()) {
      return sameOrigin(endpoint, place.get());
    }
    HttpUrl.Builder url =
        endpoint.newBuilder().setQueryParameter("per_page", String.valueOf(pageSize));
    Order.steady(url, since);
    return url.build();
  }

  @Override
  public Optional<String> next(ObjectNode answer, HttpUrl asked, int items) throws PagingException {
    JsonNode next = answer.path(FIELD);
    if (next.isMissingNode() || !(next.isNull() || next.isTextual())) {
      throw new PagingException(
          "the answer has no text or null \"next_page_url\"; is \"pagination\" right?");
    }
    if (next.isNull()) {
      return Optional.empty();
    }
    HttpUrl url = sameOrigin(asked, next.textValue());
    if (url.equals(asked)) {
      throw new PagingException(
          "the answer leads back to itself: \"next_page_url\" is %s again"
              .formatted(Clean.line(place(url))));
    }
    return Optional.of(place(url));
  }

  private static String place(HttpUrl url) {
    return url.encodedPath() + (url.encodedQuery() == null ? "" : "?" + url.encodedQuery());
  }

  private static HttpUrl sameOrigin(HttpUrl here, String link) throws PagingException {
    HttpUrl url = here.resolve(link);
    if (url == null
        || !url.scheme().equals(here.scheme())
        || !url.host().equals(here.host())
        || url.port() != here.port()) {
      throw new PagingException(
          "\"next_page_url\" leads away from the API, to %s; nothing was sent there"
              .formatted(Clean.line(url == null ? link : origin(url))));
    }
    return url.newBuilder().username("").password("").fragment(null).build();
  }

  private static String origin(HttpUrl url) {
    return "%s://%s:%d".formatted(url.scheme(), url.host(), url.port());
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
