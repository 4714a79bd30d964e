package dev.purser.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Budget;
import dev.purser.api.JournalOptions;
import dev.purser.api.JournalOptions.Fsync;
import dev.purser.api.Usd;
import dev.purser.core.ledger.InMemoryLedger;
import dev.purser.spi.Balance;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.ToLongFunction;

/**
 * One of the lives of a guard on a folder, in this process or in a child.
 *
 * @param cap what all lives may spend together, in nano-dollars
 * @param allowance what this one and those before it may spend of that, in nano-dollars
 * @param start what its clock says at first
 */
record Life(Path folder, Counting counting, long cap, long allowance, Fsync fsync, Instant start) {

  private static final String ALLOWANCE = "allowance";

  /** Small, so that files are closed, summed up and compressed while their writer is killed. */
  private static final long SEGMENT = 8 << 10;

  /** Reads a life that was {@linkplain #words written}, from a place on. */
  static Life of(String[] words, int from) {
    return new Life(
        Path.of(words[from]),
        Counting.valueOf(words[from + 1]),
        Long.parseLong(words[from + 2]),
        Long.parseLong(words[from + 3]),
        Fsync.valueOf(words[from + 4]),
        Instant.parse(words[from + 5]));
  }

  /** Writes it as arguments of a process. */
  String[] words() {
    return new String[] {
      folder.toString(),
      counting.name(),
      Long.toString(cap),
      Long.toString(allowance),
      fsync.name(),
      start.toString()
    };
  }

  /** Returns this life, counting otherwise. */
  Life counting(Counting other) {
    return new Life(folder, other, cap, allowance, fsync, start);
  }

  /** Begins it. */
  Purser begin(InMemoryLedger ledger) {
    return builder(ledger).journal(options().segmentBytes(SEGMENT)).build();
  }

  JournalOptions options() {
    return JournalOptions.in(folder).fsync(fsync);
  }

  PurserBuilder builder(InMemoryLedger ledger) {
    return Purser.builder()
        .owner("dana")
        .budget(counting.budget(cap))
        .budget(Budget.total(ALLOWANCE, Usd.ofNanos(allowance)))
        .ledger(ledger)
        .clock(ticking(start))
        .alertSink(alert -> {});
  }

  private static InstantSource ticking(Instant start) {
    long from = System.nanoTime();
    return () -> start.plusNanos(System.nanoTime() - from);
  }

  /** Returns what is charged on the cap; the same as on the allowance. */
  static long settled(InMemoryLedger ledger, Instant at) {
    long settled = sum(ledger, at, false, Balance::settled);
    assertThat(sum(ledger, at, true, Balance::settled)).isEqualTo(settled);
    return settled;
  }

  /** Returns what is held on the cap. */
  static long held(InMemoryLedger ledger, Instant at) {
    return sum(ledger, at, false, Balance::held);
  }

  private static long sum(
      InMemoryLedger ledger, Instant at, boolean ofAllowance, ToLongFunction<Balance> part) {
    return ledger.accounts().stream()
        .filter(account -> account.budget().name().equals(ALLOWANCE) == ofAllowance)
        .mapToLong(account -> part.applyAsLong(ledger.balance(account, at)))
        .sum();
  }
}
