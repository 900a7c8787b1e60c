package com.example.postern.connector.paging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.OptionalLong;
import okhttp3.HttpUrl;

/**
 * How the items of an endpoint are asked for, answer after answer. Where an answer begins is a text
 * that can be kept in a checkpoint.
 */
public interface Paging {
  /**
   * What to ask.
   *
   * @param endpoint without parameters of ours
   * @param since only items that were changed at or after it, if the shape can ask so
   * @param place where the answer is to begin, empty for the first
   * @throws PagingException if that place cannot be asked for
   */
  HttpUrl url(HttpUrl endpoint, Optional<String> since, Optional<String> place)
      throws PagingException;

  /**
   * Where the next answer begins.
   *
   * @param asked the URL of this one
   * @param items how many this one has
   * @return empty after the last
   * @throws PagingException if the answer does not have what this shape has
   */
  Optional<String> next(ObjectNode answer, HttpUrl asked, int items) throws PagingException;

  /** How many items there are in all, where the answer says so. */
  default OptionalLong total(ObjectNode answer) {
    return OptionalLong.empty();
  }

  /** Whether it can ask for what was changed since a moment. */
  default boolean isIncremental() {
    return true;
  }

  /**
   * Whether an item that is changed while pages are read may be missed: one that stood on an
   * earlier page. What was changed meanwhile is then asked for again the next time.
   */
  default boolean missesChanges() {
    return false;
  }
}
