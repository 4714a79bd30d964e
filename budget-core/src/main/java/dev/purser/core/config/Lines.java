package dev.purser.core.config;

import java.util.HashMap;
import java.util.Map;

/** On which line of a file each path stands; what is not there stands where its parent does. */
final class Lines {

  private final Map<String, Integer> byPath = new HashMap<>();

  Lines(Node root) {
    add(root);
  }

  private void add(Node node) {
    byPath.putIfAbsent(node.path(), node.line());
    if (node instanceof Node.Listing listing) {
      listing.items().forEach(this::add);
    } else if (node instanceof Node.Mapping mapping) {
      mapping.entries().forEach(entry -> add(entry.value()));
    }
  }

  int of(String path) {
    Integer line = byPath.get(path);
    if (line != null || path.isEmpty()) {
      return line == null ? 1 : line;
    }
    return of(parent(path));
  }

  /** Returns the path without its last key or index; nothing for the last one. */
  static String parent(String path) {
    return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
  }
}
