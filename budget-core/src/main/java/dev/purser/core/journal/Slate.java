package dev.purser.core.journal;

import dev.purser.core.record.Field;
import dev.purser.core.record.Fields;
import dev.purser.core.record.JsonLine;
import dev.purser.core.record.RecordLine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A small file that is mapped into memory and holds the lines that have yet to be appended to a segment:
 * what is put here outlives the process, for a tenth of what an append costs. It is never the only place
 * for long, and what stands here counts only where it goes on exactly where the last segment ends.
 *
 * <p>It has two halves. Each begins with a line that names the segment that it belongs to; the second is
 * for the moment in which lines move on to another segment, with other numbers.
 *
 * <p>For one thread at a time. All of the file is written before it is mapped, so that a full disk shows
 * as an {@link IOException} then and not as a fault of memory later.
 */
final class Slate implements AutoCloseable {

  /** Hidden, so that whoever cuts or copies the files of a folder passes it over. */
  static final String NAME = ".slate";

  /**
   * File systems that write to another place each time, so that a full one fails in memory, or that are
   * not of this machine.
   */
  private static final List<String> UNSUITED =
      List.of("btrfs", "zfs", "apfs", "bcachefs", "nfs", "cifs", "smb", "fuse", "9p", "ceph");

  /** The bytes of a half. */
  static final int HALF = 64 << 10;

  private static final int SLACK = 1 << 10;

  private final Path path;

  /** Tells it apart from others that have its name later; null where the system says none. */
  private final @Nullable Object key;

  private final RandomAccessFile file;
  private final MappedByteBuffer bytes;
  private final JsonLine line = new JsonLine();
  private final CRC32C crc = new CRC32C();
  private int base;
  private int start;
  private int prepared;

  private Slate(Path path, RandomAccessFile file, MappedByteBuffer bytes) throws IOException {
    this.path = path;
    key = key(path);
    this.file = file;
    this.bytes = bytes;
  }

  /** Whether the file system of a folder keeps what is put into a mapped file, also when it is full. */
  static boolean isSuited(Path folder) throws IOException {
    String type = Files.getFileStore(folder).type().toLowerCase(Locale.ROOT);
    return UNSUITED.stream().noneMatch(type::startsWith);
  }

  /** Begins an empty one; what stood there before is gone. */
  static Slate create(Path folder) throws IOException {
    Path path = folder.resolve(NAME);
    Files.deleteIfExists(path);
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    try {
      file.write(new byte[2 * HALF]);
      // A mapping outlives its channel, and with it every interrupt.
      MappedByteBuffer mapped = file.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, 2L * HALF);
      boolean unused = path.toFile().setReadOnly(); // to others
      return new Slate(path, file, mapped);
    } catch (IOException e) {
      file.close();
      Files.deleteIfExists(path);
      throw e;
    }
  }

  /** Returns how many bytes of lines there is room for; other numbers may make them a little longer. */
  int room() {
    return HALF - SLACK;
  }

  /**
   * Begins anew for a segment; nothing may stand here that is still needed.
   *
   * @return whether that went well; if not, the file is of no use any more
   */
  boolean begin(long segment, Instant now) {
    byte[] head = head(segment, now);
    start = head.length;
    return write(base, head, head.length);
  }

  /**
   * Puts lines behind others.
   *
   * @param at where, counted from the first
   * @return whether they stand there; if not, the file is of no use any more
   */
  boolean put(int at, byte[] from, int length) {
    return write(base + start + at, from, length);
  }

  /**
   * Prepares the other half for lines of another segment, which does not exist yet.
   *
   * @return whether that went well; if not, the file is of no use any more
   */
  boolean prepare(long segment, byte[] from, int length, Instant now) {
    byte[] head = head(segment, now);
    prepared = head.length;
    return write(HALF - base, head, head.length) && write(HALF - base + head.length, from, length);
  }

  /** Goes on in the half that was prepared, now that its segment exists. */
  void turn() {
    base = HALF - base;
    start = prepared;
  }

  private byte[] head(long segment, Instant now) {
    byte[] open =
        RecordLine.begin(line, "slate", now).number(Field.PREVIOUS, segment).endOpen();
    byte[] head = Arrays.copyOf(open, open.length + Frame.MOST);
    return Arrays.copyOf(head, Frame.close(head, 0, open.length, 0, crc));
  }

  private boolean write(int at, byte[] from, int length) {
    try {
      bytes.put(at, from, 0, length);
      return true;
    } catch (InternalError e) {
      return false; // the file was cut, or its device failed
    }
  }

  /**
   * Whether the file is as long as it was made. Bytes that are put where it ends no more cost an {@link
   * InternalError}, which JDK 17 throws some way behind; so whoever writes looks before now and then.
   */
  boolean isWhole() {
    try {
      return file.length() >= 2L * HALF;
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether the file is still found by its name; it is another guard's if the folder is. */
  boolean stands() throws IOException {
    try {
      return Objects.equals(key(path), key);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static @Nullable Object key(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  /** Removes the file, if it is found: all that stood there stands in the segments. */
  void delete() throws IOException {
    close();
    if (stands()) {
      remove(path);
    }
  }

  /** Removes what a process left behind, once it stands in the segments. */
  static void clear(Path folder) throws IOException {
    remove(folder.resolve(NAME));
  }

  private static void remove(Path path) throws IOException {
    Files.deleteIfExists(path);
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the slate cannot be closed", e);
    }
  }

  /**
   * Lines that go on behind a segment.
   *
   * @param first the number of the first; one that is further on than the next tells that some are missing
   */
  @SuppressWarnings("ArrayRecordComponent") // made for one reader
  record Rest(byte[] bytes, int lines, long first) {

    static final Rest NONE = new Rest(new byte[0], 0, 0);
  }

  /**
   * Returns the lines that a process left behind here and did not append to the segment.
   *
   * @param segment the number of the last segment
   * @param lastSeq the number of its last line
   */
  static Rest left(Path folder, long segment, long lastSeq) throws IOException {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      return Rest.NONE;
    }
    byte[] all = Files.readAllBytes(file);
    Rest longest = Rest.NONE;
    for (int base = 0; base + HALF <= all.length; base += HALF) {
      Rest rest = rest(Arrays.copyOfRange(all, base, base + HALF), segment, lastSeq);
      longest = rest.lines() > longest.lines() ? rest : longest;
    }
    return longest;
  }

  private static Rest rest(byte[] half, long segment, long lastSeq) throws IOException {
    Lines lines = new Lines(new ByteArrayInputStream(half));
    CRC32C crc = new CRC32C();
    if (!whole(lines, crc) || !isOf(segment, lines)) {
      return Rest.NONE;
    }
    long next = -1;
    int from = (int) lines.next();
    int to = from;
    int taken = 0;
    long first = 0;
    while (whole(lines, crc)) {
      long seq = Frame.seq(lines.bytes(), lines.length());
      if (next >= 0 && seq != next) {
        break; // left from an earlier round
      }
      if (seq <= lastSeq) {
        from = (int) lines.next();
      } else {
        first = taken == 0 ? seq : first;
        taken++;
      }
      next = seq + 1;
      to = (int) lines.next();
    }
    return taken == 0 ? Rest.NONE : new Rest(Arrays.copyOfRange(half, from, to), taken, first);
  }

  private static boolean whole(Lines lines, CRC32C crc) throws IOException {
    return lines.advance()
        && lines.complete()
        && Frame.isWhole(lines.bytes(), lines.length(), crc)
        && Frame.seq(lines.bytes(), lines.length()) >= 0;
  }

  private static boolean isOf(long segment, Lines head) {
    byte[] open = Arrays.copyOf(head.bytes(), Frame.openLength(head.bytes(), head.length()));
    try {
      return Fields.count(Fold.read(open), Field.PREVIOUS) == segment;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
