package dev.purser.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.Dimension;
import dev.purser.api.JournalOptions;
import dev.purser.api.JournalOptions.Fsync;
import dev.purser.api.Measure;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.Window;
import dev.purser.spi.Account;
import dev.purser.spi.Amounts;
import dev.purser.spi.Demand;
import dev.purser.spi.Reserved;
import dev.purser.spi.Ticket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever several threads do, and wherever the file is cut: what a restart would charge is never more
 * than the limits allowed.
 */
class OrderOfLinesTest {

  private static final long ALL = 1_000;
  private static final long EACH = 400;
  private static final int THREADS = 4;
  private static final int STEPS = 400;
  private static final List<Budget> BUDGETS = List.of(
      Life.complete(Budget.of("all", Measure.USD, ALL, Window.TOTAL)),
      Life.complete(Budget.of("each", Measure.USD, EACH, Window.TOTAL).per(Dimension.KEY)));

  @TempDir
  Path temp;

  private final AtomicInteger ids = new AtomicInteger();

  /** A call that is open, or was charged what it held. */
  private static final class Call {
    final String id;
    final long held;
    final Instant at;
    final Attribution who;
    Ticket ticket;

    Call(String id, long held, Instant at, Attribution who, Ticket ticket) {
      this.id = id;
      this.held = held;
      this.at = at;
      this.who = who;
      this.ticket = ticket;
    }

    SpendRecord record(Outcome outcome, long nanos) {
      return Life.record(id, outcome, at, held, nanos).attribution(who).build();
    }
  }

  private Call reserve(Life life, Random random) {
    Attribution who = Attribution.key("key-" + random.nextInt(3));
    long held = 1 + random.nextLong(150);
    String id = "call-" + ids.incrementAndGet();
    Instant at = life.now;
    Account each = life.ledger.open(BUDGETS.get(1), "key=" + who.key(), at);
    AtomicReference<Call> call = new AtomicReference<>();
    Demand demand = Life.demand(id, at, held, who, life.guarded, each);
    Reserved reserved = life.ledger.reserve(new Demand(
        id,
        at,
        demand.leaseEnd(),
        "direct",
        who,
        Life.MODEL,
        demand.amounts(),
        demand.accounts(),
        () -> {
          Call over = call.get();
          if (over != null) {
            over.ticket.abandoned(over.record(Outcome.ABANDONED, held));
          }
        }));
    if (reserved instanceof Reserved.Held ticket) {
      call.set(new Call(id, held, at, who, ticket.ticket()));
      return call.get();
    }
    return null;
  }

  private static void settle(Call call, long nanos) {
    call.ticket.settle(new Amounts(nanos, 0, 0, 1), call.record(Outcome.SETTLED, nanos));
  }

  private Void calls(Life life, long seed) {
    Random random = new Random(seed);
    List<Call> open = new ArrayList<>();
    List<Call> charged = new ArrayList<>();
    for (int i = 0; i < STEPS; i++) {
      int what = random.nextInt(20);
      if (what < 9 || open.isEmpty()) {
        Call call = reserve(life, random);
        if (call != null) {
          open.add(call);
        }
        if (call != null || open.isEmpty()) {
          continue;
        }
      }
      Call call = open.remove(random.nextInt(open.size()));
      if (what == 19) {
        life.now = life.now.plus(Life.LEASE); // leases of all threads end
        int unused = life.ledger.reap(life.now);
        charged.add(call);
      } else if (what > 16) {
        if (call.ticket.abandon()) {
          call.ticket.abandoned(call.record(Outcome.ABANDONED, call.held));
        }
        charged.add(call);
      } else if (what > 13) {
        call.ticket.settle(Amounts.NONE, call.record(Outcome.RELEASED, 0));
      } else {
        settle(call, random.nextInt(12) == 0 ? random.nextLong(call.held + 1) : 0);
      }
      if (charged.size() > 1) {
        Call known = charged.remove(0);
        // One whose lease ended before anybody knew of it was not told, and cannot be written off.
        if (random.nextBoolean() || !known.ticket.writeOff(known.record(Outcome.WRITTEN_OFF, 0))) {
          settle(known, 0);
        }
      }
    }
    charged.addAll(open);
    charged.forEach(call -> settle(call, 0));
    return null;
  }

  private void schedule(long seed) throws Exception {
    Path folder = temp.resolve("spend-" + seed);
    long settled;
    try (Life life =
        new Life(JournalOptions.in(folder).fsync(Fsync.NEVER).segmentBytes(64 << 10), BUDGETS)) {
      List<CompletableFuture<Void>> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        long own = seed * THREADS + i;
        threads.add(CompletableFuture.supplyAsync(
            () -> calls(life, own), task -> new Thread(task).start()));
      }
      for (CompletableFuture<Void> thread : threads) {
        thread.get(60, TimeUnit.SECONDS);
      }
      settled = life.balance().settled();
      assertThat(life.balance().held()).isZero();
    }
    Fold whole = everyPrefix(folder, seed);
    assertThat(whole.held()).isEmpty();
    assertThat(Life.total(whole)).as("seed %s", seed).isEqualTo(settled);
    assertThat(Life.total(Life.replay(folder, BUDGETS).fold())).isEqualTo(settled);
  }

  private static Fold everyPrefix(Path folder, long seed) throws IOException {
    Fold fold = new Fold(new Grain(BUDGETS));
    Map<String, Long> amounts = new HashMap<>();
    ObjectMapper json = new ObjectMapper();
    int number = 0;
    for (String line : Folders.lines(folder)) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      fold.take(bytes, Frame.openLength(bytes, bytes.length));
      number++;
      JsonNode read = json.readTree(line);
      if (read.has("id")) {
        amounts.clear();
        fold.sums()
            .all()
            .forEach(
                spent -> amounts.merge(spent.who().key(), spent.amounts().nanoUsd(), Long::sum));
        fold.held().values().forEach(call -> add(amounts, call));
        fold.charged().values().forEach(call -> add(amounts, call));
        assertThat(amounts.values())
            .as("seed %s line %s", seed, number)
            .allMatch(amount -> amount <= EACH);
        assertThat(amounts.values().stream().mapToLong(Long::longValue).sum())
            .as("seed %s line %s", seed, number)
            .isLessThanOrEqualTo(ALL);
      }
    }
    assertThat(number).isGreaterThan(STEPS / 4);
    return fold;
  }

  private static void add(Map<String, Long> amounts, Fold.Call call) {
    amounts.merge(call.facts().who().key(), call.facts().amounts().nanoUsd(), Long::sum);
  }

  @Test
  void noPrefixAddsUpToMoreThanTheLimits() throws Exception {
    for (long seed = 1; seed <= 6; seed++) {
      schedule(seed);
    }
  }

  @Test
  @Tag("long")
  void noPrefixOfManySchedulesDoes() throws Exception {
    for (long seed = 100; seed < 400; seed++) {
      schedule(seed);
    }
  }
}
