package dev.purser.core.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** A disk that fails as a test says. */
final class FailingDisk implements Disk {

  /** How many bytes are still taken; the write that goes beyond takes part of its own. */
  final AtomicLong room = new AtomicLong(Long.MAX_VALUE);

  volatile boolean truncateFails;
  volatile boolean syncFails;
  volatile boolean createFails;

  @Override
  public Output create(Path file) throws IOException {
    if (createFails) {
      throw new IOException("Read-only file system");
    }
    return new Faulty(REAL.create(file));
  }

  @Override
  public void syncFolder(Path folder) throws IOException {
    REAL.syncFolder(folder);
  }

  private final class Faulty implements Output {
    private final Output output;

    Faulty(Output output) {
      this.output = output;
    }

    @Override
    public void write(byte[] bytes, int length) throws IOException {
      int taken = (int) Math.min(length, room.get());
      output.write(bytes, taken);
      room.addAndGet(-taken);
      if (taken < length) {
        throw new IOException("No space left on device");
      }
    }

    @Override
    public void truncate(long length) throws IOException {
      if (truncateFails) {
        throw new IOException("Input/output error");
      }
      output.truncate(length);
    }

    @Override
    public void sync() throws IOException {
      if (syncFails) {
        throw new IOException("Input/output error");
      }
      output.sync();
    }

    @Override
    public void close() throws IOException {
      output.close();
    }
  }
}
