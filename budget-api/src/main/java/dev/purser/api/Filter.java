package dev.purser.api;

import java.util.List;

/**
 * Narrows a budget to calls with certain values in a dimension.
 *
 * @param dimension the dimension
 * @param values the values; a {@code *} in them stands for any characters, so that {@code
 *     claude-opus-*} covers every dated name of a model
 */
public record Filter(Dimension dimension, List<String> values) {

  /** Checks that there is a value, and that none is blank. */
  public Filter {
    values = List.copyOf(values);
    if (values.isEmpty() || values.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("a filter on " + dimension + " needs values");
    }
  }

  /** Whether a value is one of those that the filter lets in. */
  public boolean matches(String value) {
    for (String pattern : values) {
      if (matches(pattern, value)) {
        return true;
      }
    }
    return false;
  }

  /** Matches from the left and steps back to the last star where that fails: linear in practice. */
  private static boolean matches(String pattern, String value) {
    int p = 0;
    int v = 0;
    int star = -1;
    int afterStar = 0;
    while (v < value.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        afterStar = v;
      } else if (p < pattern.length() && pattern.charAt(p) == value.charAt(v)) {
        p++;
        v++;
      } else if (star >= 0) {
        p = star + 1;
        v = ++afterStar;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  @Override
  public String toString() {
    return dimension + " in " + values;
  }
}
