package dev.purser.core.journal;

import dev.purser.api.RecoveryReport.BrokenLine;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what stands in a folder: the latest checkpoint that suits the windows in force, and the
 * segments after it. The same for a start and for the next checkpoint. Lines that cannot be read are
 * passed over and told; only what a start needs is ever thrown.
 *
 * @param through the number of the last segment, 0 if there is none
 * @param bytes how many bytes of that one count
 * @param lastSeq the number of its last line
 * @param base the last segment that a checkpoint stood for, 0 without one
 * @param segments how many were read line by line
 * @param read how many lines these had
 * @param unlisted how many are broken that {@code broken} has no room for
 * @param rest lines that go on behind the last segment, and are added up, but have yet to be appended
 * @param hollow a file behind it that holds no line, or null
 */
record Recovery(
    Fold fold,
    long through,
    long bytes,
    long lastSeq,
    long base,
    int segments,
    long read,
    List<BrokenLine> broken,
    long unlisted,
    Slate.Rest rest,
    @Nullable Path hollow,
    List<String> notes) {

  private static final byte[] HEAD =
      "{\"v\":1,\"event\":\"segment\",".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST_HEAD = 512;

  /**
   * Adds up.
   *
   * @param until the last segment to be read
   */
  static Recovery of(Folder folder, Grain grain, long until) throws IOException {
    // With those after the last: each says how much of the one before it counts.
    List<Folder.Segment> all = folder.segments();
    List<String> notes = new ArrayList<>();
    Checkpoint base = base(folder, grain, all, until, notes);
    Fold fold = base == null ? new Fold(grain) : base.fold();
    Reading reading = new Reading(base == null ? 0 : base.lastSeq(), fold::take);
    long through = base == null ? 0 : base.through();
    long bytes = base == null ? 0 : summed(all, base.through());
    int segments = 0;
    Folder.Segment last = null;
    Path hollow = null;
    for (int i = 0; i < all.size(); i++) {
      Folder.Segment segment = all.get(i);
      if (segment.name().number() > through && segment.name().number() <= until) {
        long limit = i + 1 < all.size() ? Reading.limit(segment, all.get(i + 1)) : Long.MAX_VALUE;
        if (i + 1 == all.size() && segments > 0 && isHollow(segment)) {
          // Killed before its first line was whole: the journal still ends in the one before.
          hollow = segment.file();
        } else {
          bytes = reading.segment(segment, limit);
          through = segment.name().number();
          last = segment;
        }
        segments++;
      }
    }
    Slate.Rest rest = Slate.Rest.NONE;
    if (until == Long.MAX_VALUE && last != null && !last.name().compressed()) {
      rest = Slate.left(folder.path(), through, reading.lastSeq());
      reading.rest(last, bytes, rest);
    }
    if (reading.unlisted() > 0) {
      notes.add(reading.unlisted() + " more lines are broken");
    }
    return new Recovery(
        fold,
        through,
        bytes,
        reading.lastSeq(),
        base == null ? 0 : base.through(),
        segments,
        reading.read(),
        reading.broken(),
        reading.unlisted(),
        rest,
        hollow,
        notes);
  }

  /** Whether a file ends within its first line, as a kill leaves it. */
  static boolean isHollow(Folder.Segment segment) throws IOException {
    if (segment.name().compressed() || Files.size(segment.file()) > LONGEST_HEAD) {
      return false;
    }
    byte[] all = Files.readAllBytes(segment.file());
    int same = Math.min(all.length, HEAD.length);
    boolean ended = false;
    for (byte each : all) {
      ended |= each == Frame.NEWLINE;
    }
    return !ended && Arrays.equals(all, 0, same, HEAD, 0, same);
  }

  /**
   * Returns how long the last file is that a checkpoint stands for: the next file says so in its first
   * line, and whoever has to read this one again goes by that. What does not count of it was cut off
   * before it was summed up.
   */
  private static long summed(List<Folder.Segment> segments, long through) throws IOException {
    for (Folder.Segment segment : segments) {
      if (segment.name().number() == through && !segment.name().compressed()) {
        return Files.size(segment.file());
      }
    }
    return 0; // nobody asks for that of a compressed one
  }

  /** Returns the checkpoint to begin with; null for the first segment. */
  private static @Nullable Checkpoint base(
      Folder folder, Grain grain, List<Folder.Segment> segments, long last, List<String> notes)
      throws IOException {
    boolean all = !segments.isEmpty() && segments.get(0).name().number() == 1;
    for (Folder.CheckpointFile file : folder.checkpoints()) {
      if (file.through() <= last) {
        try {
          Checkpoint found = Checkpoint.read(file.file(), grain);
          if (found.fits()) {
            return found;
          }
          if (!all) {
            notes.add(
                "the windows of the budgets have changed since " + file.file().getFileName()
                    + " was summed, and earlier files are gone: what was charged before counts as if it"
                    + " were charged at the latest instant of its sum");
            return found;
          }
        } catch (IOException e) {
          notes.add(file.file().getFileName() + " cannot be read: " + e.getMessage());
        }
      }
    }
    return null;
  }

  /**
   * Puts what is broken aside, where a person may look at it, and cuts it off where nothing follows it.
   *
   * @return how many were put aside
   */
  static int setAside(Folder folder, Recovery found) throws IOException {
    int aside = 0;
    for (Folder.Segment segment : folder.segments()) {
      List<BrokenLine> lines = found.broken().stream()
          .filter(line -> line.file().equals(segment.name().toString()))
          .toList();
      if (segment.name().compressed() || lines.isEmpty()) {
        continue;
      }
      boolean last = segment.name().number() == found.through();
      for (BrokenLine line : lines) {
        if (!line.why().endsWith("missing")) {
          aside += putAside(folder, segment, line);
        }
      }
      // What is not listed was not put aside; the next file says where this one ends.
      if (last && found.unlisted() == 0 && Files.size(segment.file()) > found.bytes()) {
        try (RandomAccessFile file = new RandomAccessFile(segment.file().toFile(), "rw")) {
          file.setLength(found.bytes());
        }
      }
    }
    return aside;
  }

  /** Makes the folder say what was found: appends what the last process left on its slate. */
  static Recovery completed(Folder folder, Recovery found) throws IOException {
    if (found.hollow() != null) {
      Files.delete(found.hollow());
    }
    Slate.Rest rest = found.rest();
    if (rest.lines() > 0) {
      append(folder, found.bytes(), rest);
    }
    // Whether or not this life has one.
    Slate.clear(folder.path());
    return new Recovery(
        found.fold(),
        found.through(),
        found.bytes() + rest.bytes().length,
        found.lastSeq(),
        found.base(),
        found.segments(),
        found.read(),
        found.broken(),
        found.unlisted(),
        Slate.Rest.NONE,
        null,
        found.notes());
  }

  private static void append(Folder folder, long at, Slate.Rest rest) throws IOException {
    List<Folder.Segment> segments = folder.segments();
    Path last = segments.get(segments.size() - 1).file();
    try (RandomAccessFile file = new RandomAccessFile(last.toFile(), "rw")) {
      // Behind it a line may stand that is cut: it is the first of these.
      file.setLength(at);
      file.seek(at);
      file.write(rest.bytes());
      file.getFD().sync(); // before the slate goes, which may have been on the device
    }
  }

  private static int putAside(Folder folder, Folder.Segment segment, BrokenLine line)
      throws IOException {
    Files.createDirectories(folder.setAside());
    Path to = folder.setAside().resolve(segment.name() + "-" + line.offset());
    if (Files.exists(to)) {
      return 0;
    }
    try (InputStream in = Files.newInputStream(segment.file())) {
      in.skipNBytes(line.offset());
      Lines lines = new Lines(in);
      if (lines.advance()) {
        Files.write(to, Arrays.copyOf(lines.bytes(), lines.length()));
      }
    }
    return 1;
  }
}
