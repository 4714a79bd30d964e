package dev.purser.core.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** What writes files; tests put one in its place that fails as disks do. */
interface Disk {

  /** A file that is appended to. For one thread at a time, but {@link #sync}, which any may call. */
  interface Output {

    /**
     * Appends bytes.
     *
     * @throws IOException if not all were written; some may have been
     */
    void write(byte[] bytes, int length) throws IOException;

    /** Cuts the file. */
    void truncate(long length) throws IOException;

    /** Forces what was written to the device. */
    void sync() throws IOException;

    void close() throws IOException;
  }

  /** Makes a file that must not be there yet. */
  Output create(Path file) throws IOException;

  /** Removes a file, if it is there. */
  default void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }

  /** Forces the names of a folder's files to the device. */
  void syncFolder(Path folder) throws IOException;

  /** Makes a slate, empty; null where lines are not to stand on one. */
  default @Nullable Slate slate(Path folder) throws IOException {
    return null;
  }

  /** The disks of this machine. */
  Disk REAL = new Disk() {
    @Override
    public Output create(Path file) throws IOException {
      if (Files.exists(file)) {
        throw new FileAlreadyExistsException(file.toString());
      }
      return new RandomAccess(new RandomAccessFile(file.toFile(), "rw"));
    }

    @Override
    public @Nullable Slate slate(Path folder) throws IOException {
      return Slate.isSuited(folder) ? Slate.create(folder) : null;
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
      // Opened and closed here: an interrupt can only close this one.
      boolean interrupted = Thread.interrupted();
      try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
        names.force(true);
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  };

  /** Not a channel: an interrupted caller would close that for everybody. */
  record RandomAccess(RandomAccessFile file) implements Output {

    @Override
    public void write(byte[] bytes, int length) throws IOException {
      file.write(bytes, 0, length);
    }

    @Override
    public void truncate(long length) throws IOException {
      file.setLength(length);
      file.seek(length);
    }

    @Override
    public void sync() throws IOException {
      file.getFD().sync();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
