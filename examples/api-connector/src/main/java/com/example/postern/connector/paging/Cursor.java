package com.example.postern.connector.paging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import okhttp3.HttpUrl;

/** One answer with all that was changed since. */
final class Cursor implements Paging {
  @Override
  public HttpUrl url(HttpUrl endpoint, Optional<String> since, Optional<String> place) {
    HttpUrl.Builder url = endpoint.newBuilder();
    since.ifPresent(moment -> url.setQueryParameter("updated_since", moment));
    return url.build();
  }

  @Override
  public Optional<String> next(ObjectNode answer, HttpUrl asked, int items) {
    return Optional.empty();
  }
}
