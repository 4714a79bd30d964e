package dev.purser.core;

import dev.purser.api.JournalOptions;
import dev.purser.api.JournalOptions.Fsync;
import dev.purser.core.ledger.InMemoryLedger;
import dev.purser.spi.Account;
import dev.purser.spi.Balance;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;

/**
 * One of the lives of a guard on a folder, in this process or in a child.
 *
 * @param cap in nano-dollars
 * @param start what its clock says at first
 */
record Life(Path folder, Counting counting, long cap, Fsync fsync, Instant start) {

  /** Small, so that files are closed, summed up and compressed while their writer is killed. */
  private static final long SEGMENT = 8 << 10;

  /** Reads a life that was {@linkplain #words written}, from a place on. */
  static Life of(String[] words, int from) {
    return new Life(
        Path.of(words[from]),
        Counting.valueOf(words[from + 1]),
        Long.parseLong(words[from + 2]),
        Fsync.valueOf(words[from + 3]),
        Instant.parse(words[from + 4]));
  }

  /** Writes it as arguments of a process. */
  String[] words() {
    return new String[] {
      folder.toString(), counting.name(), Long.toString(cap), fsync.name(), start.toString()
    };
  }

  /** Returns this life, counting otherwise. */
  Life counting(Counting other) {
    return new Life(folder, other, cap, fsync, start);
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
        .ledger(ledger)
        .clock(ticking(start))
        .alertSink(alert -> {});
  }

  private static InstantSource ticking(Instant start) {
    long from = System.nanoTime();
    return () -> start.plusNanos(System.nanoTime() - from);
  }

  /** Returns what the accounts of the cap have. */
  static long settled(InMemoryLedger ledger, Instant at) {
    return ledger.accounts().stream()
        .mapToLong(account -> balance(ledger, account, at).settled())
        .sum();
  }

  /** Returns what the accounts of the cap hold. */
  static long held(InMemoryLedger ledger, Instant at) {
    return ledger.accounts().stream()
        .mapToLong(account -> balance(ledger, account, at).held())
        .sum();
  }

  private static Balance balance(InMemoryLedger ledger, Account account, Instant at) {
    return ledger.balance(account, at);
  }
}
