package dev.purser.core.budget;

import dev.purser.api.Attribution;
import dev.purser.api.ModelId;
import dev.purser.spi.Amounts;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What was charged to whom and when, so that a budget that is put in force later, or changed in what
 * it counts apart, starts with what is known and not from nothing.
 *
 * <p>Charges are summed by attribution and model over quarters of an hour, on whose edges every
 * calendar window begins; after two days over UTC days, after 400 days over all time. Beyond {@value
 * #MOST} sums the sessions and tags of the oldest are left out, and beyond twice as many the whole
 * attribution of new ones; {@link #folded} says so. A sum counts as if it were all spent at its end,
 * so the error is on the safe side.
 *
 * <p>Safe for use by several threads; {@link #facts} while nobody adds.
 */
final class SpendHistory {

  /** How many sums are kept apart; some 250 bytes each, with a session id of 36 characters. */
  static final int MOST = 50_000;

  private static final long QUARTER_HOUR = Duration.ofMinutes(15).toSeconds();
  private static final long DAY = Duration.ofDays(1).toSeconds();
  private static final Duration BY_THE_QUARTER = Duration.ofDays(2);
  private static final Duration BY_THE_DAY = Duration.ofDays(400);

  /**
   * A sum of charges.
   *
   * @param start the first second of the span that is summed
   * @param end the first second after it
   */
  record Fact(Attribution who, ModelId model, long start, long end, Tally charged) {

    Instant at() {
      return Instant.ofEpochSecond(end).minusNanos(1);
    }
  }

  private record Key(Attribution who, ModelId model, long length, long start) {

    long end() {
      return start + length;
    }
  }

  private final ConcurrentMap<Key, Tally> sums = new ConcurrentHashMap<>();
  private volatile boolean folded;

  /** Adds what a call was charged, and takes off what it was charged before. */
  void add(Attribution who, ModelId model, Instant at, Amounts charged, Amounts before) {
    Attribution kept = who;
    if (sums.size() >= 2 * MOST) {
      kept = Attribution.NONE;
      folded = true;
    }
    long start = quarterOf(at);
    Tally change = Tally.of(charged).minus(Tally.of(before));
    sums.merge(new Key(kept, model, QUARTER_HOUR, start), change, Tally::plus);
  }

  /** Whether sessions and tags were left out of some sums. */
  boolean folded() {
    return folded;
  }

  /** Returns all sums, the earliest end first. */
  List<Fact> facts() {
    return sums.entrySet().stream()
        .map(SpendHistory::fact)
        .sorted(Comparator.comparingLong(Fact::end))
        .toList();
  }

  private static Fact fact(Map.Entry<Key, Tally> sum) {
    Key key = sum.getKey();
    return new Fact(key.who(), key.model(), key.start(), key.end(), sum.getValue());
  }

  /**
   * Returns the sums of spans that began at {@code second} or later. A glimpse while calls end; not to
   * be taken while sums are {@linkplain #condense condensed}.
   */
  List<Fact> since(long second) {
    return sums.entrySet().stream()
        .filter(sum -> sum.getKey().start() >= second)
        .map(SpendHistory::fact)
        .toList();
  }

  /** Returns the first second of the quarter of an hour that holds an instant. */
  static long quarterOf(Instant at) {
    return floor(at.getEpochSecond(), QUARTER_HOUR);
  }

  /** Sums up what is old, or too much. */
  void condense(Instant now) {
    long quarters = now.minus(BY_THE_QUARTER).getEpochSecond();
    long days = now.minus(BY_THE_DAY).getEpochSecond();
    for (Key key : sums.keySet()) {
      if (key.end() <= days) {
        move(key, new Key(key.who(), key.model(), floor(days, DAY), 0));
      } else if (key.length() == QUARTER_HOUR && key.end() <= quarters) {
        move(key, new Key(key.who(), key.model(), DAY, floor(key.start(), DAY)));
      }
    }
    if (sums.size() > MOST) {
      fold();
    }
  }

  private void fold() {
    List<Key> oldestFirst =
        sums.keySet().stream().sorted(Comparator.comparingLong(Key::end)).toList();
    for (Key key : oldestFirst) {
      if (sums.size() <= MOST / 2) {
        return;
      }
      folded = true;
      move(key, new Key(folded(key.who()), key.model(), key.length(), key.start()));
    }
  }

  private void move(Key from, Key to) {
    if (!from.equals(to)) {
      Tally moved = sums.remove(from);
      if (moved != null) {
        sums.merge(to, moved, Tally::plus);
      }
    }
  }

  private static Attribution folded(Attribution who) {
    Attribution kept = Attribution.NONE;
    kept = who.key() == null ? kept : kept.withKey(who.key());
    kept = who.user() == null ? kept : kept.user(who.user());
    kept = who.team() == null ? kept : kept.team(who.team());
    return who.taskClass() == null ? kept : kept.taskClass(who.taskClass());
  }

  private static long floor(long second, long length) {
    return Math.floorDiv(second, length) * length;
  }
}
