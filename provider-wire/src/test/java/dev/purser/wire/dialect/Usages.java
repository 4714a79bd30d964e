package dev.purser.wire.dialect;

import dev.purser.api.Usage;
import dev.purser.api.UsageKind;

/** Usages as tests write them: a kind, how many, the next kind, how many. */
final class Usages {

  private Usages() {}

  static Usage of(Object... kindsAndCounts) {
    Usage.Builder usage = Usage.builder();
    for (int i = 0; i < kindsAndCounts.length; i += 2) {
      usage.add((UsageKind) kindsAndCounts[i], (Integer) kindsAndCounts[i + 1]);
    }
    return usage.build();
  }
}
