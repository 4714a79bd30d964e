package dev.purser.core.journal;

import dev.purser.api.JournalOptions.Fsync;
import dev.purser.core.record.JsonLine;
import dev.purser.core.record.RecordLine;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Writes the lines of many threads in groups: of those that wait for a line of theirs, the one that gets
 * the flag writes for all, so that a lone writer pays for no hand-over.
 *
 * <p><b>Who may call it:</b> any thread. Lines stand in the file in the order in which they were {@linkplain
 * #add added}.
 *
 * <p><b>Memory order:</b> what the leader alone uses is published by the flag. A leader that is done
 * gives the flag back and then looks whether lines have come since; who comes adds its line and then
 * looks at the flag. Both are volatile, so a line is seen by one of them.
 *
 * <p><b>Progress:</b> blocking, as the disk is: who waits for its line waits for at most two writes. No
 * interrupt ends a wait or a write; the thread has it again afterwards.
 */
final class Writer {

  /** Beyond so many lines that could not be written, those that are only told are dropped. */
  private static final int MOST_LATE = 100_000;

  private static final long PAUSE_NANOS = 50_000;
  private static final int FIRST_BUFFER = 64 << 10;
  private static final int LARGEST_GROUP = 4 << 20;

  private final Segments segments;
  private final Fsync fsync;
  private final InstantSource clock;
  private final Consumer<IOException> onFailure;
  private final Queue<Line> added = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean leading = new AtomicBoolean();
  private final AtomicLong dropped = new AtomicLong();
  private volatile boolean failing;
  private volatile boolean closed;

  // Of the leader alone.
  private final Deque<Line> late = new ArrayDeque<>();
  private final CRC32C crc = new CRC32C();
  private byte[] buffer = new byte[FIRST_BUFFER];

  /**
   * Writes into segments.
   *
   * @param onFailure told of each failure, on the thread that found it; must not throw or block
   */
  Writer(Segments segments, Fsync fsync, InstantSource clock, Consumer<IOException> onFailure) {
    this.segments = segments;
    this.fsync = fsync;
    this.clock = clock;
    this.onFailure = onFailure;
  }

  /** Whether what was tried last could not be written. */
  boolean failing() {
    return failing;
  }

  /** Whether nothing is written any more. */
  boolean closed() {
    return closed;
  }

  /** Returns how many lines were dropped, because there were too many that could not be written. */
  long dropped() {
    return dropped.get();
  }

  /** Puts a line behind all others. It is written with the next group; nobody is waited for. */
  Line add(byte[] open, Line.Kind kind) {
    Line line = new Line(open, kind);
    added.add(line);
    return line;
  }

  /** Waits until something has become of a line. */
  Line.State await(Line line) {
    boolean interrupted = false;
    while (line.state == Line.State.WAITING) {
      if (leading.compareAndSet(false, true)) {
        lead();
      } else {
        line.waiter = Thread.currentThread();
        if (line.state == Line.State.WAITING && leading.get()) {
          LockSupport.park(this);
        }
        interrupted |= Thread.interrupted();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return line.state;
  }

  /** Writes what there is, unless somebody is at it. */
  void flush() {
    if ((!added.isEmpty() || failing) && leading.compareAndSet(false, true)) {
      lead();
    }
  }

  /** Writes one group, gives the flag back, and sees to it that somebody writes what has come since. */
  private void lead() {
    boolean again = true;
    while (again) {
      again = false;
      boolean failed = true;
      try {
        writeGroup();
        failed = false;
      } finally {
        // Also if it failed with an error: whoever waits must not wait for a leader that is gone.
        leading.set(false);
        Line next = added.peek();
        Thread waiter = next == null ? null : next.waiter;
        if (waiter != null) {
          LockSupport.unpark(waiter);
        } else if (next != null && !failed) {
          // Nobody waits for it yet, or ever.
          again = leading.compareAndSet(false, true);
        }
      }
    }
  }

  private void writeGroup() {
    List<Line> group = new ArrayList<>(late);
    late.clear();
    long bytes = 0;
    for (Line line = poll(bytes); line != null; line = poll(bytes)) {
      group.add(line);
      bytes += line.open.length;
    }
    if (group.isEmpty()) {
      if (!failing) {
        return;
      }
      // Only a line that gets through shows that the next will.
      group.add(new Line(
          RecordLine.begin(new JsonLine(), "resumed", clock.instant()).endOpen(), Line.Kind.TOLD));
    }
    // An interrupt that stands when a file is forced or made would close what it is done through.
    boolean interrupted = Thread.interrupted();
    try {
      if (closed) {
        throw new IOException("the journal is closed");
      }
      segments.ready(clock.instant());
      int length = framed(group); // first, for it may need a larger buffer
      segments.append(buffer, length, group.size(), fsync == Fsync.ALWAYS);
      failing = false;
      group.forEach(line -> done(line, Line.State.WRITTEN));
    } catch (IOException e) {
      failed(group, e);
    } catch (RuntimeException | Error e) {
      failed(group, new IOException("cannot be written: " + e.getClass().getName(), e));
      throw e;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private @Nullable Line poll(long bytes) {
    return bytes > LARGEST_GROUP ? null : added.poll();
  }

  private int framed(List<Line> group) {
    int at = 0;
    long seq = segments.nextSeq();
    for (Line line : group) {
      int most = line.open.length + Frame.MOST;
      if (buffer.length - at < most) {
        buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, at + most));
      }
      System.arraycopy(line.open, 0, buffer, at, line.open.length);
      at = Frame.close(buffer, at, at + line.open.length, seq++, crc);
    }
    return at;
  }

  private void failed(List<Line> group, IOException failure) {
    failing = true;
    for (Line line : group) {
      if (closed
          || line.kind == Line.Kind.TAKING
          || (line.kind == Line.Kind.TOLD && !roomForLate())) {
        done(line, Line.State.GIVEN_UP);
      } else {
        late.add(line);
        done(line, Line.State.LATE);
      }
    }
    onFailure.accept(failure);
  }

  private boolean roomForLate() {
    boolean room = late.size() < MOST_LATE;
    if (!room) {
      dropped.incrementAndGet();
    }
    return room;
  }

  private static void done(Line line, Line.State state) {
    line.state = state;
    Thread waiter = line.waiter;
    if (waiter != null) {
      LockSupport.unpark(waiter);
    }
  }

  /** Forces what was written to the device; tells of a failure as one to write. */
  void sync() {
    try {
      segments.sync();
    } catch (IOException e) {
      failing = true;
      onFailure.accept(e);
    }
  }

  /** Runs what needs that nobody writes meanwhile. */
  void alone(Alone work) {
    while (!leading.compareAndSet(false, true)) {
      LockSupport.parkNanos(this, PAUSE_NANOS);
    }
    try {
      work.run();
    } catch (IOException e) {
      failing = true;
      onFailure.accept(e);
    } finally {
      leading.set(false);
    }
    flush();
  }

  /** Work that may fail as disks do. */
  interface Alone {
    void run() throws IOException;
  }

  /** Writes what there is, and nothing any more. */
  void close() {
    flush();
    alone(() -> {
      if (!added.isEmpty()) {
        writeGroup();
      }
      closed = true;
      segments.close();
    });
  }
}
