package dev.purser.core.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.JournalOptions.Fsync;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines that stand on the slate before they are appended: a kill at any instant loses none and doubles none. */
class SlateTest {

  @TempDir
  Path temp;

  private final FaultyDisk disk = new FaultyDisk();
  private final List<String> acknowledged = new ArrayList<>();
  private final List<Line> late = new ArrayList<>();
  private final List<String> lateNames = new ArrayList<>();
  private Path folder;
  private Writer writer;
  private int names;
  private int snapshots;

  private void open(long segmentBytes) throws IOException {
    folder = Files.createDirectories(temp.resolve("spend"));
    assertThat(Slate.isSuited(folder)).isTrue();
    disk.slated = true;
    Segments segments = new Segments(folder, disk, () -> {}, segmentBytes, 0, 0, 0, () -> {});
    writer = new Writer(
        new Tail(folder, disk, segments, disk.slate(folder)),
        Fsync.NEVER,
        () -> Life.NOON,
        failure -> {});
  }

  private void write(Line.Kind kind, int more) {
    String name = "n" + ++names;
    String open =
        "{\"v\":1,\"event\":\"note\",\"of\":\"" + name + "\",\"more\":\"" + "x".repeat(more) + '"';
    Line line = writer.add(open.getBytes(UTF_8), kind);
    Line.State state = writer.await(line);
    late.removeIf(each -> {
      boolean written = each.state == Line.State.WRITTEN;
      if (written) {
        acknowledged.add(lateNames.remove(0));
      }
      return written;
    });
    if (state == Line.State.WRITTEN) {
      acknowledged.add(name);
    } else if (state == Line.State.LATE) {
      late.add(line);
      lateNames.add(name);
    }
  }

  /** What a start finds if the process is killed at this instant; a second start finds the same. */
  private List<String> killed() {
    try {
      Path copy = Files.createDirectories(temp.resolve("killed-" + ++snapshots));
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.copy(file, copy.resolve(file.getFileName()));
        }
      }
      Folder at = new Folder(copy);
      Recovery found = Recovery.of(at, new Grain(List.of()), Long.MAX_VALUE);
      assertThat(found.broken()).as("broken").isEmpty();
      int unused = Recovery.setAside(at, found);
      Recovery complete = Recovery.completed(at, found);
      List<String> first = names(copy);
      assertThat(complete.lastSeq())
          .isEqualTo(Recovery.of(at, new Grain(List.of()), Long.MAX_VALUE).lastSeq());
      assertThat(Slate.left(copy, complete.through(), complete.lastSeq()).lines())
          .isZero();
      return first;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> names(Path folder) {
    return Folders.lines(folder).stream()
        .filter(line -> line.contains("\"of\":\""))
        .map(line -> line.replaceAll(".*\"of\":\"([^\"]*)\".*", "$1"))
        .toList();
  }

  @Test
  void whatWasAcknowledgedIsThereThoughNothingWasAppended() throws IOException {
    open(1 << 20);
    for (int i = 0; i < 50; i++) {
      write(Line.Kind.TAKING, 200);
    }
    assertThat(names(folder)).isEmpty();
    assertThat(killed()).isEqualTo(acknowledged).hasSize(50);

    writer.spill();
    assertThat(names(folder)).isEqualTo(acknowledged);
    assertThat(killed()).isEqualTo(acknowledged);

    write(Line.Kind.KEPT, 10);
    writer.close();
    assertThat(names(folder)).isEqualTo(acknowledged).hasSize(51);
    assertThat(folder.resolve(".slate")).doesNotExist();
  }

  @Test
  void lineThatIsLargerThanTheSlateKeepsItsPlace() throws IOException {
    open(1 << 20);
    write(Line.Kind.TAKING, 100);
    write(Line.Kind.TAKING, 2 * Slate.HALF);
    write(Line.Kind.TAKING, 100);

    assertThat(killed()).containsExactly("n1", "n2", "n3");
  }

  @Test
  void diskThatIsFullRefusesAndLosesNothing() throws IOException {
    open(1 << 20);
    write(Line.Kind.TAKING, 100);
    disk.room = 150; // cut within the first line, and the cut is taken back
    writer.spill();

    assertThat(writer.failing()).isTrue();
    Line refused = writer.add(new byte[] {'{'}, Line.Kind.TAKING);
    assertThat(writer.await(refused)).isEqualTo(Line.State.GIVEN_UP);
    write(Line.Kind.KEPT, 100);
    assertThat(killed()).containsExactly("n1");

    disk.heal();
    writer.flush();
    assertThat(writer.failing()).isFalse();
    assertThat(killed()).containsExactly("n1", "n2");
  }

  @Test
  void whatCannotBeAppendedWhenTheGuardClosesIsLeftForTheNextStart() throws IOException {
    open(1 << 20);
    write(Line.Kind.TAKING, 100);
    disk.room = 0;
    writer.close();

    assertThat(killed()).containsExactly("n1");
  }

  @Test
  void lastLineThatAKillCutInTheFileIsCompletedFromTheSlate() throws IOException {
    open(1 << 20);
    write(Line.Kind.TAKING, 100);
    write(Line.Kind.TAKING, 100);
    disk.failTruncate = true;
    disk.room = 300; // one line and a part of the next, which stay
    writer.spill();

    assertThat(killed()).containsExactly("n1", "n2");
  }

  @Test
  void fileThatIsCutUnderTheMappingEndsItsUseAndNothingElse() throws IOException {
    open(1 << 20);
    write(Line.Kind.TAKING, 100);
    try (RandomAccessFile slate = new RandomAccessFile(folder.resolve(".slate").toFile(), "rw")) {
      slate.setLength(0);
    }
    writer.spill();
    write(Line.Kind.TAKING, 100);
    write(Line.Kind.TAKING, 100);

    assertThat(names(folder)).isEqualTo(acknowledged).containsExactly("n1", "n2", "n3");
  }

  @Test
  void fileThatIsTakenAwayTakesNoLineWithIt() throws IOException {
    open(1 << 20);
    write(Line.Kind.TAKING, 100);
    writer.spill();
    write(Line.Kind.TAKING, 100);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    writer.leave();
    write(Line.Kind.TAKING, 100);

    assertThat(names(folder)).containsExactly("n2");
    Slate.Rest rest = Slate.left(folder, 2, 4);
    assertThat(new String(rest.bytes(), UTF_8)).contains("\"of\":\"n3\"");
  }

  /** Any mixture, with a kill after each step and in the midst of each write to the disk. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void atAnyInstantAStartFindsWhatWasAcknowledged(int seed) throws IOException {
    Random random = new Random(seed);
    open(20_000);
    disk.beforeWrite = () -> {
      if (!acknowledged.isEmpty()) {
        assertThat(killed()).as("in a write").containsSubsequence(acknowledged);
      }
    };
    for (int step = 0; step < 150; step++) {
      switch (random.nextInt(14)) {
        case 0 -> disk.room = random.nextInt(3_000);
        case 1 -> disk.failCreate = true;
        case 2 -> disk.failTruncate = true;
        case 3, 4, 5 -> disk.heal();
        case 6, 7 -> writer.spill();
        default ->
          write(
              random.nextBoolean() ? Line.Kind.TAKING : Line.Kind.KEPT,
              random.nextInt(10) == 0 ? 30_000 : random.nextInt(400));
      }
      List<String> found = killed();
      assertThat(found).as("after step " + step).doesNotHaveDuplicates();
      assertThat(found).as("after step " + step).containsSubsequence(acknowledged);
    }
    disk.heal();
    writer.close();
    assertThat(names(folder)).doesNotHaveDuplicates().containsSubsequence(acknowledged);
  }
}
