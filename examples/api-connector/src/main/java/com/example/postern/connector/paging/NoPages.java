package com.example.postern.connector.paging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import okhttp3.HttpUrl;

/** One answer, always all of it. */
final class NoPages implements Paging {
  @Override
  public HttpUrl url(HttpUrl endpoint, Optional<String> since, Optional<String> place) {
    return endpoint;
  }

  @Override
  public Optional<String> next(ObjectNode answer, HttpUrl asked, int items) {
    return Optional.empty();
  }

  @Override
  public boolean isIncremental() {
    return false;
  }
}
