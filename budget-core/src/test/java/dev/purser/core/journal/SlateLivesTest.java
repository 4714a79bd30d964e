package dev.purser.core.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.JournalOptions;
import dev.purser.api.JournalOptions.Fsync;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many lives of one folder, with small files that are summed up and compressed, on a disk that fails in
 * every way, each life killed in the midst of something: of a write, of a name, of a line that is put on the
 * slate, of the start itself. No line that was acknowledged is ever missing or there twice.
 */
class SlateLivesTest {

  private static final String SLATE = ".slate";
  private static final long SEGMENT = 6_000;

  @TempDir
  Path temp;

  private final List<String> acknowledged = new ArrayList<>();
  private final Map<String, Line> late = new TreeMap<>();
  private FaultyDisk disk = new FaultyDisk();
  private Path folder;
  private Segments segments;
  private Tail tail;
  private Writer writer;
  private Random random;
  private int names;
  private int copies;
  private byte[] slateBefore = new byte[0];

  /** As a guard starts. */
  private void start() throws IOException {
    Recovery found = started(folder);
    disk = new FaultyDisk();
    disk.slated = true;
    segments = new Segments(
        folder, disk, () -> {}, SEGMENT, found.through(), found.bytes(), found.lastSeq(), () -> {});
    tail = new Tail(folder, disk, segments, disk.slate(folder));
    writer = new Writer(tail, Fsync.INTERVAL, () -> Life.NOON, failure -> {});
    FaultyDisk.Step kill = () -> {
      if (random.nextInt(4) == 0) {
        check("within");
      }
    };
    disk.beforeWrite = kill;
    disk.beforeNames = kill;
    disk.beforeDelete = kill;
  }

  private static Recovery started(Path at) throws IOException {
    Folder files = new Folder(at);
    Recovery found = Recovery.of(files, new Grain(List.of()), Long.MAX_VALUE);
    assertThat(found.broken()).as("broken").isEmpty();
    int unused = Recovery.setAside(files, found);
    return Recovery.completed(files, found);
  }

  private Path copy() {
    return Folders.copy(folder, temp.resolve("copy-" + ++copies));
  }

  private void check(String when) {
    Path copy = copy();
    survives(copy, when);
    Folders.remove(copy);
  }

  /** Starts in a copy, which is killed halfway; then once more. */
  private void survives(Path copy, String when) {
    try {
      halfStarted(copy);
      Recovery found = started(copy);
      List<String> names = names(copy);
      assertThat(names).as(when).doesNotHaveDuplicates().containsAll(acknowledged);
      assertThat(names.stream().filter(acknowledged::contains)).as(when).isEqualTo(acknowledged);
      assertThat(started(copy).lastSeq()).isEqualTo(found.lastSeq());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A start that is killed when it has appended only a part of what stands on the slate. */
  private void halfStarted(Path copy) throws IOException {
    Recovery found = Recovery.of(new Folder(copy), new Grain(List.of()), Long.MAX_VALUE);
    int rest = found.rest().bytes().length;
    if (rest > 0 && random.nextBoolean()) {
      if (found.hollow() != null) {
        Files.delete(found.hollow());
      }
      List<Path> files = Folders.segments(copy);
      try (RandomAccessFile last =
          new RandomAccessFile(files.get(files.size() - 1).toFile(), "rw")) {
        last.setLength(found.bytes());
        last.seek(found.bytes());
        last.write(found.rest().bytes(), 0, random.nextInt(rest + 1));
      }
    }
  }

  /** All notes of the folder, as far as its files count, also of those that were summed up. */
  private static List<String> names(Path at) throws IOException {
    List<String> names = new ArrayList<>();
    List<Folder.Segment> all = new Folder(at).segments();
    Reading reading = new Reading(0, (bytes, length) -> {
      String line = new String(bytes, 0, length, US_ASCII);
      if (line.contains("\"of\":\"")) {
        names.add(line.replaceAll(".*\"of\":\"([^\"]*)\".*", "$1"));
      }
    });
    for (int i = 0; i < all.size(); i++) {
      long limit = i + 1 < all.size() ? Reading.limit(all.get(i), all.get(i + 1)) : Long.MAX_VALUE;
      long unused = reading.segment(all.get(i), limit);
    }
    assertThat(reading.broken()).isEmpty();
    return names;
  }

  private void write(Line.Kind kind, int more) throws IOException {
    slateBefore = slate();
    String name = "n" + ++names;
    String open =
        "{\"v\":1,\"event\":\"note\",\"of\":\"" + name + "\",\"more\":\"" + "x".repeat(more) + '"';
    Line line = writer.add(open.getBytes(UTF_8), kind);
    if (writer.await(line) == Line.State.LATE) {
      late.put(String.format("%06d", names), line);
    }
    late.entrySet().removeIf(each -> {
      boolean written = each.getValue().state == Line.State.WRITTEN;
      if (written) {
        acknowledged.add("n" + Integer.parseInt(each.getKey()));
      }
      return written;
    });
    if (line.state == Line.State.WRITTEN && !acknowledged.contains(name)) {
      acknowledged.add(name);
    }
  }

  private byte[] slate() throws IOException {
    Path file = folder.resolve(SLATE);
    return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
  }

  /** A kill while the last line was put on the slate: the rest of it is as it was before. */
  private void checkWithinAPut(List<String> before) throws IOException {
    byte[] after = slate();
    if (after.length != slateBefore.length || !late.isEmpty()) {
      return;
    }
    List<String> now = List.copyOf(acknowledged);
    Path copy = copy();
    int cut = random.nextInt(2_000);
    byte[] torn = after.clone();
    System.arraycopy(slateBefore, cut, torn, cut, torn.length - cut);
    Files.delete(copy.resolve(SLATE));
    Files.write(copy.resolve(SLATE), torn);
    acknowledged.retainAll(before);
    survives(copy, "within a put");
    acknowledged.clear();
    acknowledged.addAll(now);
    Folders.remove(copy);
  }

  private void step() throws IOException {
    switch (random.nextInt(40)) {
      case 0 -> disk.room = random.nextInt(3_000);
      case 1 -> disk.failCreate = true;
      case 2 -> disk.failTruncate = true;
      case 3 -> disk.failSync = true;
      case 4 -> disk.failNames = true;
      case 5 -> disk.failDelete = true;
      case 6, 7, 8, 9, 10 -> disk.heal();
      case 15, 16, 17 -> disk.room = Long.MAX_VALUE; // the rest still fails
      case 11, 12 -> writer.spill();
      case 13 -> writer.sync();
      case 14 -> tidy();
      default -> {
        List<String> before = List.copyOf(acknowledged);
        long files = segments.number();
        write(
            random.nextBoolean() ? Line.Kind.TAKING : Line.Kind.KEPT,
            random.nextInt(12) == 0 ? 3_000 : random.nextInt(300));
        if (segments.number() == files && !writer.failing()) {
          checkWithinAPut(before);
        }
      }
    }
  }

  private void tidy() {
    try {
      new Archive(new Folder(folder), disk, JournalOptions.in(folder), () -> Life.NOON)
          .tidy(segments.closedThrough(), List.of());
    } catch (IOException e) {
      assertThat(disk.failDelete || disk.failNames).as(e.toString()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void noLineThatWasAcknowledgedIsMissingOrThereTwice(int seed) throws IOException {
    random = new Random(seed);
    folder = Files.createDirectories(temp.resolve("spend"));
    for (int life = 0; life < 6; life++) {
      start();
      for (int step = 0; step < 40; step++) {
        step();
        check("life " + life + ", step " + step);
      }
      if (random.nextInt(3) == 0) {
        writer.close(); // perhaps on a disk that fails
      }
      late.clear();
      folder = copy(); // killed: what the old writer still has is of no folder any more
    }
    start();
    writer.close();
    assertThat(folder.resolve(SLATE)).doesNotExist();
    assertThat(acknowledged).hasSizeGreaterThan(50);
    assertThat(names(folder)).containsAll(acknowledged);
  }
}
