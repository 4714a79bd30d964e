package dev.purser.core.journal;

import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.Enforcement;
import dev.purser.api.JournalOptions;
import dev.purser.api.JournalOptions.Fsync;
import dev.purser.api.Measure;
import dev.purser.api.ModelId;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.Usage;
import dev.purser.api.Window;
import dev.purser.core.ledger.InMemoryLedger;
import dev.purser.spi.Account;
import dev.purser.spi.Amounts;
import dev.purser.spi.Balance;
import dev.purser.spi.Demand;
import dev.purser.spi.Ledger;
import dev.purser.spi.Reserved;
import dev.purser.spi.Ticket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A journal over a ledger in memory, on a disk and a clock of a test; nothing works beside the calls. */
final class Life implements AutoCloseable {

  static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  static final ModelId MODEL = ModelId.of("openai", "gpt-4o");
  static final Duration LEASE = Duration.ofMinutes(10);

  final FaultyDisk disk = new FaultyDisk();
  final List<String> told = new CopyOnWriteArrayList<>();
  final InMemoryLedger memory = new InMemoryLedger();
  final Journal journal;
  final Ledger ledger;
  final Account guarded;
  final Account observed;
  volatile Instant now = NOON;
  private final AtomicInteger calls = new AtomicInteger();

  Life(Path folder, Fsync fsync, long limit) {
    this(JournalOptions.in(folder).fsync(fsync), budgets(limit));
  }

  Life(JournalOptions options, List<Budget> budgets) {
    journal = Journal.open(options, budgets, () -> now, disk);
    memory.revise(budgets);
    ledger = journal.over(memory);
    guarded = ledger.open(budgets.get(0), "", NOON);
    observed = ledger.open(budgets.get(budgets.size() - 1), "", NOON);
  }

  /** One that blocks, and one that only observes. */
  static List<Budget> budgets(long limit) {
    return List.of(
        complete(Budget.of("hard", Measure.USD, limit, Window.TOTAL)),
        complete(
            Budget.of("seen", Measure.USD, limit, Window.TOTAL).enforcement(Enforcement.OBSERVE)));
  }

  static Budget complete(Budget budget) {
    return budget.owner("dana").zone(budget.zone() == null ? ZoneOffset.UTC : budget.zone());
  }

  Reserved reserve(String id, long nanos, Account... accounts) {
    return ledger.reserve(demand(id, now, nanos, Attribution.key("alice"), accounts));
  }

  static Demand demand(String id, Instant at, long nanos, Attribution who, Account... accounts) {
    return new Demand(
        id,
        at,
        at.plus(LEASE),
        "direct",
        who,
        MODEL,
        new Amounts(nanos, 0, 0, 1),
        List.of(accounts),
        () -> {});
  }

  /** Reserves on the account that blocks. */
  Ticket hold(long nanos) {
    Reserved reserved = reserve("call-" + calls.incrementAndGet(), nanos, guarded);
    if (reserved instanceof Reserved.Held held) {
      return held.ticket();
    }
    throw new AssertionError("not held: " + reserved);
  }

  Ticket.Ending settle(Ticket ticket, String id, long reserved, long nanos) {
    return ticket.settle(
        new Amounts(nanos, 0, 0, 1),
        record(id, Outcome.SETTLED, now, reserved, nanos).build());
  }

  static SpendRecord.Builder record(
      String id, Outcome outcome, Instant at, long reserved, long nanos) {
    return SpendRecord.builder(id, outcome, MODEL, at)
        .endedAt(at)
        .attribution(Attribution.key("alice"))
        .usage(Usage.ofTokens(0, 0))
        .charged(reserved, nanos);
  }

  Balance balance() {
    return memory.balance(guarded, now);
  }

  final Troubles troubles = new Troubles() {
    @Override
    public void happened(String what) {
      told.add(what);
    }

    @Override
    public void over() {
      told.add("over");
    }
  };

  /** Looks so often that an outage that is over is taken for over. */
  void look() {
    for (int i = 0; i <= Upkeep.LOOKS_TO_BE_SURE; i++) {
      journal.look(troubles);
    }
  }

  @Override
  public void close() {
    disk.heal();
    journal.close();
  }

  /** What a start would find in a folder. */
  static Recovery replay(Path folder, List<Budget> budgets) {
    try {
      return Recovery.of(new Folder(folder), new Grain(budgets), Long.MAX_VALUE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Recovery replay(Path folder) {
    return replay(folder, budgets(1));
  }

  /** What a start would charge, in nano-dollars. */
  static long total(Fold fold) {
    List<Long> all = new ArrayList<>();
    fold.sums().all().forEach(spent -> all.add(spent.amounts().nanoUsd()));
    fold.held().values().forEach(call -> all.add(call.facts().amounts().nanoUsd()));
    fold.charged().values().forEach(call -> all.add(call.facts().amounts().nanoUsd()));
    return all.stream().mapToLong(Long::longValue).sum();
  }
}
