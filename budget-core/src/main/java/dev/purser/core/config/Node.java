package dev.purser.core.config;

import java.util.List;

/**
 * A value of a YAML text with its place: the path to it, and the line on which it, or the key that it
 * belongs to, begins. Every scalar is the text as written, so that no amount passes through a number.
 */
sealed interface Node {

  String path();

  int line();

  record Scalar(String path, int line, String text) implements Node {}

  /** Nothing, as after a key without a value. */
  record Empty(String path, int line) implements Node {}

  record Listing(String path, int line, List<Node> items) implements Node {}

  /** Keeps entries whose keys are alike, for a reader to complain of. */
  record Mapping(String path, int line, List<Entry> entries) implements Node {}

  record Entry(String key, Node value) {}

  default Problem problem(String message) {
    return new Problem(path(), line(), message);
  }

  /** Returns the path of a key's value under a mapping's path. */
  static String under(String path, String key) {
    return path.isEmpty() ? Excerpt.of(key) : path + "." + Excerpt.of(key);
  }
}
