package dev.purser.benchmarks;

import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.Dimension;
import dev.purser.api.JournalOptions;
import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.api.Reservation;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.core.Purser;
import dev.purser.core.PurserBuilder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Calls of a whole guard with five budgets, but for the wire. Safe for use by several threads.
 *
 * <p>Beside a journal its sink is stuck, so that what is measured is the caller's thread and not who was
 * waked; else its sink does nothing with a record.
 */
final class Calls implements AutoCloseable {

  static final int ACCOUNTS = 5;

  private static final Usd LIMIT = Usd.ofNanos(Long.MAX_VALUE / 4);
  private static final Budget ROLLING =
      Budget.rolling("session", LIMIT, Duration.ofHours(1)).per(Dimension.SESSION);

  private static final Attribution WHO =
      Attribution.key("alice").user("alice").team("platform").session("fix-1234");
  private static final ModelId MODEL = ModelId.of("openai", "gpt-4o");
  private static final Prompt PROMPT = Prompt.ofTokens(8_000);
  private static final Usage USED = Usage.ofTokens(7_900, 412);

  private final Semaphore measured = new Semaphore(0);
  private final Purser purser;

  /** @param journal where its calls are written down; null for nowhere */
  Calls(@Nullable JournalOptions journal) {
    PurserBuilder builder = builder(ROLLING);
    builder.sink(record -> measured.acquireUninterruptibly());
    if (journal != null) {
      builder.journal(journal);
    }
    purser = builder.build();
  }

  private Calls(Budget last) {
    purser = builder(last).sink(record -> {}).build();
  }

  /** Returns calls over accounts of calendar days, whose records go nowhere. */
  static Calls ofDays() {
    return new Calls(Budget.total("session", LIMIT).per(Dimension.SESSION));
  }

  /** Returns the same with an account that rolls among them. */
  static Calls ofDaysAndAnHour() {
    return new Calls(ROLLING);
  }

  private static PurserBuilder builder(Budget last) {
    PurserBuilder builder = Purser.builder().owner("bench").maxWait(Duration.ZERO);
    List.of(
            Budget.total("all", LIMIT),
            Budget.daily("day", LIMIT),
            Budget.daily("key", LIMIT).per(Dimension.KEY),
            Budget.daily("team", LIMIT).per(Dimension.TEAM),
            last)
        .forEach(builder::budget);
    return builder;
  }

  /** Admits and settles one call. */
  void run() {
    call(purser, WHO, MODEL);
  }

  static void call(Purser guard, Attribution who, ModelId model) {
    CallIntent intent = CallIntent.builder(model)
        .attribution(who)
        .prompt(PROMPT)
        .outputCap(16_000)
        .build();
    try (Reservation held = guard.admit(intent).orThrow()) {
      if (!held.settle(USED)) {
        throw new IllegalStateException("not settled");
      }
    }
  }

  @Override
  public void close() {
    measured.release(Integer.MAX_VALUE);
    purser.close();
  }
}
