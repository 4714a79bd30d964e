package dev.purser.core.pipeline;

import dev.purser.api.Prompt;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;

/** What a request may cost more than its bare input: fees, and being kept in a cache for an hour. */
final class Extras {

  private Extras() {}

  /** Returns the bound of a prompt's input with what its request asks for besides. */
  static Usage of(Prompt prompt, Usage input) {
    if (!prompt.cachedForAnHour() && prompt.fees().equals(Usage.NONE)) {
      return input;
    }
    Usage.Builder all = Usage.builder();
    for (UsageKind kind : UsageKind.values()) {
      boolean written = prompt.cachedForAnHour() && maybeWritten(kind);
      all.add(written ? UsageKind.CACHE_WRITE_1H : kind, input.count(kind));
      all.add(kind, Math.max(0, prompt.fees().count(kind) - input.count(kind)));
    }
    return all.build();
  }

  /** An hour's cache write is the dearest that a token may be, but sound may be dearer than it. */
  private static boolean maybeWritten(UsageKind kind) {
    return kind.isInput() && kind != UsageKind.INPUT_AUDIO && kind != UsageKind.INPUT_VIDEO;
  }
}
