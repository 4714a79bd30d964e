package dev.purser.core.config;

import dev.purser.api.Attribution;
import dev.purser.api.Dimension;
import java.util.List;

/** Reads what a key's calls count for that say nothing themselves: session, task class and tags. */
final class DefaultWords {

  private static final List<Dimension> POSSIBLE = List.of(Dimension.SESSION, Dimension.TASK_CLASS);

  private DefaultWords() {}

  static Dimension dimension(String text) {
    Dimension dimension = Words.dimension(text);
    if (dimension.equals(Dimension.USER) || dimension.equals(Dimension.TEAM)) {
      throw new IllegalArgumentException(
          "counts for all calls of the key, whatever they say: write it beside defaults");
    }
    if (!POSSIBLE.contains(dimension) && !Words.isTag(dimension)) {
      throw new IllegalArgumentException(
          "cannot be a default; those that can are session, task-class and tag:NAME");
    }
    return dimension;
  }

  static Attribution attribution(Dimension dimension, String value) {
    if (dimension.equals(Dimension.SESSION)) {
      return Attribution.NONE.session(value);
    }
    return dimension.equals(Dimension.TASK_CLASS)
        ? Attribution.NONE.taskClass(value)
        : Attribution.NONE.tag(Words.tagName(dimension), value);
  }
}
