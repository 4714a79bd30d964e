package dev.purser.core.emit;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what happened, by name. Names come from code, never from calls, so that their number is
 * bounded. Safe for use by several threads; counting is wait-free after a name's first time.
 */
public final class Counters {

  private final ConcurrentHashMap<String, LongAdder> counts = new ConcurrentHashMap<>();

  /** Counts one. */
  public void count(String name) {
    count(name, 1);
  }

  /** Counts several at once. */
  public void count(String name, long times) {
    LongAdder count = counts.get(name);
    if (count == null) {
      count = counts.computeIfAbsent(name, unseen -> new LongAdder());
    }
    count.add(times);
  }

  /** Returns a copy of all counts, sorted by name. */
  public SortedMap<String, Long> snapshot() {
    SortedMap<String, Long> copy = new TreeMap<>();
    counts.forEach((name, count) -> copy.put(name, count.sum()));
    return copy;
  }
}
