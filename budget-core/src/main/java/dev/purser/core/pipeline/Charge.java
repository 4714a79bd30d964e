package dev.purser.core.pipeline;

import dev.purser.api.Settlement;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.spi.Amounts;
import org.jspecify.annotations.Nullable;

/**
 * What an answer is charged.
 *
 * @param settlement what the answer says
 * @param nanoUsd the charge
 * @param computedNanoUsd what the price table makes of the usage, where the answer stated its cost
 */
record Charge(Settlement settlement, long nanoUsd, @Nullable Long computedNanoUsd) {

  private static final int PERCENT = 100;

  /** Returns the charge in all measures. */
  Amounts amounts(long requests) {
    return new Amounts(nanoUsd, settlement.inputTokens(), settlement.outputTokens(), requests);
  }

  /** Returns what all models used. */
  Usage usage() {
    if (settlement.besides().isEmpty()) {
      return settlement.usage();
    }
    Usage.Builder all = settlement.usage().toBuilder();
    settlement.besides().forEach(each -> {
      for (UsageKind kind : UsageKind.values()) {
        all.add(kind, each.usage().count(kind));
      }
    });
    return all.build();
  }

  /** Whether the stated cost and the computed one differ by more than one in a hundred. */
  boolean contradicts() {
    Long computed = computedNanoUsd;
    return computed != null && Math.abs(nanoUsd - computed) > Math.max(nanoUsd, computed) / PERCENT;
  }
}
