package dev.purser.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.JournalOptions;
import dev.purser.api.JournalOptions.Fsync;
import dev.purser.spi.Reserved;
import dev.purser.spi.Ticket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An interrupted caller closes the file for nobody, and still knows that it was interrupted. */
class InterruptsTest {

  @TempDir
  Path temp;

  @ParameterizedTest
  @EnumSource(Fsync.class)
  void whoIsInterruptedBeforeItCallsIsServedAndStaysInterrupted(Fsync fsync) {
    Path folder = temp.resolve("spend");
    Thread.currentThread().interrupt();
    JournalOptions small = JournalOptions.in(folder).fsync(fsync).segmentBytes(4 << 10);
    try (Life life = new Life(small, Life.budgets(100))) {
      for (int call = 1; call <= 40; call++) {
        // With a new file where a day is over, and where one is full.
        life.now = Life.NOON.plus(Duration.ofDays(call < 4 ? call : 4));
        Ticket ticket = life.hold(3);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        life.settle(ticket, "call-" + call, 3, 2);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
      }
      life.journal.sync();
      life.look();
      assertThat(life.told).isEmpty();
    }
    assertThat(Thread.interrupted()).isTrue();

    assertThat(Folders.segments(folder)).hasSizeGreaterThan(6);
    Recovery found = Life.replay(folder);
    assertThat(found.broken()).isEmpty();
    assertThat(Life.total(found.fold())).isEqualTo(80);
  }

  @ParameterizedTest
  @EnumSource(Fsync.class)
  void whoIsInterruptedWhileItWaitsIsServedAndStaysInterrupted(Fsync fsync) throws Exception {
    Path folder = temp.resolve("spend");
    try (Life life = new Life(folder, fsync, 100)) {
      CountDownLatch writing = new CountDownLatch(1);
      CountDownLatch goOn = new CountDownLatch(1);
      life.disk.beforeWrite = () -> {
        life.disk.beforeWrite = FaultyDisk.NOTHING;
        writing.countDown();
        // Waits for a while in which interrupts come; how it ends is not the disk's concern.
        boolean waiting = true;
        while (waiting) {
          try {
            waiting = !goOn.await(60, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            waiting = goOn.getCount() > 0;
          }
        }
      };
      AtomicBoolean kept = new AtomicBoolean();
      AtomicReference<Reserved> second = new AtomicReference<>();
      Thread leader = new Thread(() -> life.hold(10));
      leader.start();
      assertThat(writing.await(60, TimeUnit.SECONDS)).isTrue();
      Thread waiter = new Thread(() -> {
        second.set(life.reserve("second", 20, life.guarded));
        kept.set(Thread.currentThread().isInterrupted());
      });
      waiter.start();
      while (waiter.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      waiter.interrupt();
      goOn.countDown();
      leader.join();
      waiter.join();

      assertThat(second.get()).isInstanceOf(Reserved.Held.class);
      assertThat(kept).isTrue();
      life.hold(30);
    }
    assertThat(Folders.segments(folder)).hasSize(1);
    assertThat(Life.total(Life.replay(folder).fold())).isEqualTo(60);
  }

  @Test
  void aLeaderThatIsInterruptedWhileItWritesFinishesForAll() throws Exception {
    Path folder = temp.resolve("spend");
    try (Life life = new Life(folder, Fsync.ALWAYS, 100)) {
      AtomicBoolean kept = new AtomicBoolean();
      life.disk.beforeWrite = () -> Thread.currentThread().interrupt();
      life.disk.beforeNames = () -> Thread.currentThread().interrupt();
      Thread caller = new Thread(() -> {
        life.settle(life.hold(10), "call-1", 10, 5);
        kept.set(Thread.currentThread().isInterrupted());
      });
      caller.start();
      caller.join();

      assertThat(kept).isTrue();
      life.disk.beforeWrite = FaultyDisk.NOTHING;
      life.disk.beforeNames = FaultyDisk.NOTHING;
      life.hold(30);
    }
    assertThat(Life.total(Life.replay(folder).fold())).isEqualTo(35);
  }
}
