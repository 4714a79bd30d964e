package dev.purser.core.journal;

import dev.purser.api.Attribution;
import dev.purser.api.ModelId;
import dev.purser.spi.Amounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was charged, summed as far as no budget in force tells it apart. For one thread at a time. */
final class Sums {

  private record Key(Attribution who, ModelId model, Instant start) {}

  private final Grain grain;
  private final Map<Key, Spent> sums = new HashMap<>();
  private final Map<Attribution, Attribution> same = new HashMap<>();

  Sums(Grain grain) {
    this.grain = grain;
  }

  /** @param provisional as in {@link Spent} */
  void add(Attribution who, ModelId model, Instant at, Amounts amounts, long provisional) {
    Attribution shared = same.computeIfAbsent(who, unseen -> unseen);
    sums.merge(
        new Key(shared, model, grain.startOf(at)),
        new Spent(shared, model, at, amounts, provisional),
        Sums::sum);
  }

  /**
   * Charges what a call used in place of what it held, where it is only known as a part of its sum. Its
   * tokens and its request stay those that it held: lines do not say what these were.
   *
   * @param before what it held, in nano-dollars
   * @param after what it used, in nano-dollars
   * @return false if no sum holds so much that is provisional; then nothing is changed
   */
  boolean correct(Attribution who, ModelId model, Instant at, long before, long after) {
    Key key = new Key(who, model, grain.startOf(at));
    Spent sum = sums.get(key);
    if (sum == null || before <= 0 || sum.provisional() < before) {
      return false;
    }
    Amounts all = sum.amounts();
    long nanoUsd = sum(Math.max(0, all.nanoUsd() - before), after);
    sums.put(
        key,
        new Spent(
            sum.who(),
            sum.model(),
            sum.at(),
            new Amounts(nanoUsd, all.inputTokens(), all.outputTokens(), all.requests()),
            sum.provisional() - before));
    return true;
  }

  private static Spent sum(Spent a, Spent b) {
    return new Spent(
        a.who(),
        a.model(),
        a.at().isAfter(b.at()) ? a.at() : b.at(),
        new Amounts(
            sum(a.amounts().nanoUsd(), b.amounts().nanoUsd()),
            sum(a.amounts().inputTokens(), b.amounts().inputTokens()),
            sum(a.amounts().outputTokens(), b.amounts().outputTokens()),
            sum(a.amounts().requests(), b.amounts().requests())),
        sum(a.provisional(), b.provisional()));
  }

  static long sum(long a, long b) {
    long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum; // neither is below zero
  }

  /** Sums further what is so old that nothing tells it apart any more. */
  void coarsen(Instant now) {
    List<Spent> all = new ArrayList<>(sums.values());
    sums.clear();
    for (Spent each : all) {
      sums.merge(new Key(each.who(), each.model(), grain.startOf(each.at(), now)), each, Sums::sum);
    }
  }

  /** Forgets what was charged before an instant. */
  void forgetBefore(Instant since) {
    sums.values().removeIf(charge -> charge.at().isBefore(since));
    same.clear();
  }

  /** Returns all sums, the earliest first. */
  List<Spent> all() {
    List<Spent> all = new ArrayList<>(sums.values());
    all.sort(Comparator.comparing(Spent::at));
    return all;
  }
}
