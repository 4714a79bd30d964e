package dev.purser.benchmarks;

import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.Dimension;
import dev.purser.api.ModelId;
import dev.purser.core.budget.BudgetBook;
import dev.purser.core.ledger.InMemoryLedger;
import dev.purser.spi.Amounts;
import dev.purser.spi.Ledger;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.openjdk.jol.info.GraphStats;

/**
 * Measures what a book of budgets remembers of each session beside its accounts: how much more is
 * reachable from the book after many sessions than after a few, so that what is there once does not
 * count. Session ids are as long as a UUID, and nobody else keeps them.
 */
final class BookFootprint {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final ModelId MODEL = ModelId.of("openai", "gpt-4o");
  private static final Amounts CHARGE = new Amounts(180_000_000, 8_000, 16_000, 1);
  private static final int FEW = 100;

  private interface Session {
    void happens(BudgetBook book, Attribution who);
  }

  private BookFootprint() {}

  /** Returns the bytes that a sum of charges takes, its attribution with key and session included. */
  static double sum(int sessions) {
    Budget all = Budget.total("b", FootprintReport.LIMIT);
    return grown(all, sessions, (book, who) -> book.charged(who, MODEL, NOW, CHARGE, Amounts.NONE));
  }

  /** Returns the bytes that a binding to one account takes, its attribution and call included. */
  static double binding(int sessions) {
    Budget all = Budget.total("b", FootprintReport.LIMIT);
    return grown(all, sessions, (book, who) -> book.covering(who, MODEL, NOW));
  }

  /** Returns the bytes that a session's link to its parent takes, the ids of both included. */
  static double link(int sessions) {
    // Calls that draw on a shared account are not bound, so that links are all there is.
    Budget crowded = Budget.total("b", FootprintReport.LIMIT).per(Dimension.KEY).maxAccounts(1);
    return grown(
        crowded,
        sessions,
        (book, who) -> book.covering(who.parent("parent-of-" + who.session()), MODEL, NOW));
  }

  private static double grown(Budget budget, int sessions, Session session) {
    Ledger ledger = new InMemoryLedger();
    BudgetBook book = new BudgetBook(List.of(budget), ledger, overflowing -> {}, other -> {});
    // Counts something, so that it keeps its place where there is only one.
    ledger.charge(ledger.open(budget, "first", NOW), CHARGE, NOW);
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    run(book, FEW, random, session);
    long before = GraphStats.parseInstance(book).totalSize();
    run(book, sessions, random, session);
    return (double) (GraphStats.parseInstance(book).totalSize() - before) / sessions;
  }

  private static void run(BudgetBook book, int sessions, RandomGenerator random, Session session) {
    Attribution alice = Attribution.key("alice").team("platform");
    for (int i = 0; i < sessions; i++) {
      session.happens(book, alice.session(id(random)));
    }
  }

  private static String id(RandomGenerator random) {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }
}
