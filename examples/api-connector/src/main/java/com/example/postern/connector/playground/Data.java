package com.example.postern.connector.playground;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** The objects that the playground has: made up, with the same seed and clock the same again. */
final class Data {
  static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'");

  private static final List<String> FIRST =
      List.of("Ada", "Björn", "Chika", "Dolores", "Emre", "Farah", "Goran", "Hana", "Ines", "Juma");
  private static final List<String> LAST =
      List.of("Abe", "Brandt", "Castillo", "Díaz", "Eze", "Fischer", "García", "Holm", "Ivanova");
  private static final List<String> TRADES =
      List.of("Group", "and Sons", "PLC", "Inc", "LLC", "Ltd");
  private static final List<String> JOBS =
      List.of("Surveyor", "Archivist", "Engineer, mining", "Nurse, adult", "Pilot", "Chemist");
  private static final List<String> DEPARTMENTS = List.of("Engineering", "HR", "Finance", "Sales");

  /** In the order that the last call without a filter left them in. */
  final List<ObjectNode> users = new ArrayList<>();

  final List<ObjectNode> companies = new ArrayList<>();
  final List<ObjectNode> departments = new ArrayList<>();
  private final Random random;
  private final Clock clock;

  Data(Random random, Clock clock) {
    this.random = random;
    this.clock = clock;
    for (int i = 0; i < 200; i++) {
      users.add(user(i));
    }
    for (int i = 0; i < 2; i++) {
      LocalDateTime created = created(i);
      companies.add(
          object()
              .put("company_id", i + 1)
              .put("company_name", company())
              .put("createdAt", TIME.format(created))
              .put("updatedAt", TIME.format(updated(created))));
      for (int j = 0; j < DEPARTMENTS.size(); j++) {
        departments.add(
            object()
                .put("department_id", j + 1)
                .put("company_id", i + 1)
                .put("department_name", DEPARTMENTS.get(j))
                .put("createdAt", TIME.format(created))
                .put("updatedAt", TIME.format(updated(created))));
      }
    }
  }

  /** The present moment, local and marked as UTC. */
  String now() {
    return TIME.format(LocalDateTime.now(clock));
  }

  /** Touches some of the objects, from none to all. */
  void touchSome(List<ObjectNode> objects) {
    List<ObjectNode> sample = new ArrayList<>(objects);
    java.util.Collections.shuffle(sample, random);
    sample
        .subList(0, random.nextInt(objects.size() + 1))
        .forEach(object -> object.put("updatedAt", now()));
  }

  private ObjectNode user(int i) {
    LocalDateTime created = created(i);
    String first = pick(FIRST);
    String last = pick(LAST);
    return object()
        .put("id", new UUID(random.nextLong(), random.nextLong()).toString())
        .put("name", first + " " + last)
        .put("email", "user%d@example.com".formatted(i))
        .put(
            "address",
            "%d %s Street\nNew %s, %05d"
                .formatted(
                    1 + random.nextInt(999), pick(LAST), pick(FIRST), random.nextInt(100_000)))
        .put("company", company())
        .put("job", pick(JOBS))
        .put("createdAt", TIME.format(created))
        .put("updatedAt", TIME.format(updated(created)));
  }

  private LocalDateTime created(int i) {
    return LocalDateTime.now(clock)
        .minusHours(200 - i)
        .minusMinutes(random.nextInt(60))
        .minusSeconds(random.nextInt(60));
  }

  private LocalDateTime updated(LocalDateTime created) {
    return created.plusMinutes(random.nextInt(60)).plusSeconds(random.nextInt(60));
  }

  private String company() {
    return pick(LAST) + " " + pick(TRADES);
  }

  private String pick(List<String> words) {
    return words.get(random.nextInt(words.size()));
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
