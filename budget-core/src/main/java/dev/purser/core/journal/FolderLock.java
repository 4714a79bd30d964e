package dev.purser.core.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
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

  private final Path folder;
  private final String property;
  private Held held;

  /**
   * A file that is locked.
   *
   * @param key tells it apart from others that have its name later; null where the system says none
   */
  private record Held(RandomAccessFile file, @Nullable Object key) {}

  private FolderLock(Path folder, String property, Held held) {
    this.folder = folder;
    this.property = property;
    this.held = held;
  }

  /**
   * Takes a folder.
   *
   * @throws IllegalStateException if another guard has it
   * @throws IOException if the folder cannot be written
   */
  static FolderLock take(Path folder) throws IOException {
    String property = HELD + folder.toRealPath();
    if (System.getProperties().putIfAbsent(property, me()) != null) {
      throw refused(folder, "another guard of this process");
    }
    try {
      return new FolderLock(folder, property, locked(folder));
    } catch (IOException | RuntimeException | Error e) {
      System.getProperties().remove(property);
      throw e;
    }
  }

  private static String me() {
    return "process " + ProcessHandle.current().pid();
  }

  private static Held locked(Path folder) throws IOException {
    Path path = folder.resolve(FILE);
    String before = Files.exists(path) ? first(path) : "another process";
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    try {
      @Nullable FileLock lock = file.getChannel().tryLock();
      if (lock == null) {
        throw refused(folder, before);
      }
      file.setLength(0);
      file.write(me().getBytes(StandardCharsets.UTF_8));
      return new Held(file, key(path));
    } catch (OverlappingFileLockException e) {
      // The properties were cleared by somebody; this closes the file, but there is no other way.
      file.close();
      throw refused(folder, "another guard of this process");
    } catch (IOException | RuntimeException | Error e) {
      file.close();
      throw e;
    }
  }

  private static @Nullable Object key(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
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

  /**
   * Takes the folder once more, if it was removed and made anew since: what was locked is then a file
   * that nobody finds.
   *
   * @throws IOException if another guard was faster, or the folder cannot be written
   */
  synchronized void renew() throws IOException {
    if (stands()) {
      return;
    }
    Held before = held;
    try {
      held = locked(folder);
    } catch (IllegalStateException e) {
      throw new IOException(e.getMessage(), e);
    }
    before.file().close();
  }

  private boolean stands() throws IOException {
    try {
      return Objects.equals(key(folder.resolve(FILE)), held.key());
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Gives the folder back. */
  synchronized void release() throws IOException {
    try {
      held.file().close();
    } finally {
      System.getProperties().remove(property);
    }
  }
}
