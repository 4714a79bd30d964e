package dev.purser.core.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.api.JournalOptions.Fsync;
import dev.purser.api.RecoveryReport.BrokenLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults in which the slate and the last file no longer belong together, or one of them is damaged. */
class SlateFaultsTest {

  private static final String SLATE = ".slate";

  @TempDir
  Path temp;

  private final FaultyDisk disk = new FaultyDisk();
  private boolean taken;
  private Path folder;
  private Writer writer;
  private Segments segments;

  @BeforeEach
  void open() throws IOException {
    folder = Files.createDirectories(temp.resolve("spend"));
    disk.slated = true;
    segments = new Segments(folder, disk, this::claim, 1 << 20, 0, 0, 0, () -> {});
    writer = new Writer(
        new Tail(folder, disk, segments, disk.slate(folder)),
        Fsync.INTERVAL,
        () -> Life.NOON,
        failure -> {});
  }

  private void claim() throws IOException {
    if (taken) {
      throw new IOException("another guard was faster");
    }
  }

  private Line.State write(String name, int more) {
    String open =
        "{\"v\":1,\"event\":\"note\",\"of\":\"" + name + "\",\"more\":\"" + "x".repeat(more) + '"';
    return writer.await(writer.add(open.getBytes(UTF_8), Line.Kind.TAKING));
  }

  private Recovery start() throws IOException {
    Recovery found = Recovery.of(new Folder(folder), new Grain(List.of()), Long.MAX_VALUE);
    int unused = Recovery.setAside(new Folder(folder), found);
    return Recovery.completed(new Folder(folder), found);
  }

  private List<String> names() {
    return Folders.lines(folder).stream()
        .filter(line -> line.contains("\"of\":\""))
        .map(line -> line.replaceAll(".*\"of\":\"([^\"]*)\".*", "$1"))
        .toList();
  }

  private Path file() {
    List<Path> files = Folders.segments(folder);
    return files.get(files.size() - 1);
  }

  private void flipLast() throws IOException {
    byte[] all = Files.readAllBytes(file());
    all[all.length - 30] ^= 1;
    Files.write(file(), all);
  }

  /** Appends in vain, and what was written cannot be cut off. */
  private void spoil(Runnable append) {
    disk.room = 400;
    disk.failTruncate = true;
    append.run();
    assertThat(writer.failing()).isTrue();
    disk.room = Long.MAX_VALUE;
  }

  @Test
  void linesMoveOnThoughTheFileBeforeCannotBeForced() throws IOException {
    assertThat(write("n1", 300)).isEqualTo(Line.State.WRITTEN);
    assertThat(write("n2", 300)).isEqualTo(Line.State.WRITTEN);
    spoil(writer::spill);
    disk.failSync = true;
    writer.spill(); // begins the next file, and fails to force the one before
    assertThat(segments.number()).isEqualTo(2);
    writer.spill();
    writer.flush();
    assertThat(write("n3", 10)).isEqualTo(Line.State.WRITTEN);

    Recovery found = start();
    assertThat(found.broken()).isEmpty();
    assertThat(Folders.read(file())).contains("\"n1\"", "\"n2\"", "\"n3\"");
  }

  @Test
  void slateBelongsToTheNextFileThoughTheOneBeforeCannotBeForced() throws IOException {
    assertThat(write("n1", 10)).isEqualTo(Line.State.WRITTEN);
    writer.spill();
    spoil(() -> assertThat(write("large", 2 * Slate.HALF)).isEqualTo(Line.State.GIVEN_UP));
    disk.failSync = true;
    writer.flush();
    assertThat(segments.number()).isEqualTo(2);
    writer.flush();
    assertThat(write("n2", 10)).isEqualTo(Line.State.WRITTEN);

    start();
    assertThat(names()).contains("n1", "n2");
  }

  @Test
  void slateThatIsTakenAwayAloneIsMadeAnew() throws IOException {
    assertThat(write("n1", 10)).isEqualTo(Line.State.WRITTEN);
    Files.delete(folder.resolve(SLATE));
    writer.spill();
    assertThat(write("n2", 10)).isEqualTo(Line.State.WRITTEN);

    assertThat(names()).containsExactly("n1");
    start();
    assertThat(names()).containsExactly("n1", "n2");
  }

  @Test
  void folderThatCannotBeTakenAgainAtOnceGetsASlateLater() throws IOException {
    assertThat(write("n1", 10)).isEqualTo(Line.State.WRITTEN);
    Folders.remove(folder);
    taken = true;
    writer.leave();
    taken = false;
    Files.createDirectories(folder);
    writer.spill();
    writer.flush();
    assertThat(write("n2", 10)).isEqualTo(Line.State.WRITTEN);

    start();
    assertThat(names()).containsExactly("n1", "n2");
  }

  @Test
  void slateOfAnotherGuardThatHasTheFolderNowIsLeftAlone() throws IOException {
    assertThat(write("n1", 10)).isEqualTo(Line.State.WRITTEN);
    writer.spill();
    Folders.remove(folder);
    Files.createDirectories(folder);
    taken = true;
    Slate other = Slate.create(folder);
    assertThat(other.begin(7, Life.NOON)).isTrue();
    writer.spill();
    writer.close();

    assertThat(other.stands()).isTrue();
    other.close();
  }

  @Test
  void fileThatCouldNotBeTakenBackSaysNothingOfTheOneBefore() throws IOException {
    assertThat(write("n1", 10)).isEqualTo(Line.State.WRITTEN);
    writer.spill();
    Segments next = new Segments(folder, disk, this::claim, 1, 1, 500, 2, () -> {});
    disk.failNames = true;
    disk.failDelete = true;
    assertThatThrownBy(() -> next.ready(Life.NOON)).isInstanceOf(IOException.class);

    assertThat(file()).isEmptyFile();
  }

  @Test
  void lastFileOfWhichNothingCanBeReadIsToldAndPutAside() throws IOException {
    assertThat(write("n1", 10)).isEqualTo(Line.State.WRITTEN);
    writer.close();
    Path next = folder.resolve("spend-2026-11-23-000002.jsonl");
    Files.writeString(next, "neither this\nnor that\n");

    Recovery found = start();
    assertThat(found.hollow()).isNull();
    assertThat(found.broken())
        .extracting(BrokenLine::file)
        .containsOnly("spend-2026-11-23-000002.jsonl");
    assertThat(Folders.files(folder.resolve("set-aside"))).hasSize(2);
  }

  @Test
  void linesBehindADamagedOneAreReadFromTheSlateAndItIsTold() throws IOException {
    assertThat(write("n1", 10)).isEqualTo(Line.State.WRITTEN);
    assertThat(write("n2", 10)).isEqualTo(Line.State.WRITTEN);
    writer.spill();
    assertThat(write("n3", 10)).isEqualTo(Line.State.WRITTEN);
    flipLast();

    Recovery found = start();
    assertThat(found.broken())
        .extracting(BrokenLine::why)
        .containsExactly("not what was written", "1 lines before this one are missing");
    assertThat(names()).containsExactly("n1", "n3");
  }

  @Test
  void whatWasLeftOnASlateGoesWhenItStandsInTheFile() throws IOException {
    assertThat(write("n1", 10)).isEqualTo(Line.State.WRITTEN);
    start();

    assertThat(names()).containsExactly("n1");
    assertThat(folder.resolve(SLATE)).doesNotExist();
  }

  @Test
  void faultOfTheMappingIsAFailureToWriteAndBreaksNoCall() {
    disk.beforeWrite = () -> {
      throw new InternalError("a fault occurred in a recent unsafe memory access operation");
    };
    assertThat(write("n1", 10)).isEqualTo(Line.State.GIVEN_UP);
    disk.beforeWrite = FaultyDisk.NOTHING;
    writer.flush();
    assertThat(write("n2", 10)).isEqualTo(Line.State.WRITTEN);
  }

  @Test
  void verifyTellsWhatStandsOnTheSlate() throws IOException {
    assertThat(write("n1", 200)).isEqualTo(Line.State.WRITTEN);
    assertThat(write("n2", 200)).isEqualTo(Line.State.WRITTEN);
    JournalCheck killed = JournalCheck.of(folder);
    assertThat(killed.broken()).isEmpty();
    assertThat(killed.files()).contains(new JournalCheck.File(SLATE, 2));

    disk.failTruncate = true;
    disk.room = 350; // a line and a part of the next
    writer.spill();
    Path begun = folder.resolve("spend-2026-11-23-000002.jsonl");
    Files.writeString(begun, "{\"v\":1,\"event\":\"seg");
    JournalCheck cut = JournalCheck.of(folder);
    assertThat(cut.broken()).isEmpty();
    assertThat(cut.unfinished()).isEmpty();
    assertThat(cut.files()).contains(new JournalCheck.File(SLATE, 1)).hasSize(2);

    start();
    assertThat(JournalCheck.of(folder).files())
        .containsExactly(new JournalCheck.File("spend-2026-11-23-000001.jsonl", 3));
  }
}
