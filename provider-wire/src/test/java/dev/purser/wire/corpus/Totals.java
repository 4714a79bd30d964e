package dev.purser.wire.corpus;

import dev.purser.api.ModelUsage;
import dev.purser.api.Settlement;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;

/** The units of all models that took part in an answer, by kind and by the corpus's own groups. */
record Totals(Usage usage) {

  static Totals of(Settlement settlement) {
    Usage.Builder sum = settlement.usage().toBuilder();
    for (ModelUsage each : settlement.besides()) {
      for (UsageKind kind : UsageKind.values()) {
        sum.add(kind, each.usage().count(kind));
      }
    }
    return new Totals(sum.build());
  }

  long count(UsageKind... kinds) {
    long sum = 0;
    for (UsageKind kind : kinds) {
      sum += usage.count(kind);
    }
    return sum;
  }

  long input() {
    return usage.inputTokens();
  }

  long output() {
    return usage.outputTokens();
  }

  long cached() {
    return count(UsageKind.CACHE_READ, UsageKind.CACHE_READ_AUDIO, UsageKind.CACHE_READ_IMAGE);
  }

  long written() {
    return count(UsageKind.CACHE_WRITE_5M, UsageKind.CACHE_WRITE_1H);
  }

  long uncached() {
    return input() - cached() - written();
  }
}
