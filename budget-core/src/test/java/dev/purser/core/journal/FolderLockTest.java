package dev.purser.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.api.JournalOptions;
import dev.purser.api.JournalOptions.Fsync;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has a folder, when things go wrong. */
class FolderLockTest {

  @TempDir
  Path temp;

  private Path folder;

  @BeforeEach
  void folder() {
    folder = temp.resolve("spend");
  }

  @Test
  void aStartThatEndsInAnErrorKeepsNobodyOut() {
    assertThatThrownBy(() -> Journal.open(JournalOptions.in(folder), Life.budgets(1), () -> {
          throw new OutOfMemoryError("of the test");
        }))
        .isInstanceOf(OutOfMemoryError.class);

    try (Life next = new Life(folder, Fsync.NEVER, 1_000)) {
      assertThat(next.hold(10).abandon()).isTrue();
    }
  }

  @Test
  void aFolderThatWasRemovedIsTakenAgain() throws Exception {
    try (Life life = new Life(folder, Fsync.NEVER, 1_000)) {
      life.hold(10);
      String salt = Files.readString(folder.resolve("salt"));
      Folders.remove(folder);
      life.look();

      assertThat(folder.resolve("lock"))
          .hasContent("process " + ProcessHandle.current().pid());
      assertThat(folder.resolve("salt")).hasContent(salt);
      life.hold(20);
      assertThat(Folders.lines(folder)).hasSize(2);
      try (RandomAccessFile file = new RandomAccessFile(folder.resolve("lock").toFile(), "rw")) {
        assertThatThrownBy(() -> file.getChannel().tryLock())
            .isInstanceOf(OverlappingFileLockException.class);
      }
    }
  }

  /** Also where nobody has looked whether the file that is written to is gone: the next one begins so. */
  @Test
  void aLockAndASaltThatWereRemovedAreThereAgainWithTheNextFile() throws Exception {
    try (Life life = new Life(
        JournalOptions.in(folder).fsync(Fsync.NEVER).segmentBytes(4_096), Life.budgets(1_000))) {
      life.hold(1);
      String salt = Files.readString(folder.resolve("salt"));
      Files.delete(folder.resolve("lock"));
      Files.delete(folder.resolve("salt"));
      for (int i = 0; Folders.segments(folder).size() == 1; i++) {
        assertThat(i).isLessThan(100);
        life.hold(1);
      }

      assertThat(folder.resolve("salt")).hasContent(salt);
      assertThat(folder.resolve("lock")).exists();
    }
  }

  @Test
  void whoTookTheFolderMeanwhileKeepsIt() throws Exception {
    try (Life life = new Life(folder, Fsync.NEVER, 1_000)) {
      life.hold(10);
      Folders.remove(folder);
      Files.createDirectories(folder);
      try (RandomAccessFile other = new RandomAccessFile(folder.resolve("lock").toFile(), "rw")) {
        FileLock unused = other.getChannel().lock();
        life.look();

        assertThat(life.reserve("late", 10, life.guarded).toString()).contains("UNAVAILABLE");
        assertThat(Folders.segments(folder)).isEmpty();
        assertThat(life.told).anyMatch(told -> told.contains("in use by"));
      }
      life.look();
      assertThat(life.hold(20).abandon()).isTrue();
    }
  }

  @Test
  void aLockThatStandsIsLeftAlone() throws IOException {
    Files.createDirectories(folder);
    FolderLock lock = FolderLock.take(folder);
    Object before = Files.getLastModifiedTime(folder.resolve("lock"));
    lock.renew();
    assertThat(Files.getLastModifiedTime(folder.resolve("lock"))).isEqualTo(before);
    lock.release();
    lock = FolderLock.take(folder);
    lock.release();
  }
}
