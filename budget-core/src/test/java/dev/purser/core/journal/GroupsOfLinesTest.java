package dev.purser.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.purser.api.JournalOptions.Fsync;
import dev.purser.core.journal.Line.Kind;
import dev.purser.core.record.Field;
import dev.purser.core.record.JsonLine;
import dev.purser.core.record.RecordLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lines of many threads in one file. */
class GroupsOfLinesTest {

  private static final Pattern COUNT = Pattern.compile("\"scope\":\"(\\d+)\",\"count\":(\\d+)");

  @TempDir
  Path temp;

  private final List<IOException> failures = new CopyOnWriteArrayList<>();

  private Writer writer(Fsync fsync, long segmentBytes) {
    Segments segments = new Segments(temp, Disk.REAL, () -> {}, segmentBytes, 0, 0, 0, () -> {});
    return new Writer(segments, fsync, InstantSource.fixed(SampleJournal.NOON), failures::add);
  }

  private static byte[] line(int thread, int count) {
    return RecordLine.begin(new JsonLine(), "test", SampleJournal.NOON)
        .text(Field.SCOPE, Integer.toString(thread))
        .number(Field.COUNT, count)
        .endOpen();
  }

  private List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Folder.Segment segment : new Folder(temp).segments()) {
      lines.addAll(Files.readAllLines(segment.file()));
    }
    return lines;
  }

  @ParameterizedTest
  @EnumSource(Fsync.class)
  void noneIsLostAndNoneStandsTwiceAndEachThreadsInItsOrder(Fsync fsync) throws Exception {
    int threads = 8;
    int each = fsync == Fsync.ALWAYS ? 200 : 5_000;
    Writer writer = writer(fsync, 256 << 10);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        int thread = t;
        all.add(pool.submit(() -> {
          for (int i = 0; i < each; i++) {
            Line added = writer.add(line(thread, i), i % 3 == 0 ? Kind.TOLD : Kind.TAKING);
            if (i % 3 != 0) {
              assertThat(writer.await(added)).isEqualTo(Line.State.WRITTEN);
            }
          }
        }));
      }
      for (Future<?> one : all) {
        one.get(60, TimeUnit.SECONDS);
      }
    } finally {
      pool.shutdownNow();
    }
    writer.close();

    int[] next = new int[threads];
    for (String line : lines()) {
      Matcher count = COUNT.matcher(line);
      if (count.find()) {
        int thread = Integer.parseInt(count.group(1));
        assertThat(Integer.parseInt(count.group(2))).isEqualTo(next[thread]++);
      }
    }
    assertThat(next).containsOnly(each);
    assertThat(failures).isEmpty();
    assertThat(JournalCheck.of(temp).broken()).isEmpty();
  }

  @Test
  void aGroupLargerThanTheBufferIsWrittenWhole() throws IOException {
    Writer writer = writer(Fsync.NEVER, 1 << 30);
    for (int i = 0; i < 5_000; i++) {
      Line unused = writer.add(line(0, i), Kind.KEPT);
    }
    assertThat(writer.await(writer.add(line(0, 5_000), Kind.TAKING))).isEqualTo(Line.State.WRITTEN);
    byte[] longest = RecordLine.begin(new JsonLine(), "test", SampleJournal.NOON)
        .text(Field.MESSAGE, "x".repeat(200_000))
        .endOpen();
    assertThat(writer.await(writer.add(longest, Kind.TAKING))).isEqualTo(Line.State.WRITTEN);
    writer.close();

    assertThat(lines()).hasSize(5_003);
    assertThat(JournalCheck.of(temp).broken()).isEmpty();
  }

  @Test
  void aLeaderThatFailsWithAnErrorLeavesTheFlagAndItsGroupToOthers() throws IOException {
    List<Error> errors = new ArrayList<>(List.of(new OutOfMemoryError("as a test has it")));
    InstantSource clock = () -> {
      if (!errors.isEmpty()) {
        throw errors.remove(0);
      }
      return SampleJournal.NOON;
    };
    Segments segments = new Segments(temp, Disk.REAL, () -> {}, 1 << 30, 0, 0, 0, () -> {});
    Writer writer = new Writer(segments, Fsync.NEVER, clock, failures::add);
    Line first = writer.add(line(0, 0), Kind.KEPT);
    assertThat(catchThrowable(() -> writer.await(first))).isInstanceOf(OutOfMemoryError.class);
    assertThat(first.state).isEqualTo(Line.State.LATE);

    assertThat(writer.await(writer.add(line(0, 1), Kind.TAKING))).isEqualTo(Line.State.WRITTEN);
    assertThat(first.state).isEqualTo(Line.State.WRITTEN);
    writer.close();
    assertThat(lines()).hasSize(3);
  }
}
