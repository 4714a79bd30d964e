package dev.purser.core.alert;

import dev.purser.api.Alert;
import dev.purser.api.Alert.Severity;
import dev.purser.api.AlertRules;
import dev.purser.api.ModelId;
import dev.purser.api.SessionSpend;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.core.record.DayLine;
import dev.purser.core.record.StateLog;
import dev.purser.spi.PriceBook;
import dev.purser.spi.RecordSink;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rules that need no counter on a call's way: what sessions and keys did of late. A sink of records, so
 * that it works on a thread of its own; {@link #look} does what time asks for. Safe for use by several
 * threads, which wait for each other.
 */
public final class Watch implements RecordSink {

  private static final Duration DAY = Duration.ofDays(1);
  private static final int MOST_MODELS = 10_000;

  /** Of a million. */
  private static final long THOUSAND = 1_000;

  private static final Usage THOUSAND_WRITTEN = Usage.ofTokens(0, 1_000);

  private final AlertRules rules;
  private final SessionWatch sessions;
  private final KeyWatch keys;
  private final CostWatch costs;
  private final Owners owners;
  private final Desk desk;
  private final PriceBook prices;
  private final StateLog log;
  private final InstantSource clock;
  private final ZoneId zone;
  private final Map<ModelId, Boolean> frontier = new HashMap<>();
  private @Nullable Ground ground;

  /** @param zone whose days count */
  public Watch(
      AlertRules rules,
      Owners owners,
      Desk desk,
      PriceBook prices,
      StateLog log,
      InstantSource clock,
      ZoneId zone) {
    this.rules = rules;
    this.owners = owners;
    this.desk = desk;
    this.prices = prices;
    this.log = log;
    this.clock = clock;
    this.zone = zone;
    sessions = new SessionWatch(rules, owners, desk, zone);
    keys = new KeyWatch(rules, owners, desk, zone);
    costs = new CostWatch(desk, zone);
  }

  /** Takes what else is known; before the first record. */
  public synchronized void begin(Ground known) {
    ground = known;
  }

  /** Takes a key's day of before a restart. */
  public synchronized void restore(DayLine day) {
    keys.restore(
        day.key(),
        day.team(),
        new DayTotal(
            day.day().toEpochDay(), day.nanoUsd(), day.requests(), day.frontierRequests()));
  }

  @Override
  public boolean takes(Outcome outcome) {
    return outcome.charges() || outcome == Outcome.REFUSED || outcome == Outcome.DENIED;
  }

  @Override
  public synchronized void accept(SpendRecord record) {
    Instant at = record.endedAt();
    sessions.add(record, known().lineage(record.attribution()), at);
    keys.add(record, isFrontier(record.model()));
    costs.add(record);
  }

  private Ground known() {
    return Objects.requireNonNull(ground, "not begun");
  }

  private boolean isFrontier(ModelId model) {
    Boolean seen = frontier.get(model);
    if (seen == null) {
      long written =
          prices.quote(model, null, null, clock.instant()).worstCaseNanoUsd(THOUSAND_WRITTEN);
      seen = written >= rules.frontierPrice().nanos() / THOUSAND;
      if (frontier.size() >= MOST_MODELS) {
        frontier.clear(); // callers choose the names
      }
      frontier.put(model, seen);
    }
    return seen;
  }

  /** Returns whose days count. */
  public ZoneId zone() {
    return zone;
  }

  /** Returns the sessions, those that burn most first. */
  public synchronized List<SessionSpend> sessions() {
    return sessions.views(clock.instant());
  }

  /** Does what time asks for: ends days, looks at mixes and at the pace, writes down what is kept. */
  public void look() {
    Instant now = clock.instant();
    Ground known = known();
    // Before the lock: calls' threads may hold what these wait for.
    Map<String, Map<ModelId, Long>> requests = known.requestsSince(now.minus(DAY));
    List<Ground.Quarter> quarters = known.quarters(now);
    synchronized (this) {
      keys.look(now, log::day);
      requests.forEach((key, models) -> mix(key, models, now));
      costs.look(now);
    }
    quarters.forEach(quarter -> QuarterPace.look(quarter, rules, owners, desk, now));
  }

  private void mix(String key, Map<ModelId, Long> models, Instant now) {
    long calls = 0;
    long ofFrontier = 0;
    for (Map.Entry<ModelId, Long> each : models.entrySet()) {
      calls += each.getValue();
      ofFrontier += isFrontier(each.getKey()) ? each.getValue() : 0;
    }
    long callsBefore = 0;
    long frontierBefore = 0;
    KeyDay day = keys.keys().get(key);
    if (day != null) {
      long yesterday = day.today().epochDay();
      List<DayTotal> active = day.history().between(Long.MIN_VALUE, yesterday);
      for (DayTotal each : active.subList(0, Math.min(MixDrift.BASELINE_DAYS, active.size()))) {
        callsBefore += each.requests();
        frontierBefore += each.frontier();
      }
    }
    MixDrift.Verdict verdict = MixDrift.of(ofFrontier, calls, frontierBefore, callsBefore);
    if (verdict == MixDrift.Verdict.NONE) {
      return;
    }
    boolean drifted = verdict == MixDrift.Verdict.DRIFTED;
    LocalDate date = LocalDate.ofInstant(now, zone);
    Map<String, String> facts = new TreeMap<>();
    facts.put("frontier calls", ofFrontier + " of " + calls + " in 24 hours");
    facts.put("frontier calls before", frontierBefore + " of " + callsBefore);
    desk.tell(
        new Alert(
                Alert.Kind.MODEL_MIX,
                key,
                "key " + key + " asks frontier models: " + facts.get("frontier calls")
                    + (drifted
                        ? ", " + facts.get("frontier calls before") + " before"
                        : "; nothing is known of before"),
                now)
            .severity(drifted ? Severity.PAGE : Severity.NOTICE)
            .owner(owners.ofKey(key, day == null ? null : day.team()))
            .once("model mix|" + key + "|" + (drifted ? date : "new key"), null)
            .facts(facts)
            .next("route routine work to cheaper models", "ignore it if the work asks for them"),
        Part.ofKey(key, now.minus(DAY)));
  }

  /** Writes down what is kept. */
  @Override
  public synchronized void close() {
    keys.look(clock.instant(), log::day);
  }

  static String dollars(long nanoUsd) {
    return "$" + Usd.ofNanos(nanoUsd);
  }
}
