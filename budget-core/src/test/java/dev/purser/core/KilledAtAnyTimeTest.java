package dev.purser.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Admission;
import dev.purser.api.Attribution;
import dev.purser.api.JournalOptions.Fsync;
import dev.purser.api.RecoveryReport;
import dev.purser.api.Refusal;
import dev.purser.api.Reservation;
import dev.purser.api.Usage;
import dev.purser.core.ledger.InMemoryLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Promise 6, against {@code kill -9}: a process with eight threads is killed at any time, again and
 * again, on one folder and one cap, which is counted in another way after each restart.
 */
class KilledAtAnyTimeTest {

  private static final int THREADS = 8;
  private static final int MOST_TOKENS = 2_000;
  private static final int MOST_CALLS = 300;
  private static final int MOST_REFUSALS = 8;

  /** So much for each life: about what a life of the longer ones tries to spend. */
  private static final long CAP_OF_A_LIFE = 600_000_000;

  private static final List<Fsync> FSYNCS = List.of(Fsync.values());
  private static final List<Counting> COUNTINGS = List.of(Counting.values());
  private static final Instant START = Instant.parse("2026-11-23T12:00:00Z");
  private static final Attribution WHO = Attribution.key("last").team(Counting.TEAM);

  @TempDir
  Path temp;

  @Test
  void twentyLivesForgetNothing() throws Exception {
    live(20, 42);
  }

  @Test
  @Tag("long")
  void fiveHundredLivesForgetNothing() throws Exception {
    live(500, 4711);
  }

  private void live(int lives, long seed) throws Exception {
    Random random = new Random(seed);
    Path folder = temp.resolve("spend");
    long cap = lives * CAP_OF_A_LIFE;
    int orphans = 0;
    Life life = new Life(folder, Counting.DAY, cap, cap, Fsync.NEVER, START);
    try (Provider provider = new Provider(seed)) {
      for (int i = 0; i < lives; i++) {
        // Fsync has no part in what a kill may cost, but in when it hits.
        life = new Life(
            folder,
            any(random),
            cap,
            (i + 1) * CAP_OF_A_LIFE,
            FSYNCS.get(i % FSYNCS.size()),
            START.plusSeconds(5L * i));
        kill(provider, life, random, i);
        boolean everyLine = i < 20 || i % 10 == 0 || i == lives - 1;
        Life next = life.counting(any(random));
        orphans += check(provider, next, everyLine, "life " + i + " of seed " + seed);
      }
      assertThat(orphans).as("calls were open when their process was killed").isPositive();
      assertThat(provider.refused("EXHAUSTED") + provider.refused("HELD"))
          .as("lives met the cap")
          .isPositive();
      useUp(provider, life);
    }
  }

  private static Counting any(Random random) {
    return COUNTINGS.get(random.nextInt(COUNTINGS.size()));
  }

  /**
   * Every fifth life ends while it starts: after its greeting, it opens the folder. Every other ends
   * where it meets the cap: there, money that is given back is taken again at once.
   */
  private void kill(Provider provider, Life life, Random random, int number) throws Exception {
    boolean starting = number % 5 == 4;
    boolean atTheCap = !starting && number % 2 == 0;
    int calls = starting ? 0 : atTheCap ? Provider.NEVER : 1 + random.nextInt(MOST_CALLS);
    int refusals = atTheCap ? random.nextInt(MOST_REFUSALS) : MOST_CALLS; // or it would never end
    long later = random.nextInt((int) TimeUnit.MILLISECONDS.toNanos(starting ? 400 : 2));
    String[] args = Spender.args(provider.port(), random.nextLong(), THREADS, MOST_TOKENS, life);
    try (Child child = Child.start(temp.resolve("child.log"), Spender.class, args)) {
      provider.killAfter(calls, refusals, () -> {
        LockSupport.parkNanos(later); // any time, not only that of an answer
        child.kill();
      });
      child.ended(Child.KILLED);
    }
    provider.drain();
  }

  private static int check(Provider provider, Life life, boolean everyLine, String which)
      throws IOException {
    boolean begun = Files.exists(life.folder());
    JournalText before = begun && everyLine ? JournalText.read(life.folder()) : null;
    InMemoryLedger ledger = new InMemoryLedger();
    RecoveryReport report;
    long settled;
    try (Purser purser = life.begin(ledger)) {
      report = purser.recovery().orElseThrow();
      settled = Life.settled(ledger, life.start());
      assertThat(Life.held(ledger, life.start())).as(which).isZero();
    }
    assertThat(settled)
        .as(which)
        .isGreaterThanOrEqualTo(provider.billedAndSettled())
        .isGreaterThanOrEqualTo(provider.billed())
        .isLessThanOrEqualTo(life.allowance());
    assertThat(report.broken().size()).as(which + report).isLessThanOrEqualTo(1);
    assertThat(report.broken())
        .as(which)
        .allSatisfy(line -> assertThat(line.why()).startsWith("cut"));
    assertThat(report.notes()).as(which).allSatisfy(note -> assertThat(note).startsWith("1 lines"));
    if (before != null) {
      assertThat(report.broken().isEmpty()).as(which + report).isEqualTo(!before.cut());
      assertThat(report.orphaned()).as(which).isEqualTo(before.open().size());
      assertThat(report.orphanedNanoUsd())
          .as(which)
          .isEqualTo(before.open().stream().mapToLong(call -> call.reserved).sum());
      everyCall(provider, JournalText.read(life.folder()), settled, which);
    }
    return report.orphaned();
  }

  private static void everyCall(Provider provider, JournalText text, long settled, String which) {
    assertThat(text.spent()).as(which).isEqualTo(settled);
    assertThat(text.open()).as(which).isEmpty();
    assertThat(text.calls().keySet()).as(which).containsAll(provider.calls().keySet());
    text.calls().forEach((id, call) -> {
      Provider.Sent sent = provider.calls().get(id);
      String what = which + ", call " + id + " " + sent;
      if (sent == null) {
        // Released, or never sent; or its release was written, and nobody heard of it.
        assertThat(call.spent).as(what).isIn(0L, call.reserved);
      } else if (provider.settled(id)) {
        assertThat(call.spent).as(what).isEqualTo(sent.billed());
      } else if (sent.plan() == Ending.ABANDON || sent.plan() == Ending.LEAVE_OPEN) {
        assertThat(call.spent).as(what).isEqualTo(sent.reserved());
      } else {
        assertThat(call.spent).as(what).isIn(sent.billed(), sent.reserved());
      }
    });
    for (String id : provider.released()) {
      assertThat(text.calls().get(id).spent).as(which + ", released " + id).isZero();
    }
  }

  /** Spends what is left, to the last token, and finds the same after one more restart. */
  private static void useUp(Provider provider, Life life) throws IOException {
    long settled;
    InMemoryLedger ledger = new InMemoryLedger();
    try (Purser purser = life.begin(ledger)) {
      for (long tokens = life.cap() / Provider.TOKEN; tokens > 0; ) {
        Admission admission = purser.admit(Guard.call(tokens, WHO).build());
        if (admission instanceof Admission.Refused refused) {
          assertThat(refused.refusal().reason()).isEqualTo(Refusal.Reason.EXHAUSTED);
          tokens /= 2;
        } else {
          Reservation call = admission.orThrow();
          long cost = tokens * Provider.TOKEN;
          provider.bill(call.id(), cost, cost, Ending.SETTLE);
          assertThat(call.settle(Usage.ofTokens(0, tokens))).isTrue();
        }
      }
      settled = Life.settled(ledger, life.start());
    }
    assertThat(settled).isBetween(life.cap() - Provider.TOKEN + 1, life.cap());
    assertThat(provider.billed()).isLessThanOrEqualTo(settled);
    assertThat(JournalText.read(life.folder()).spent()).isEqualTo(settled);
    for (Counting other : COUNTINGS) {
      InMemoryLedger again = new InMemoryLedger();
      try (Purser purser = life.counting(other).begin(again)) {
        assertThat(Life.settled(again, life.start())).as("by " + other).isEqualTo(settled);
        assertThat(purser.admit(Guard.call(1, WHO).build())).isInstanceOf(Admission.Refused.class);
      }
    }
  }
}
