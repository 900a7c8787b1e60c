package com.example.postern.connector.playground;

import com.example.postern.connector.playground.Parameters.Order;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The endpoints below {@code /cursors}, whose objects change whenever they are asked for. */
final class Cursors {
  private static final Set<String> KNOWN = Set.of("order_by", "order_type", "updated_since");

  private final Data data;

  Cursors(Data data) {
    this.data = data;
  }

  Reply companies(Parameters query) throws RefusedException {
    query.only(KNOWN);
    Order order = query.order();
    return answer(data.companies, order, query.since());
  }

  Reply departments(Parameters query, String company) throws RefusedException {
    query.only(KNOWN);
    Order order = query.order();
    int id;
    try {
      id = Integer.parseInt(company);
    } catch (NumberFormatException e) {
      throw new RefusedException("Invalid value for 'company_id'. 'company_id' must be an integer");
    }
    if (data.companies.stream().noneMatch(each -> each.get("company_id").intValue() == id)) {
      throw new RefusedException(Reply.error(404, "company_id '%d' not found".formatted(id)));
    }
    Optional<String> since = query.since();
    List<ObjectNode> own =
        new java.util.ArrayList<>(
            data.departments.stream()
                .filter(each -> each.get("company_id").intValue() == id)
                .toList());
    return answer(own, order, since);
  }

  private Reply answer(List<ObjectNode> all, Order order, Optional<String> since) {
    List<ObjectNode> chosen = Parameters.selected(all, order, since);
    data.touchSome(all);
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    chosen.forEach(list::add);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.set("data", list);
    answer.put("total_items", chosen.size());
    return Reply.dumped(answer);
  }
}
