package dev.purser.core.pipeline;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Collections;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The requests under way that nothing is held for. Those that nobody ends leave when nobody has them
 * any more: they hold nothing that could be lost. Safe for use by several threads.
 */
final class OpenPassages {

  private final Set<Passage> open = Collections.newSetFromMap(
      Caffeine.newBuilder().weakKeys().<Passage, Boolean>build().asMap());

  void add(Passage passage) {
    open.add(passage);
  }

  void remove(Passage passage) {
    open.remove(passage);
  }

  void each(Consumer<Passage> action) {
    open.forEach(action);
  }
}
