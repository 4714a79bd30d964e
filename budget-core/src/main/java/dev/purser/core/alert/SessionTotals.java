package dev.purser.core.alert;

import dev.purser.api.ModelId;
import dev.purser.api.SessionSpend;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.api.Usd;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one session did, its parts included. For one thread at a time. */
final class SessionTotals {

  private static final Duration IDLE = Duration.ofMinutes(10);
  private static final int MOST_MODELS = 16;

  private final String session;
  private final MinuteRing ring = new MinuteRing();
  private final Map<ModelId, Long> models = new TreeMap<>(Comparator.comparing(ModelId::toString));
  private final Instant firstAt;
  private List<String> parents = List.of();
  private @Nullable String key;
  private Instant lastAt;
  private long spent;
  private long calls;
  private long refused;
  private boolean refusedLast;
  private Usage usage = Usage.NONE;
  private int toldLevel = -1;

  SessionTotals(String session, Instant at) {
    this.session = session;
    firstAt = at;
    lastAt = at;
  }

  /** @param above the sessions that it is a part of */
  void add(SpendRecord record, List<String> above, Instant at) {
    lastAt = at.isAfter(lastAt) ? at : lastAt;
    parents = above;
    key = record.attribution().key();
    Outcome outcome = record.outcome();
    refusedLast = outcome == Outcome.REFUSED || outcome == Outcome.DENIED;
    refused += refusedLast ? 1 : 0;
    if (outcome == Outcome.SETTLED
        || outcome == Outcome.ESTIMATED
        || outcome == Outcome.ABANDONED) {
      calls++;
      Usage.Builder sum = usage.toBuilder();
      for (UsageKind kind : UsageKind.values()) {
        sum.add(kind, record.usage().count(kind));
      }
      usage = sum.build();
    }
    if (record.spentNanoUsd() != 0) {
      spent += record.spentNanoUsd();
      ring.add(at, record.spentNanoUsd());
      if (models.containsKey(record.model()) || models.size() < MOST_MODELS) {
        models.merge(record.model(), record.spentNanoUsd(), Long::sum);
      }
    }
  }

  long lastHour(Instant now) {
    return ring.sum(now);
  }

  @Nullable String key() {
    return key;
  }

  /** Returns whether a level is a new one; below the first, all are forgotten. */
  boolean reaches(int level) {
    boolean news = level > toldLevel;
    toldLevel = level < 0 ? -1 : Math.max(level, toldLevel);
    return news && level >= 0;
  }

  SessionSpend view(Instant now) {
    SessionSpend.State state = lastAt.isBefore(now.minus(IDLE))
        ? SessionSpend.State.IDLE
        : refusedLast ? SessionSpend.State.REFUSED : SessionSpend.State.ACTIVE;
    Map<ModelId, Usd> costs = new LinkedHashMap<>();
    models.forEach((model, nanoUsd) -> costs.put(model, Usd.ofNanos(Math.max(0, nanoUsd))));
    return new SessionSpend(
        session,
        parents,
        key,
        firstAt,
        lastAt,
        state,
        Usd.ofNanos(Math.max(0, spent)),
        Usd.ofNanos(ring.sum(now)),
        calls,
        refused,
        usage,
        costs);
  }
}
