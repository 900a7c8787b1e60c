package com.example.postern.connector.playground;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.example.postern.connector.playground.Parameters.Order;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The endpoints below {@code /pagination}: the users, in four shapes. */
final class Pagination {
  private static final int KEYSET_PAGE = 50;
  private static final String RANGE = "should be between 1 and 50";

  private final Data data;

  Pagination(Data data) {
    this.data = data;
  }

  Reply nextPageUrl(Parameters query, String baseUrl) throws RefusedException {
    query.only(Set.of("order_by", "order_type", "per_page", "page", "updated_since"));
    Order order = query.order();
    int size = query.number("per_page", 10, 1, 50, RANGE);
    int page = query.number("page", 1);
    Optional<String> since = query.since();
    List<ObjectNode> users = Parameters.selected(data.users, order, since);
    ObjectNode answer = object();
    answer.set("data", slice(users, (long) (page - 1) * size, size));
    answer.put("total_items", users.size()).put("page", page).put("per_page", size);
    if ((long) page * size < users.size()) {
      answer.put(
          "next_page_url",
          "%s?page=%d&per_page=%d&order_by=%s&order_type=%s%s"
              .formatted(
                  baseUrl,
                  page + 1,
                  size,
                  order.by(),
                  order.type(),
                  since.map(moment -> "&updated_since=" + moment).orElse("")));
    } else {
      answer.putNull("next_page_url");
    }
    return Reply.dumped(answer);
  }

  Reply pageNumber(Parameters query) throws RefusedException {
    query.only(Set.of("order_by", "order_type", "per_page", "page", "updated_since"));
    Order order = query.order();
    int size = query.number("per_page", 10, 1, 50, RANGE);
    int page = query.number("page", 1, 1, Integer.MAX_VALUE, "must be greater than or equal to 1");
    List<ObjectNode> users = Parameters.selected(data.users, order, query.since());
    ObjectNode answer = object();
    answer.set("data", slice(users, (long) (page - 1) * size, size));
    answer
        .put("page", page)
        .put("page_size", size)
        .put("total_pages", (users.size() + size - 1) / size)
        .put("total_items", users.size());
    return Reply.dumped(answer);
  }

  Reply offset(Parameters query) throws RefusedException {
    query.only(Set.of("order_by", "order_type", "limit", "offset", "updated_since"));
    int limit = query.number("limit", 10, 1, 50, RANGE);
    int offset =
        query.number("offset", 0, 0, Integer.MAX_VALUE, "must be greater than or equal to 0");
    Order order = query.order();
    List<ObjectNode> users = Parameters.selected(data.users, order, query.since());
    ObjectNode answer = object();
    answer.set("data", slice(users, offset, limit));
    answer.put("offset", offset).put("limit", limit).put("total", users.size());
    return Reply.dumped(answer);
  }

  Reply keyset(Parameters query) throws RefusedException {
    query.only(Set.of("scroll_param", "updated_since"));
    Optional<String> mark = query.text("scroll_param");
    if (mark.isPresent() && query.text("updated_since").isPresent()) {
      throw new RefusedException(
          "You can only use 'updated_since' in first request, subsequent requests should use only 'scroll_param'");
    }
    Optional<String> since = query.since();
    List<ObjectNode> users = Parameters.selected(data.users, new Order("updatedAt", "asc"), since);
    if (mark.isPresent()) {
      String last = decoded(mark.get());
      users =
          users.stream()
              .filter(user -> user.get("updatedAt").textValue().compareTo(last) > 0)
              .toList();
    }
    ObjectNode answer = object();
    ArrayNode page = slice(users, 0, KEYSET_PAGE);
    answer.set("data", page);
    if (users.size() > KEYSET_PAGE) {
      String last = page.get(page.size() - 1).get("updatedAt").textValue();
      answer.put("scroll_param", Base64.getEncoder().encodeToString(last.getBytes(UTF_8)));
    } else {
      answer.putNull("scroll_param");
    }
    return Reply.dumped(answer);
  }

  private static String decoded(String mark) throws RefusedException {
    try {
      String moment = new String(Base64.getDecoder().decode(mark), UTF_8);
      Data.TIME.parse(moment);
      return moment;
    } catch (IllegalArgumentException | java.time.DateTimeException e) {
      throw new RefusedException("Invalid scroll_param value");
    }
  }

  /** As Python slices: what is outside is not there. */
  private static ArrayNode slice(List<ObjectNode> users, long start, int size) {
    ArrayNode page = JsonNodeFactory.instance.arrayNode();
    if (start >= 0) {
      users.stream().skip(start).limit(size).forEach(page::add);
    }
    return page;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
