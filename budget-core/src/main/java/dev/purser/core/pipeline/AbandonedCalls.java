package dev.purser.core.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calls that were charged their reserved amount and not settled since, the latest of them: beyond
 * {@value #MOST} the oldest is forgotten, which then stays charged.
 *
 * <p>Safe for use by several threads; each holds the others up for no longer than it takes to change a
 * map. A cache would not do: one that favours what is used often drops the latest first, since nobody
 * uses any of them twice.
 */
final class AbandonedCalls {

  static final int MOST = 10_000;

  private final Map<String, ChargedCall> byId = new LinkedHashMap<>();

  synchronized void add(ChargedCall call) {
    byId.put(call.id(), call);
    if (call.finished()) {
      // It was settled before it stood here, and would stay for nothing.
      byId.remove(call.id());
    } else if (byId.size() > MOST) {
      byId.remove(byId.keySet().iterator().next());
    }
  }

  synchronized void remove(ChargedCall call) {
    byId.remove(call.id());
  }

  synchronized @Nullable ChargedCall find(String id) {
    return byId.get(id);
  }

  /** Returns all, those first that were charged first. */
  synchronized List<ChargedCall> all() {
    return new ArrayList<>(byId.values());
  }
}
