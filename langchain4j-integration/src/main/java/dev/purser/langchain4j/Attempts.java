package dev.purser.langchain4j;

import dev.purser.api.ModelId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The attempts at one call that have failed. They are made one after the other. */
final class Attempts {

  private final List<ModelId> tried = new ArrayList<>();
  private @Nullable RuntimeException first;

  /** Returns the models that failed, the first first. */
  synchronized List<ModelId> tried() {
    return List.copyOf(tried);
  }

  synchronized void failed(ModelId model, RuntimeException error) {
    tried.add(model);
    if (first == null) {
      first = error;
    } else if (first != error) {
      first.addSuppressed(error);
    }
  }

  /** Returns what the caller is to be told: the first failure, if there was one. */
  synchronized RuntimeException first(RuntimeException otherwise) {
    return first == null ? otherwise : first;
  }
}
