package dev.purser.core.alert;

import dev.purser.api.Alert;
import dev.purser.api.Alert.Severity;
import dev.purser.api.AlertRules;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.Usd;
import dev.purser.core.alert.KeyDay.Said;
import dev.purser.core.record.DayLine;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What each key spends on a day, the ten thousand used last, and whether that is a spike, or the key is
 * shared or nobody's. Days are those of the zone: 23 to 25 hours. For one thread at a time.
 */
final class KeyWatch {

  private static final int MOST = 10_000;

  private final Map<String, KeyDay> keys = new LinkedHashMap<>(64, 0.75f, true) {
    @Override
    protected boolean removeEldestEntry(Map.Entry<String, KeyDay> eldest) {
      return size() > MOST;
    }
  };
  private final SpikeRule spikes;
  private final Owners owners;
  private final Desk desk;
  private final ZoneId zone;

  KeyWatch(AlertRules rules, Owners owners, Desk desk, ZoneId zone) {
    spikes = new SpikeRule(rules);
    this.owners = owners;
    this.desk = desk;
    this.zone = zone;
  }

  Map<String, KeyDay> keys() {
    return keys;
  }

  private long dayOf(Instant at) {
    return LocalDate.ofInstant(at, zone).toEpochDay();
  }

  /** Takes a day of before a restart. */
  void restore(String key, @Nullable String team, DayTotal day) {
    keys.computeIfAbsent(key, unseen -> new KeyDay(day.epochDay())).restore(team, day);
  }

  void add(SpendRecord record, boolean frontier) {
    String key = record.attribution().key();
    if (key == null) {
      return;
    }
    Instant at = record.endedAt();
    KeyDay day = keys.computeIfAbsent(key, unseen -> new KeyDay(dayOf(at)));
    day.forward(dayOf(at));
    // What is charged for a day that is over belongs to that; a clock that went back begins none
    // again.
    boolean late =
        dayOf(record.startedAt()) < dayOf(at) && dayOf(at) == day.today().epochDay();
    Outcome outcome = record.outcome();
    boolean call =
        outcome == Outcome.SETTLED || outcome == Outcome.ESTIMATED || outcome == Outcome.ABANDONED;
    DayTotal of = new DayTotal(
        late ? dayOf(record.startedAt()) : day.today().epochDay(),
        record.spentNanoUsd(),
        call ? 1 : 0,
        call && frontier ? 1 : 0);
    day.add(record.attribution(), of);
    if (!late && record.spentNanoUsd() > 0) {
      spike(key, day, at);
    }
    if (day.users().size() > 1 && day.isNews(Said.SHARED)) {
      shared(key, day, at);
    }
    if (owners.isOrphan(key) && day.isNews(Said.ORPHAN)) {
      orphan(key, day, at);
    }
  }

  private void spike(String key, KeyDay day, Instant at) {
    SpikeLimits limits = day.limits(spikes, () -> usualOfTeam(day.team()));
    long spent = day.today().nanoUsd();
    boolean page = spent > limits.pageAbove();
    if (spent <= limits.noticeAbove() || !day.isNews(page ? Said.PAGE : Said.NOTICE)) {
      return;
    }
    String usual = "$" + Usd.ofNanos(limits.usual());
    Map<String, String> facts = new TreeMap<>();
    facts.put("spent today", "$" + Usd.ofNanos(spent));
    facts.put("usual", usual);
    facts.put("notice above", "$" + Usd.ofNanos(limits.noticeAbove()));
    String like = limits.newKey()
        ? limits.usual() > 0
            ? "; a new key, whose team's median day is " + usual
            : "; a new key, of which nothing is known"
        : "; its last active days had " + usual + " on average";
    LocalDate date = LocalDate.ofEpochDay(day.today().epochDay());
    desk.tell(
        new Alert(
                Alert.Kind.SPIKE,
                key,
                "key " + key + " has spent $" + Usd.ofNanos(spent) + " today" + like,
                at)
            .severity(page ? Severity.PAGE : Severity.NOTICE)
            .owner(owners.ofKey(key, day.team()))
            .once("spike|" + key + "|" + date + (page ? " page" : " notice"), endOf(date))
            .facts(facts)
            .next(
                "ask whose work it is",
                "freeze the key if nobody knows",
                "ignore it if it is wanted"),
        Part.ofKey(key, date.atStartOfDay(zone).toInstant()));
  }

  private Instant endOf(LocalDate date) {
    return date.plusDays(1).atStartOfDay(zone).toInstant();
  }

  /** The median of the active days of a team's keys, in nano-dollars; zero if there are none. */
  private long usualOfTeam(@Nullable String team) {
    List<Long> days = new ArrayList<>();
    for (KeyDay each : keys.values()) {
      if (team != null && Objects.equals(team, each.team())) {
        each.history().all().forEach(day -> days.add(day.nanoUsd()));
      }
    }
    Collections.sort(days);
    return days.isEmpty() ? 0 : days.get((days.size() - 1) / 2);
  }

  private void shared(String key, KeyDay day, Instant at) {
    LocalDate date = LocalDate.ofEpochDay(day.today().epochDay());
    desk.tell(
        new Alert(
                Alert.Kind.SHARED_KEY,
                key,
                "key " + key + " is used by several users today: " + String.join(", ", day.users()),
                at)
            .owner(owners.ofKey(key, day.team()))
            .once("hygiene|shared key " + key + "|" + date, endOf(date))
            .next("give each user a key"),
        Part.ofKey(key, date.atStartOfDay(zone).toInstant()));
  }

  private void orphan(String key, KeyDay day, Instant at) {
    LocalDate date = LocalDate.ofEpochDay(day.today().epochDay());
    desk.tell(
        new Alert(Alert.Kind.KEY_WITHOUT_OWNER, key, "nobody answers for key " + key, at)
            .once("hygiene|key without owner " + key + "|" + date, endOf(date))
            .next("name an owner for the key"),
        Part.ofKey(key, date.atStartOfDay(zone).toInstant()));
  }

  /** Ends days that are over, and hands out those that have changed, to be written down. */
  void look(Instant now, Consumer<DayLine> write) {
    long epochDay = dayOf(now);
    keys.forEach((key, day) -> {
      day.takeChanged(total -> write.accept(new DayLine(
          key,
          day.team(),
          LocalDate.ofEpochDay(total.epochDay()),
          Math.max(0, total.nanoUsd()),
          total.requests(),
          total.frontier())));
      day.forward(epochDay);
    });
  }
}
