package dev.purser.core.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a folder for one guard of one process. A POSIX lock is lost as soon as its process closes the
 * file anywhere, so within a process nobody opens it twice: who holds what is written down in the system
 * properties, which all class loaders share.
 */
final class FolderLock {

  private static final String FILE = "lock";
  private static final String HELD = "dev.purser.journal.held:";
  private static final int LONGEST = 256;

  private final String property;
  private final RandomAccessFile file;

  private FolderLock(String property, RandomAccessFile file) {
    this.property = property;
    this.file = file;
  }

  /**
   * Takes a folder.
   *
   * @throws IllegalStateException if another guard has it
   * @throws IOException if the folder cannot be written
   */
  static FolderLock take(Path folder) throws IOException {
    String property = HELD + folder.toRealPath();
    String me = "process " + ProcessHandle.current().pid();
    if (System.getProperties().putIfAbsent(property, me) != null) {
      throw refused(folder, "another guard of this process");
    }
    try {
      return locked(folder, property, me);
    } catch (IOException | RuntimeException e) {
      System.getProperties().remove(property);
      throw e;
    }
  }

  private static FolderLock locked(Path folder, String property, String me) throws IOException {
    Path path = folder.resolve(FILE);
    String before = Files.exists(path) ? first(path) : "another process";
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    try {
      @Nullable FileLock lock = file.getChannel().tryLock();
      if (lock == null) {
        throw refused(folder, before);
      }
      file.setLength(0);
      file.write(me.getBytes(StandardCharsets.UTF_8));
      return new FolderLock(property, file);
    } catch (OverlappingFileLockException e) {
      // The properties were cleared by somebody; this closes the file, but there is no other way.
      file.close();
      throw refused(folder, "another guard of this process");
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static String first(Path path) throws IOException {
    String text = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
    return text.isBlank() ? "another process" : text.substring(0, Math.min(text.length(), LONGEST));
  }

  private static IllegalStateException refused(Path folder, String holder) {
    return new IllegalStateException("journal: " + folder + " is in use by " + holder
        + ". A folder serves one guard of one process, or each would spend the whole budget: give every"
        + " process a folder of its own, or let them share their budgets with the Redis ledger"
        + " (purser-redis)");
  }

  /** Gives the folder back. */
  void release() throws IOException {
    try {
      file.close();
    } finally {
      System.getProperties().remove(property);
    }
  }
}
