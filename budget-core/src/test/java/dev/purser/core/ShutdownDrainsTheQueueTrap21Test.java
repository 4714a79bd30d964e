package dev.purser.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.SpendRecord;
import dev.purser.api.Usd;
import dev.purser.spi.RecordSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Trap 21: shutdown does not drain the queue of records; one bad row drops its whole batch. */
class ShutdownDrainsTheQueueTrap21Test {

  private static final int CALLS = 500;
  private static final Attribution WHO = Attribution.key("k");

  private static Guard guard(RecordSink sink) {
    return new Guard(builder ->
        Guard.with(builder.owner("dana").sink(sink), Budget.total("money", Usd.of("10"))));
  }

  private static void waitFor(Semaphore semaphore) throws IOException {
    try {
      assertThat(semaphore.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
  }

  private static long sum(List<SpendRecord> records) {
    return records.stream().mapToLong(SpendRecord::spentNanoUsd).sum();
  }

  @Test
  void everyCallThatEndedBeforeTheShutdownIsRecordedHoweverSlowTheSink() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    Semaphore mayTake = new Semaphore(0);
    List<SpendRecord> taken = new ArrayList<>();
    List<Integer> closedAfter = new ArrayList<>();
    Guard guard = guard(new RecordSink() {
      @Override
      public void accept(SpendRecord record) throws IOException {
        entered.countDown();
        waitFor(mayTake);
        taken.add(record);
      }

      @Override
      public void close() {
        closedAfter.add(taken.size());
      }
    });
    for (int i = 0; i < CALLS; i++) {
      guard.spend(1_000, WHO);
    }
    long charged = guard.balance("money", "").settled();
    entered.await();

    // Not one is taken before the guard is being closed.
    mayTake.release(CALLS);
    guard.close();

    assertThat(taken).hasSize(CALLS).isEqualTo(guard.records);
    assertThat(closedAfter).containsExactly(CALLS);
    assertThat(sum(taken)).isEqualTo(charged).isEqualTo(CALLS * 10_000_000L);
    assertThat(guard.purser.counters()).doesNotContainKey("records.dropped");
  }

  @Test
  void oneBadRecordTakesNoneOfThoseBehindItAlong() {
    List<SpendRecord> taken = new ArrayList<>();
    List<String> bad = new ArrayList<>();
    Guard guard = guard(record -> {
      if ((taken.size() + bad.size()) % 50 == 7) {
        bad.add(record.id());
        throw new IOException("this row cannot be inserted");
      }
      taken.add(record);
    });
    for (int i = 0; i < CALLS; i++) {
      guard.spend(1_000, WHO);
    }

    guard.close();

    assertThat(bad).hasSize(CALLS / 50);
    assertThat(taken).hasSize(CALLS - bad.size());
    assertThat(guard.records).hasSize(CALLS);
    assertThat(guard.records).filteredOn(record -> !bad.contains(record.id())).isEqualTo(taken);
    assertThat(guard.purser.counters()).containsEntry("sink.failed", (long) bad.size());
  }
}
