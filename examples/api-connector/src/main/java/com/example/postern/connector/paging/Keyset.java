package com.example.postern.connector.paging;

import com.example.postern.connector.config.Clean;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * The answer has a mark for the next one. Items come in the order of their changes, so that one
 * that is changed meanwhile comes again.
 */
final class Keyset implements Paging {
  private static final String MARK = "scroll_param";

  @Override
  public HttpUrl url(HttpUrl endpoint, Optional<String> since, Optional<String> place) {
    HttpUrl.Builder url = endpoint.newBuilder();
    if (place.isPresent()) {
      // The API takes one of both.
      return url.setQueryParameter(MARK, place.get()).build();
    }
    since.ifPresent(moment -> url.setQueryParameter("updated_since", moment));
    return url.build();
  }

  @Override
  public Optional<String> next(ObjectNode answer, HttpUrl asked, int items) throws PagingException {
    JsonNode mark = answer.path(MARK);
    if (mark.isMissingNode() || !(mark.isNull() || mark.isTextual())) {
      throw new PagingException(
          "the answer has no text or null \"scroll_param\"; is \"pagination\" right?");
    }
    if (mark.isNull()) {
      return Optional.empty();
    }
    if (mark.textValue().equals(asked.queryParameter(MARK))) {
      throw new PagingException(
          "the answer leads back to itself: \"scroll_param\" is %s again"
              .formatted(Clean.line(mark.textValue())));
    }
    return Optional.of(mark.textValue());
  }
}
