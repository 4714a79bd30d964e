package dev.purser.core.config;

import dev.purser.core.config.Node.Empty;
import dev.purser.core.config.Node.Entry;
import dev.purser.core.config.Node.Listing;
import dev.purser.core.config.Node.Mapping;
import dev.purser.core.config.Node.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one mapping. What cannot be read becomes a problem at its place, and reads as if it
 * were absent; {@link #has} tells the two apart.
 */
final class Fields {

  /** For mappings whose keys are the user's. */
  static final List<String> ANY = List.of();

  /** What is left of {@code $250,000} after the comma: a key without a value. */
  private static final Pattern AFTER_COMMA = Pattern.compile("\\d[\\d_]*(?:\\.\\d+)?[kM]?");

  private final Mapping mapping;
  private final List<String> known;
  private final Problems problems;
  private final Map<String, Node> values = new LinkedHashMap<>();

  Fields(Mapping mapping, List<String> known, Problems problems) {
    this.mapping = mapping;
    this.known = known;
    this.problems = problems;
    takeEntries();
    refuseUnknownKeys();
  }

  private void takeEntries() {
    List<Entry> entries = mapping.entries();
    int next = 0;
    while (next < entries.size()) {
      Entry entry = entries.get(next++);
      if (entry.value() instanceof Scalar scalar) {
        next = skipWhatCommasCutOff(scalar, next);
      }
      Node first = values.putIfAbsent(entry.key(), entry.value());
      if (first != null) {
        problems.add(entry.value().problem("is given twice, first on line " + first.line()));
      }
    }
  }

  private int skipWhatCommasCutOff(Scalar scalar, int from) {
    List<Entry> entries = mapping.entries();
    StringBuilder amount = new StringBuilder(scalar.text());
    int next = from;
    while (next < entries.size() && isCutOff(entries.get(next))) {
      amount.append(entries.get(next++).key());
    }
    if (next > from) {
      problems.add(scalar.problem(LimitWords.commaHint(amount.toString())));
    }
    return next;
  }

  private static boolean isCutOff(Entry entry) {
    return entry.value() instanceof Empty && AFTER_COMMA.matcher(entry.key()).matches();
  }

  /** Reads a misspelt key as the one that was meant, so that nothing is said to be missing too. */
  private void refuseUnknownKeys() {
    if (known.isEmpty()) {
      return;
    }
    for (String key : List.copyOf(values.keySet())) {
      Node value = values.get(key);
      if (value != null && !known.contains(key)) {
        problems.add(value.problem("unknown key" + Spelling.hint(key, known)));
        Spelling.closest(key, known).ifPresent(meant -> values.putIfAbsent(meant, value));
      }
    }
  }

  /** Whether the key is there, even if with something unreadable. */
  boolean has(String key) {
    return values.containsKey(key);
  }

  /** Returns what stands under a key; null if it is not there. */
  @Nullable Node node(String key) {
    return values.get(key);
  }

  Set<String> keys() {
    return values.keySet();
  }

  void require(String key) {
    if (!has(key)) {
      problems.add(new Problem(Node.under(mapping.path(), key), mapping.line(), "is missing"));
    }
  }

  /** Refuses a key that is there and would say nothing. */
  void onlyWhere(String key, boolean meansSomething, String why) {
    Node node = values.get(key);
    if (node != null && !meansSomething) {
      problems.add(node.problem("has no effect: " + why));
    }
  }

  <T> Optional<T> read(String key, Function<String, T> words) {
    Node node = values.get(key);
    return node == null ? Optional.empty() : read(node, words);
  }

  <T> Optional<T> read(Node node, Function<String, T> words) {
    if (!(node instanceof Scalar scalar)) {
      refuse(node, "a single value");
      return Optional.empty();
    }
    try {
      return Optional.of(words.apply(scalar.text()));
    } catch (IllegalArgumentException e) {
      problems.add(node.problem(String.valueOf(e.getMessage())));
      return Optional.empty();
    }
  }

  <T> List<T> list(String key, Function<String, T> words) {
    List<T> read = new ArrayList<>();
    for (Node item : items(key)) {
      read(item, words).ifPresent(read::add);
    }
    return read;
  }

  <T> List<T> oneOrMore(String key, Function<String, T> words) {
    return values.get(key) instanceof Scalar
        ? read(key, words).stream().toList()
        : list(key, words);
  }

  /** Reads one value or a list of them, of which there must be at least one. */
  <T> List<T> some(String key, Function<String, T> words) {
    List<T> read = oneOrMore(key, words);
    Node node = values.get(key);
    if (read.isEmpty() && node != null) {
      problems.addUnlessItFollows(node.problem("needs at least one value"));
    }
    return read;
  }

  /** Returns one value or mapping, or the items of a list of them, of which there must be one. */
  List<Node> someNodes(String key) {
    Node node = values.get(key);
    if (node instanceof Scalar || node instanceof Mapping) {
      return List.of(node);
    }
    List<Node> items = items(key);
    if (items.isEmpty() && node != null) {
      problems.addUnlessItFollows(node.problem("needs at least one value"));
    }
    return items;
  }

  /** Reads the words of a key. */
  <T> Optional<T> readKey(String key, Function<String, T> words) {
    Node node = values.get(key);
    return node == null ? Optional.empty() : read(new Scalar(node.path(), node.line(), key), words);
  }

  /** Returns the items of a list of which all may have been taken out, so that its key stands alone. */
  List<Node> itemsIfAny(String key) {
    return values.get(key) instanceof Empty ? List.of() : items(key);
  }

  List<Node> items(String key) {
    Node node = values.get(key);
    if (node instanceof Listing listing) {
      return listing.items();
    }
    if (node != null) {
      refuse(node, "a list");
    }
    return List.of();
  }

  /** Returns the entries of a mapping whose keys are the user's; none where it is absent. */
  Fields fields(String key) {
    Node node = values.get(key);
    if (node instanceof Mapping inner) {
      return new Fields(inner, ANY, problems);
    }
    if (node != null) {
      refuse(node, "a mapping");
    }
    return new Fields(new Mapping(mapping.path(), mapping.line(), List.of()), ANY, problems);
  }

  /** Returns the entries of a mapping whose keys are known; empty where it is something else. */
  Optional<Fields> mapping(String key, List<String> keys) {
    Node node = values.get(key);
    if (node instanceof Mapping inner) {
      return Optional.of(new Fields(inner, keys, problems));
    }
    if (node != null) {
      refuse(node, "a mapping");
    }
    return Optional.empty();
  }

  private void refuse(Node node, String wanted) {
    problems.add(node.problem(node instanceof Empty ? "has no value" : "must be " + wanted));
  }
}
