package dev.purser.core.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.api.JournalOptions.Fsync;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WriterTest {

  private static final int THREADS = 8;
  private static final List<Line.Kind> KINDS =
      List.of(Line.Kind.TAKING, Line.Kind.KEPT, Line.Kind.TOLD);

  @TempDir
  Path folder;

  private final FaultyDisk disk = new FaultyDisk();
  private final List<IOException> failures = new CopyOnWriteArrayList<>();
  private Writer writer;

  @BeforeEach
  void open() {
    writer = open(64 << 20);
  }

  private Writer open(long segmentBytes) {
    return open(segmentBytes, Fsync.NEVER, () -> Life.NOON);
  }

  private Writer open(long segmentBytes, Fsync fsync, InstantSource clock) {
    Segments segments = new Segments(folder, disk, () -> {}, segmentBytes, 0, 0, 0, () -> {});
    return new Writer(new Tail(folder, disk, segments, null), fsync, clock, failures::add);
  }

  private static byte[] line(int thread, int number, String more) {
    return ("{\"v\":1,\"event\":\"note\",\"of\":\"" + thread + ":" + number + "\"" + more)
        .getBytes(UTF_8);
  }

  private static Line add(Writer writer, int number, Line.Kind kind) {
    return writer.add(line(0, number, ""), kind);
  }

  private static String of(String line) {
    int at = line.indexOf("\"of\":\"");
    return at < 0 ? "" : line.substring(at + 6, line.indexOf('"', at + 6));
  }

  private List<String> written() {
    return Folders.lines(folder).stream()
        .map(WriterTest::of)
        .filter(of -> !of.isEmpty())
        .toList();
  }

  private static <T> CompletableFuture<T> onThread(Callable<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    new Thread(() -> {
          try {
            result.complete(work.call());
          } catch (Throwable e) {
            result.completeExceptionally(e);
          }
        })
        .start();
    return result;
  }

  @ParameterizedTest
  @EnumSource(Fsync.class)
  void linesOfManyThreadsAreAllThereOnceAndInOrder(Fsync fsync) throws Exception {
    int lines = fsync == Fsync.ALWAYS ? 500 : 10_000;
    writer = open(8L * lines * THREADS, fsync, () -> Life.NOON);
    List<CompletableFuture<Integer>> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int thread = i;
      threads.add(onThread(() -> {
        int late = 0;
        for (int n = 0; n < lines; n++) {
          Line line = writer.add(line(thread, n, ""), KINDS.get(n % 3));
          if (n % 3 != 2) {
            late += writer.await(line) == Line.State.WRITTEN ? 0 : 1;
          }
        }
        return late;
      }));
    }
    for (CompletableFuture<Integer> thread : threads) {
      assertThat(thread.get(120, TimeUnit.SECONDS)).isZero();
    }
    writer.close();

    int[] next = new int[THREADS];
    for (String of : written()) {
      int thread = Integer.parseInt(of.substring(0, of.indexOf(':')));
      assertThat(of).isEqualTo(thread + ":" + next[thread]);
      next[thread]++;
    }
    assertThat(next).containsOnly(lines);
    assertThat(failures).isEmpty();
    assertThat(JournalCheck.of(folder).broken()).isEmpty();
    Recovery found = Life.replay(folder);
    assertThat(found.broken()).isEmpty();
    assertThat(found.segments()).isGreaterThan(5);
    assertThat(disk.writes.get()).isLessThan(THREADS * lines); // they were grouped
  }

  @Test
  void whoWaitsIsWokenAlsoWhereTheLeaderDies() throws Exception {
    CountDownLatch leading = new CountDownLatch(1);
    CountDownLatch all = new CountDownLatch(1);
    disk.beforeWrite = () -> {
      disk.beforeWrite = FaultyDisk.NOTHING;
      leading.countDown();
      await(all);
      throw new OutOfMemoryError("simulated");
    };
    CompletableFuture<Line.State> leader =
        onThread(() -> writer.await(add(writer, 0, Line.Kind.KEPT)));
    await(leading);
    List<CompletableFuture<Line.State>> others = new ArrayList<>();
    for (int i = 1; i < 6; i++) {
      Line line = add(writer, i, Line.Kind.KEPT);
      others.add(onThread(() -> writer.await(line)));
    }
    all.countDown();

    assertThatThrownBy(() -> leader.get(60, TimeUnit.SECONDS))
        .hasCauseInstanceOf(OutOfMemoryError.class);
    for (CompletableFuture<Line.State> other : others) {
      assertThat(other.get(60, TimeUnit.SECONDS)).isNotEqualTo(Line.State.GIVEN_UP);
    }
    assertThat(failures).hasSize(1);
    writer.flush();
    writer.close();
    assertThat(written()).containsExactly("0:0", "0:1", "0:2", "0:3", "0:4", "0:5");
    assertThat(Life.replay(folder).broken()).isEmpty();
  }

  @Test
  void aBugBelowIsAFailureToWriteAndNotTheCallers() {
    disk.beforeWrite = () -> {
      throw new IllegalStateException("bug");
    };
    assertThat(writer.await(add(writer, 0, Line.Kind.TAKING))).isEqualTo(Line.State.GIVEN_UP);
    assertThat(writer.await(add(writer, 1, Line.Kind.KEPT))).isEqualTo(Line.State.LATE);
    assertThat(writer.failing()).isTrue();
    disk.beforeWrite = FaultyDisk.NOTHING;
    writer.flush();

    assertThat(writer.failing()).isFalse();
    assertThat(written()).containsExactly("0:1");
  }

  @Test
  void halfAGroupThatAnErrorLeftIsCutOff() {
    assertThat(writer.await(add(writer, 0, Line.Kind.KEPT))).isEqualTo(Line.State.WRITTEN);
    disk.room = 40;
    assertThat(writer.await(add(writer, 1, Line.Kind.TAKING))).isEqualTo(Line.State.GIVEN_UP);
    disk.heal();
    assertThat(writer.await(add(writer, 2, Line.Kind.TAKING))).isEqualTo(Line.State.WRITTEN);

    assertThat(written()).containsExactly("0:0", "0:2");
    assertThat(Life.replay(folder).broken()).isEmpty();
  }

  @Test
  void whatIsOnlyToldIsDroppedBeforeMemoryIsFullAndWhatGivesMoneyBackIsNot() {
    disk.room = 0;
    String much = ",\"text\":\"" + "x".repeat(1 << 20) + "\"";
    assertThat(writer.await(add(writer, 0, Line.Kind.KEPT))).isEqualTo(Line.State.LATE);
    int kept = 0;
    for (int i = 1; i <= 100; i++) {
      Line.State state = writer.await(writer.add(line(0, i, much), Line.Kind.TOLD));
      kept += state == Line.State.LATE ? 1 : 0;
    }
    assertThat(writer.await(add(writer, 101, Line.Kind.KEPT))).isEqualTo(Line.State.LATE);
    assertThat(kept).isBetween(50, 64);
    assertThat(writer.dropped()).isEqualTo(100 - kept);
    disk.heal();
    writer.flush();
    writer.close();

    assertThat(written()).hasSize(kept + 2).startsWith("0:0").endsWith("0:101");
    assertThat(Life.replay(folder).broken()).isEmpty();
  }

  @Test
  void whileNothingCanBeWrittenNoMoreIsTriedThanShowsThat() throws Exception {
    disk.failCreate = true;
    for (int i = 0; i < 30_000; i++) {
      Line unused = add(writer, i, Line.Kind.KEPT);
    }
    writer.flush();
    List<Long> tried = new ArrayList<>();
    disk.failCreate = false;
    Path first = folder.resolve("spend-2026-11-23-000001.jsonl");
    disk.beforeWrite = () -> tried.add(Files.size(first));
    writer.flush();

    // The head, the first few, then all others in large groups.
    assertThat(tried.size()).isBetween(3, 6);
    assertThat(tried.get(2)).isLessThan(200_000);
    assertThat(written()).hasSize(30_000).endsWith("0:29999");
  }

  @Test
  void aGroupThatIsLargerThanAnyBeforeIsWritten() {
    String much = ",\"text\":\"" + "x".repeat(200_000) + "\"";
    assertThat(writer.await(writer.add(line(0, 0, much), Line.Kind.TAKING)))
        .isEqualTo(Line.State.WRITTEN);
    for (int i = 1; i < 100; i++) {
      Line unused = writer.add(line(0, i, much), Line.Kind.TAKING);
    }
    writer.flush();

    assertThat(failures).isEmpty();
    assertThat(written()).hasSize(100);
    assertThat(Life.replay(folder).broken()).isEmpty();
  }

  @Test
  void aGroupOfMoreLinesThanTheBufferHoldsIsWrittenWhole() {
    for (int i = 0; i < 5_000; i++) {
      Line unused = add(writer, i, Line.Kind.KEPT);
    }
    assertThat(writer.await(add(writer, 5_000, Line.Kind.TAKING))).isEqualTo(Line.State.WRITTEN);

    assertThat(failures).isEmpty();
    assertThat(disk.writes).hasValue(2); // the head, and one group
    assertThat(written()).hasSize(5_001).endsWith("0:5000");
    assertThat(Life.replay(folder).broken()).isEmpty();
  }

  @Test
  void aLeaderThatFailsBeforeItWritesLeavesTheFlagAndItsGroupToOthers() {
    List<Error> errors = new ArrayList<>(List.of(new OutOfMemoryError("simulated")));
    writer = open(1 << 30, Fsync.NEVER, () -> {
      if (!errors.isEmpty()) {
        throw errors.remove(0);
      }
      return Life.NOON;
    });
    Line first = add(writer, 0, Line.Kind.KEPT);
    assertThatThrownBy(() -> writer.await(first)).isInstanceOf(OutOfMemoryError.class);
    assertThat(first.state).isEqualTo(Line.State.LATE);

    assertThat(writer.await(add(writer, 1, Line.Kind.TAKING))).isEqualTo(Line.State.WRITTEN);
    assertThat(first.state).isEqualTo(Line.State.WRITTEN);
    writer.close();
    assertThat(written()).containsExactly("0:0", "0:1");
  }

  @Test
  void whatNeedsToBeAloneLeavesTheFlagEvenIfItFails() throws Exception {
    assertThatThrownBy(() -> writer.alone(() -> {
          Line unused = add(writer, 0, Line.Kind.KEPT);
          throw new IllegalStateException("bug");
        }))
        .hasMessage("bug");
    assertThat(written()).containsExactly("0:0");
    assertThat(
            onThread(() -> writer.await(add(writer, 1, Line.Kind.KEPT))).get(60, TimeUnit.SECONDS))
        .isEqualTo(Line.State.WRITTEN);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
