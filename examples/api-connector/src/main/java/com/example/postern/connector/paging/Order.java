package com.example.postern.connector.paging;

import java.util.Optional;
import okhttp3.HttpUrl;

/** The order of pages that are counted. */
final class Order {
  private Order() {}

  /**
   * By creation. By change, an item that is changed while we read would go to the end, and the
   * first one of the next page would move up to a page that we have read already: nobody would see
   * it.
   */
  static void steady(HttpUrl.Builder url, Optional<String> since) {
    url.setQueryParameter("order_by", "createdAt").setQueryParameter("order_type", "asc");
    since.ifPresent(moment -> url.setQueryParameter("updated_since", moment));
  }
}
