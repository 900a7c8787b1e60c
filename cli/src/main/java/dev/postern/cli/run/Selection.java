package dev.postern.cli.run;

import dev.postern.fleet.TargetNames;
import dev.postern.problem.Code;
import dev.postern.problem.ConfigException;
import dev.postern.problem.ConfigProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Chooses targets: {@code web[01-20]}, {@code @group}, {@code ^file}, with commas between. A name
 * that a group has takes that group's settings.
 */
public final class Selection {
  private final Map<String, List<String>> groups;
  private final Map<String, List<String>> having = new HashMap<>();
  private final Function<String, Path> files;
  private final Map<String, Optional<String>> chosen = new LinkedHashMap<>();

  /**
   * Nothing is chosen yet.
   *
   * @param groups the targets of each group
   * @param files where a file of that name is
   */
  public Selection(Map<String, List<String>> groups, Function<String, Path> files) {
    this.groups = groups;
    this.files = files;
    groups.forEach(
        (group, names) ->
            names.forEach(
                name -> having.computeIfAbsent(name, any -> new ArrayList<>()).add(group)));
  }

  /**
   * Adds targets.
   *
   * @throws ConfigException if the text cannot be understood
   */
  public Selection add(String text) throws IOException {
    for (Map.Entry<String, Optional<String>> target : read(text).entrySet()) {
      chosen.putIfAbsent(target.getKey(), target.getValue());
    }
    return this;
  }

  /** Adds all targets of a group. */
  public Selection addGroup(String group) {
    targets(group).forEach(name -> chosen.put(name, Optional.of(group)));
    return this;
  }

  /** Takes targets out, whether they were chosen or not. */
  public Selection remove(String text) throws IOException {
    chosen.keySet().removeAll(read(text).keySet());
    return this;
  }

  /** Each target with the group whose settings it takes. */
  public Map<String, Optional<String>> chosen() {
    return chosen;
  }

  private Map<String, Optional<String>> read(String text) throws IOException {
    Map<String, Optional<String>> read = new LinkedHashMap<>();
    for (String part : understood(() -> TargetNames.split(text))) {
      if (part.startsWith("@")) {
        String group = part.substring(1);
        targets(group).forEach(name -> read.put(name, Optional.of(group)));
      } else if (part.startsWith("^")) {
        readFile(files.apply(part.substring(1)), read);
      } else {
        understood(() -> TargetNames.expand(part)).forEach(name -> read.put(name, group(name)));
      }
    }
    return read;
  }

  /** One target or more a line; what follows a hash is a comment. */
  private void readFile(Path file, Map<String, Optional<String>> read) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw problem(
          Code.FLEET_BAD_TARGETS,
          "the file of targets %s cannot be read: %s".formatted(file, reason(e)));
    }
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replaceFirst("#.*", "").strip();
      String place = file + ":" + (i + 1);
      if (line.startsWith("^")) {
        throw problem(Code.FLEET_BAD_TARGETS, place + ": a file of targets names no other file");
      }
      try {
        read.putAll(read(line));
      } catch (ConfigException e) {
        ConfigProblem first = e.problems().get(0);
        throw problem(first.code(), place + ": " + first.message());
      }
    }
  }

  private static String reason(IOException e) {
    return e instanceof java.nio.file.NoSuchFileException
        ? "it is not there"
        : String.valueOf(e.getMessage());
  }

  private Optional<String> group(String name) {
    List<String> groupsOfIt = having.getOrDefault(name, List.of());
    if (groupsOfIt.size() > 1) {
      throw problem(
          Code.FLEET_BAD_TARGETS,
          "'%s' is in the groups %s; choose one with -g, and leave others out with -x"
              .formatted(name, String.join(", ", groupsOfIt)));
    }
    return groupsOfIt.stream().findFirst();
  }

  private List<String> targets(String group) {
    List<String> targets = groups.get(group);
    if (targets == null) {
      String known =
          groups.isEmpty()
              ? "none is configured"
              : "there is "
                  + String.join(", ", groups.keySet().stream().map("'%s'"::formatted).toList());
      throw problem(
          Code.FLEET_UNKNOWN_GROUP,
          "no group '%s'. Of groups, %s".formatted(group.replaceAll("\\p{Cntrl}", "?"), known));
    }
    return targets;
  }

  private interface Reading {
    List<String> names();
  }

  private static List<String> understood(Reading reading) {
    try {
      return reading.names();
    } catch (IllegalArgumentException e) {
      throw problem(Code.FLEET_BAD_TARGETS, String.valueOf(e.getMessage()));
    }
  }

  private static ConfigException problem(Code code, String message) {
    return new ConfigException(List.of(new ConfigProblem(code, "command line", "", message)));
  }
}
