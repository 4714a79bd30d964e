package dev.purser.spi;

import dev.purser.api.CallIntent;
import org.jspecify.annotations.Nullable;

/**
 * Says what kind of task a call is that names none. Safe for use by several threads; on the caller's
 * path, so it must not block. One that throws is passed over and reported.
 */
@FunctionalInterface
public interface TaskClassifier {

  /** Returns the task class, or null if nothing can be said. */
  @Nullable String classOf(CallIntent intent);

  /** Says nothing of any call. */
  TaskClassifier NONE = intent -> null;
}
