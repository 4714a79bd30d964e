package dev.purser.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.api.JournalOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder is looked through while a guard compresses and removes its files. */
class CheckOfALiveFolderTest {

  @TempDir
  Path temp;

  private Path path;
  private Folder folder;
  private final AtomicInteger listed = new AtomicInteger();

  @BeforeEach
  void write() {
    path = temp.resolve("spend");
    SampleJournal.write(path, 120, 16 << 10);
    folder = new Folder(path);
  }

  private void tidy(Duration retention, long closed) throws IOException {
    JournalOptions options = JournalOptions.in(path).retention(retention);
    new Archive(
            folder,
            Disk.REAL,
            options,
            InstantSource.fixed(SampleJournal.NOON.plus(Duration.ofDays(30))))
        .tidy(closed, List.of());
  }

  /** Does something between the first look at the folder and the reading of what was seen there. */
  private JournalCheck check(Writer.Alone after) throws IOException {
    return JournalCheck.of(folder, () -> {
      List<Folder.Segment> segments = folder.segments();
      if (listed.incrementAndGet() == 1) {
        after.run();
      }
      return segments;
    });
  }

  @Test
  void aFileThatIsCompressedMeanwhileIsReadAsItIsThen() throws IOException {
    JournalCheck before = JournalCheck.of(path);
    assertThat(before.files()).hasSizeGreaterThan(3);
    JournalCheck check = check(() -> tidy(null, Long.MAX_VALUE));

    assertThat(check.broken()).isEmpty();
    assertThat(check.files()).filteredOn(file -> file.name().endsWith(".gz")).hasSizeGreaterThan(3);
    assertThat(segmentLines(check)).isEqualTo(segmentLines(before));
    assertThat(listed).hasValue(2);
  }

  private static long segmentLines(JournalCheck check) {
    return check.files().stream()
        .filter(file -> file.name().startsWith("spend-"))
        .mapToLong(JournalCheck.File::lines)
        .sum();
  }

  @Test
  void aFileThatIsRemovedMeanwhileIsNotBroken() throws IOException {
    tidy(null, 1);
    tidy(null, Long.MAX_VALUE);
    JournalCheck check = check(() -> {
      for (Folder.Segment segment : folder.segments().subList(0, 2)) {
        Files.delete(segment.file());
      }
    });

    assertThat(check.broken()).isEmpty();
    assertThat(check.files().get(0).name()).contains("-000003");
  }

  @Test
  void aFileThatIsListedAndNeverThereIsAnError() {
    assertThatThrownBy(() -> JournalCheck.of(
            folder,
            () -> List.of(new Folder.Segment(
                path.resolve("none"), folder.segments().get(0).name()))))
        .isInstanceOf(NoSuchFileException.class);
  }
}
