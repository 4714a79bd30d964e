package dev.purser.telemetry;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Keeps the number of time series bounded, whatever callers name their teams and models: of each label
 * the values that come first are told apart, and of each meter the combinations that come first. All
 * others are {@link #OTHER}. Not safe for use by several threads.
 */
final class Bounds {

  /** What is counted together. */
  static final String OTHER = "(other)";

  private static final int COMBINATIONS_PER_VALUE = 10;
  private static final int LONGEST = 200;

  private final int values;
  private final long combinations;
  private final Map<String, Set<String>> known = new HashMap<>();
  private final Map<Meter, Set<Map<Label, String>>> series = new EnumMap<>(Meter.class);

  Bounds(int values) {
    this.values = values;
    this.combinations = (long) values * COMBINATIONS_PER_VALUE;
  }

  /** Returns the labels of one meter's number, within the bounds. */
  Map<Label, String> within(Meter meter, Map<Label, String> labels) {
    Map<Label, String> bounded = new EnumMap<>(Label.class);
    labels.forEach(
        (label, value) -> bounded.put(label, label.isFixed() ? value : value(meter, label, value)));
    Set<Map<Label, String>> told = series.computeIfAbsent(meter, any -> new HashSet<>());
    if (told.size() < combinations) {
      told.add(bounded);
    } else if (!told.contains(bounded)) {
      Map<Label, String> rest = new EnumMap<>(bounded);
      rest.replaceAll((label, value) -> label.isFixed() ? value : OTHER);
      return rest;
    }
    return bounded;
  }

  private String value(Meter meter, Label label, String value) {
    // A reason of one meter must not crowd out those of another.
    String where = meter.own().contains(label) ? meter + " " + label : label.name();
    Set<String> told = known.computeIfAbsent(where, any -> new HashSet<>());
    String cut = cut(value);
    if (told.contains(cut)) {
      return cut;
    }
    return told.size() < values && told.add(cut) ? cut : OTHER;
  }

  /** Long names would take memory for ever; no character is cut in two. */
  private static String cut(String value) {
    if (value.length() <= LONGEST) {
      return value;
    }
    boolean splits = Character.isHighSurrogate(value.charAt(LONGEST - 1));
    return value.substring(0, splits ? LONGEST - 1 : LONGEST);
  }
}
