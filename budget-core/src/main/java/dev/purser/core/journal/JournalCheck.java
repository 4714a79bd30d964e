package dev.purser.core.journal;

import dev.purser.api.RecoveryReport.BrokenLine;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Looks through the folder of a journal, also while a guard writes there: it takes no lock and changes
 * nothing.
 *
 * @param files its files, the first first
 * @param broken the lines that are not what was written, or are missing
 * @param unfinished the line at the very end, if it has no line end: it is just being written, or was cut
 *     when a process ended, and is then put aside by the next start
 */
public record JournalCheck(List<File> files, List<BrokenLine> broken, List<BrokenLine> unfinished) {

  /**
   * A file.
   *
   * @param lines how many of its lines are whole; of a slate, how many go on behind the last file
   */
  public record File(String name, long lines) {}

  /** A guard closes no more files than that while a folder is looked through. */
  private static final int MOST_TRIES = 20;

  /** Says which segments there are, as {@link Folder#segments}. */
  interface Listing {
    List<Folder.Segment> segments() throws IOException;
  }

  /**
   * Looks through a folder.
   *
   * @throws IOException if it cannot be read
   */
  public static JournalCheck of(Path folder) throws IOException {
    Folder files = new Folder(folder);
    return of(files, files::segments);
  }

  /** Begins anew where a guard has compressed or removed a file since it was listed. */
  static JournalCheck of(Folder files, Listing listing) throws IOException {
    for (int i = 1; i < MOST_TRIES; i++) {
      try {
        return once(files, listing);
      } catch (NoSuchFileException e) {
        Thread.onSpinWait(); // what there is now is listed next
      }
    }
    return once(files, listing);
  }

  private static JournalCheck once(Folder files, Listing listing) throws IOException {
    List<Folder.Segment> segments = listing.segments();
    List<File> read = new ArrayList<>();
    Fold fold = new Fold(new Grain(List.of()));
    Reading reading = new Reading(before(segments), fold::take);
    List<BrokenLine> broken = new ArrayList<>();
    List<BrokenLine> unfinished = new ArrayList<>();
    int end = segments.size();
    if (end > 1 && Recovery.isHollow(segments.get(end - 1))) {
      segments = segments.subList(0, end - 1); // just being begun, or removed by the next start
    }
    for (int i = 0; i < segments.size(); i++) {
      Folder.Segment segment = segments.get(i);
      boolean last = i + 1 == segments.size();
      long limit = last ? Long.MAX_VALUE : Reading.limit(segment, segments.get(i + 1));
      long lines = reading.read();
      int known = reading.broken().size();
      long good = reading.segment(segment, limit);
      read.add(new File(segment.name().toString(), reading.read() - lines));
      for (BrokenLine line : reading.broken().subList(known, reading.broken().size())) {
        boolean tail = last && line.offset() >= good && !endsWithLineEnd(segment);
        (tail ? unfinished : broken).add(line);
      }
    }
    if (!segments.isEmpty()) {
      long number = segments.get(segments.size() - 1).name().number();
      Slate.Rest rest = Slate.left(files.path(), number, reading.lastSeq());
      // A guard that writes may be further on since the last file was read.
      if (rest.lines() > 0 && rest.first() == reading.lastSeq() + 1) {
        read.add(new File(Slate.NAME, rest.lines()));
        unfinished.clear(); // the next start completes it from there
      }
    }
    for (Folder.CheckpointFile checkpoint : files.checkpoints()) {
      String name = String.valueOf(checkpoint.file().getFileName());
      try {
        Checkpoint unused = Checkpoint.read(checkpoint.file(), new Grain(List.of()));
        read.add(new File(name, Files.readAllLines(checkpoint.file()).size()));
      } catch (NoSuchFileException e) {
        throw e;
      } catch (IOException e) {
        broken.add(new BrokenLine(name, 0, 0, String.valueOf(e.getMessage())));
      }
    }
    return new JournalCheck(read, broken, unfinished);
  }

  /** Returns the number before that of the first line that there is: earlier files may have been removed. */
  private static long before(List<Folder.Segment> segments) throws IOException {
    if (segments.isEmpty() || segments.get(0).name().number() == 1) {
      return 0;
    }
    Folder.Segment first = segments.get(0);
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(first.file()));
        InputStream in = first.name().compressed() ? new GZIPInputStream(raw) : raw) {
      Lines lines = new Lines(in);
      return lines.advance() && lines.length() > Frame.MOST
          ? Math.max(0, Frame.seq(lines.bytes(), lines.length()) - 1)
          : 0;
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      return 0; // told of when the file is read
    }
  }

  private static boolean endsWithLineEnd(Folder.Segment segment) throws IOException {
    if (segment.name().compressed()) {
      return true;
    }
    byte[] all = Files.readAllBytes(segment.file());
    return all.length == 0 || all[all.length - 1] == Frame.NEWLINE;
  }
}
