package dev.purser.core.pipeline;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.purser.spi.Amounts;
import java.util.Map;

/**
 * Remembers bills that were charged, so that whoever reads one again is charged only by how much it
 * has grown. Bounded: the bill that was not read for longest is forgotten first. Safe for use by
 * several threads.
 */
final class Bills {

  private static final int REMEMBERED = 100_000;

  private final Cache<String, Amounts> charged =
      // Maintenance takes microseconds: not worth a borrowed pool, which would outlive us.
      Caffeine.newBuilder().maximumSize(REMEMBERED).executor(Runnable::run).build();

  /** Takes what was charged before a restart. */
  void restore(Map<String, Amounts> before) {
    charged.putAll(before);
  }

  /** Takes back what was taken for charged and was not, because its call had ended before. */
  void notCharged(String bill, Amounts due) {
    charged
        .asMap()
        .computeIfPresent(
            bill,
            (name, before) -> new Amounts(
                Math.max(0, before.nanoUsd() - due.nanoUsd()),
                Math.max(0, before.inputTokens() - due.inputTokens()),
                Math.max(0, before.outputTokens() - due.outputTokens()),
                Math.max(0, before.requests() - due.requests())));
  }

  /** Returns what is still due of a bill, and takes it for charged. */
  Amounts due(String bill, Amounts says) {
    Amounts[] due = {says};
    charged.asMap().compute(bill, (name, before) -> {
      if (before == null) {
        return says;
      }
      due[0] = new Amounts(
          Math.max(0, says.nanoUsd() - before.nanoUsd()),
          Math.max(0, says.inputTokens() - before.inputTokens()),
          Math.max(0, says.outputTokens() - before.outputTokens()),
          Math.max(0, says.requests() - before.requests()));
      return new Amounts(
          Math.max(says.nanoUsd(), before.nanoUsd()),
          Math.max(says.inputTokens(), before.inputTokens()),
          Math.max(says.outputTokens(), before.outputTokens()),
          Math.max(says.requests(), before.requests()));
    });
    return due[0];
  }
}
