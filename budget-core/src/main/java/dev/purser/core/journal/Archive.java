package dev.purser.core.journal;

import dev.purser.api.Budget;
import dev.purser.api.JournalOptions;
import java.io.BufferedInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What becomes of closed segments: summed into a checkpoint, compressed, and in the end removed. Works on
 * files alone, beside those who write. For one thread at a time.
 */
final class Archive {

  /** How far charges are kept in sums that no open window counts: history asks for them. */
  private static final Duration HISTORY = Duration.ofDays(400);

  private static final int CHECKPOINTS_KEPT = 2;

  private final Folder folder;
  private final Disk disk;
  private final JournalOptions options;
  private final InstantSource clock;

  Archive(Folder folder, Disk disk, JournalOptions options, InstantSource clock) {
    this.folder = folder;
    this.disk = disk;
    this.options = options;
    this.clock = clock;
  }

  /**
   * Sums up, compresses and removes.
   *
   * @param closed the last segment that nothing is appended to any more
   * @param budgets those in force
   */
  void tidy(long closed, List<Budget> budgets) throws IOException {
    long last = folder.segments().stream()
        .mapToLong(segment -> segment.name().number())
        .filter(number -> number <= closed)
        .max()
        .orElse(0);
    if (last == 0) {
      return;
    }
    Instant now = clock.instant();
    Instant openSince = Grain.openSince(budgets, now);
    checkpoint(last, budgets, openSince, now);
    compress(last);
    remove(openSince, now);
  }

  private void checkpoint(long last, List<Budget> budgets, Instant openSince, Instant now)
      throws IOException {
    Grain grain = new Grain(budgets);
    List<Folder.CheckpointFile> before = folder.checkpoints();
    if (before.isEmpty() || before.get(0).through() < last || !fits(before.get(0), grain)) {
      Recovery sum = Recovery.of(folder, grain, last);
      Instant kept = openSince.isBefore(now.minus(HISTORY)) ? openSince : now.minus(HISTORY);
      sum.fold().sums().forgetBefore(kept);
      sum.fold().sums().coarsen(now);
      Checkpoint.write(folder, disk, last, sum.lastSeq(), sum.fold(), grain, now);
    }
    List<Folder.CheckpointFile> all = folder.checkpoints();
    for (Folder.CheckpointFile old :
        all.subList(Math.min(CHECKPOINTS_KEPT, all.size()), all.size())) {
      disk.delete(old.file());
    }
  }

  private static boolean fits(Folder.CheckpointFile file, Grain grain) {
    try {
      return Checkpoint.read(file.file(), grain).fits();
    } catch (IOException e) {
      return false; // it is written again
    }
  }

  private void compress(long last) throws IOException {
    List<Folder.Segment> segments = folder.segments();
    for (int i = 0; i < segments.size(); i++) {
      Folder.Segment segment = segments.get(i);
      if (segment.name().number() <= last && !segment.name().compressed()) {
        long limit =
            i + 1 < segments.size() ? Reading.limit(segment, segments.get(i + 1)) : Long.MAX_VALUE;
        compress(segment, limit);
      }
    }
  }

  private void compress(Folder.Segment segment, long limit) throws IOException {
    Path unfinished = folder.path().resolve("segment.unfinished");
    CRC32C sum = new CRC32C();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(segment.file()));
        FileOutputStream to = new FileOutputStream(unfinished.toFile())) {
      OutputStream zipped = new GZIPOutputStream(new CheckedOutputStream(to, sum), 1 << 16);
      copy(in, zipped, limit);
      zipped.close();
    }
    force(unfinished);
    Path whole = folder.path().resolve(segment.name().compressed(sum.getValue()).toString());
    Files.move(unfinished, whole, StandardCopyOption.ATOMIC_MOVE);
    disk.syncFolder(folder.path());
    disk.delete(segment.file());
  }

  private static void copy(InputStream in, OutputStream out, long limit) throws IOException {
    byte[] bytes = new byte[64 << 10];
    long left = limit;
    int read = 0;
    while (left > 0 && read >= 0) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("the journal is being closed");
      }
      read = in.read(bytes, 0, (int) Math.min(bytes.length, left));
      if (read > 0) {
        out.write(bytes, 0, read);
        left -= read;
      }
    }
  }

  private static void force(Path file) throws IOException {
    try (FileOutputStream to = new FileOutputStream(file.toFile(), true)) {
      to.getFD().sync();
    }
  }

  private void remove(Instant openSince, Instant now) throws IOException {
    Duration retention = options.retention();
    List<Folder.CheckpointFile> checkpoints = folder.checkpoints();
    if (retention == null || checkpoints.size() < CHECKPOINTS_KEPT) {
      return;
    }
    // Should the latest break, the one before it needs all that came after it.
    long last = checkpoints.get(CHECKPOINTS_KEPT - 1).through();
    Instant cutoff = now.minus(retention);
    Instant kept = openSince.isBefore(cutoff) ? openSince : cutoff;
    List<Folder.Segment> segments = folder.segments();
    // Its last line is not later than the day on which the next one was begun.
    for (int i = 0; i + 1 < segments.size() && segments.get(i).name().number() <= last; i++) {
      Instant ended = segments
          .get(i + 1)
          .name()
          .day()
          .plusDays(1)
          .atStartOfDay(ZoneOffset.UTC)
          .toInstant();
      if (!ended.isBefore(kept)) {
        return;
      }
      disk.delete(segments.get(i).file());
    }
  }
}
