package dev.purser.core.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/** A disk that fails as a test says: full, read-only, or broken. */
final class FaultyDisk implements Disk {

  /** Something done before a step; may throw. */
  interface Step {
    void run() throws IOException;
  }

  static final Step NOTHING = () -> {};

  /** How many bytes there is room for. */
  volatile long room = Long.MAX_VALUE;

  volatile boolean failTruncate;
  volatile boolean failSync;
  volatile boolean failCreate;
  volatile boolean failDelete;
  volatile boolean failNames;
  volatile Step beforeWrite = NOTHING;
  volatile Step beforeNames = NOTHING;
  volatile Step beforeDelete = NOTHING;
  final AtomicInteger writes = new AtomicInteger();
  final AtomicInteger files = new AtomicInteger();

  /** Whether lines stand on a slate first. */
  volatile boolean slated;

  void heal() {
    room = Long.MAX_VALUE;
    failTruncate = false;
    failSync = false;
    failCreate = false;
    failDelete = false;
    failNames = false;
  }

  private static void fail(boolean failing, String what) throws IOException {
    if (failing) {
      throw new IOException(what);
    }
  }

  @Override
  public Output create(Path file) throws IOException {
    fail(failCreate, "read-only file system");
    files.incrementAndGet();
    Output real = Disk.REAL.create(file);
    return new Output() {
      @Override
      public void write(byte[] bytes, int length) throws IOException {
        beforeWrite.run();
        writes.incrementAndGet();
        long left = room;
        if (length > left) {
          real.write(bytes, (int) left);
          room = 0;
          throw new IOException("no space left on device");
        }
        room = left == Long.MAX_VALUE ? left : left - length;
        real.write(bytes, length);
      }

      @Override
      public void truncate(long length) throws IOException {
        fail(failTruncate, "cannot be cut");
        real.truncate(length);
      }

      @Override
      public void sync() throws IOException {
        fail(failSync, "input/output error");
        real.sync();
      }

      @Override
      public void close() throws IOException {
        real.close();
      }
    };
  }

  @Override
  public Slate slate(Path folder) throws IOException {
    return slated ? Disk.REAL.slate(folder) : null;
  }

  @Override
  public void delete(Path file) throws IOException {
    fail(failDelete, "read-only file system");
    beforeDelete.run();
    Disk.REAL.delete(file);
  }

  @Override
  public void syncFolder(Path folder) throws IOException {
    fail(failNames, "input/output error");
    beforeNames.run();
    Disk.REAL.syncFolder(folder);
  }
}
