package dev.postern.fleet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Draws names together that differ in their last number. */
final class Folding {
  private static final Pattern LAST_NUMBER = Pattern.compile("^(.*?)([0-9]{1,9})([^0-9]*)$");

  private Folding() {}

  static String of(Collection<String> names) {
    Map<Shape, TreeSet<Long>> numbers = new LinkedHashMap<>();
    Map<Shape, Integer> padded = paddings(names);
    for (String name : names) {
      Matcher match = LAST_NUMBER.matcher(name);
      if (!match.matches()) {
        numbers.put(new Shape(name, "", -1), new TreeSet<>());
        continue;
      }
      String digits = match.group(2);
      Shape plain = new Shape(match.group(1), match.group(3), 0);
      boolean zeros = digits.length() > 1 && digits.startsWith("0");
      boolean fits = padded.getOrDefault(plain, 0) == digits.length();
      Shape shape = zeros || fits ? new Shape(plain.prefix, plain.suffix, digits.length()) : plain;
      numbers.computeIfAbsent(shape, key -> new TreeSet<>()).add(Long.valueOf(digits));
    }
    List<String> parts = new ArrayList<>();
    numbers.forEach((shape, all) -> parts.add(shape.text(all)));
    return String.join(",", parts);
  }

  /** The widths that zeros in front show: 10 belongs to 01-09 where both are there. */
  private static Map<Shape, Integer> paddings(Collection<String> names) {
    Map<Shape, Integer> widths = new LinkedHashMap<>();
    for (String name : names) {
      Matcher match = LAST_NUMBER.matcher(name);
      if (match.matches() && match.group(2).length() > 1 && match.group(2).startsWith("0")) {
        widths.put(new Shape(match.group(1), match.group(3), 0), match.group(2).length());
      }
    }
    return widths;
  }

  private record Shape(String prefix, String suffix, int width) {
    String text(TreeSet<Long> numbers) {
      if (width < 0) {
        return prefix;
      }
      List<String> ranges = new ArrayList<>();
      Long begin = null;
      Long last = null;
      for (Long number : numbers) {
        if (last != null && begin != null && number != last + 1) {
          ranges.add(range(begin, last));
          begin = number;
        }
        begin = begin == null ? number : begin;
        last = number;
      }
      if (begin != null && last != null) {
        ranges.add(range(begin, last));
      }
      boolean one = numbers.size() == 1;
      return prefix + (one ? ranges.get(0) : "[" + String.join(",", ranges) + "]") + suffix;
    }

    private String range(long begin, long end) {
      return begin == end ? padded(begin) : padded(begin) + "-" + padded(end);
    }

    private String padded(long number) {
      return width == 0 ? Long.toString(number) : ("%0" + width + "d").formatted(number);
    }
  }
}
