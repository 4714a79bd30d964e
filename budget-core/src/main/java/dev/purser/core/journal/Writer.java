package dev.purser.core.journal;

import dev.purser.api.JournalOptions.Fsync;
import dev.purser.core.record.JsonLine;
import dev.purser.core.record.RecordLine;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
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

  /** Beyond so many bytes that could not be written, lines that are only told are dropped. */
  private static final long MOST_LATE = 64L << 20;

  /** What a line costs in memory besides its bytes, roughly. */
  private static final int LINE_BYTES = 100;

  /** How often a line is looked at before its thread parks: a group on the slate takes less than that. */
  private static final int SPINS = 200;

  private static final long PAUSE_NANOS = 50_000;
  private static final int FIRST_BUFFER = 64 << 10;
  private static final int LARGEST_GROUP = 4 << 20;

  /** While nothing can be written, no more is tried. */
  private static final int PROBE = 64 << 10;

  private final Tail tail;
  private final Fsync fsync;
  private final InstantSource clock;
  private final Consumer<IOException> onFailure;
  private final Queue<Line> added = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean leading = new AtomicBoolean();
  private final AtomicLong dropped = new AtomicLong();
  private volatile boolean failing;
  private volatile boolean unsynced;
  private volatile boolean closed;

  // Of the leader alone. What is not written yet stays here, so that nothing that goes wrong loses
  // it;
  // the first so many of it are known to come late.
  private final Deque<Line> pending = new ArrayDeque<>();
  private long pendingBytes;
  private int late;
  private final CRC32C crc = new CRC32C();
  private byte[] buffer = new byte[FIRST_BUFFER];

  /**
   * Writes to the end of the journal.
   *
   * @param onFailure told of each failure, on the thread that found it; must not throw or block
   */
  Writer(Tail tail, Fsync fsync, InstantSource clock, Consumer<IOException> onFailure) {
    this.tail = tail;
    this.fsync = fsync;
    this.clock = clock;
    this.onFailure = onFailure;
  }

  /** Whether what was tried last could not be written, or not forced to the device. */
  boolean failing() {
    return failing || unsynced;
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
    int spins = 0;
    while (line.state == Line.State.WAITING) {
      if (leading.compareAndSet(false, true)) {
        lead();
      } else if (spins < SPINS) {
        spins++;
        Thread.onSpinWait();
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
      boolean ended = false;
      boolean more = false;
      try {
        writeGroup();
        more = !failing && !pending.isEmpty();
        ended = true;
      } finally {
        Line stranded = ended ? null : pending.peek();
        leading.set(false);
        if (!ended) {
          // Whoever is woken leads for all others.
          wake(stranded);
          wake(added.peek());
        }
      }
      Line next = added.peek();
      if (more || (next != null && next.waiter == null)) {
        // Nobody waits for it yet, or ever.
        again = leading.compareAndSet(false, true);
      } else {
        wake(next);
        again = false;
      }
    }
  }

  private static void wake(@Nullable Line line) {
    Thread waiter = line == null ? null : line.waiter;
    if (waiter != null) {
      LockSupport.unpark(waiter);
    }
  }

  private void writeGroup() {
    int lines = gather(failing ? PROBE : LARGEST_GROUP);
    if (lines == 0) {
      if (!failing) {
        return;
      }
      // Only a line that gets through shows that the next will.
      take(new Line(
          RecordLine.begin(new JsonLine(), "resumed", clock.instant()).endOpen(), Line.Kind.TOLD));
      lines = 1;
    }
    // An interrupt that stands when a file is forced or made would close what it is done through.
    boolean interrupted = Thread.interrupted();
    try {
      if (closed) {
        throw new IOException("the journal is closed");
      }
      Instant now = clock.instant();
      tail.ready(now);
      int length = framed(lines); // may take a larger buffer
      tail.append(buffer, length, lines, fsync == Fsync.ALWAYS, now);
      written(lines);
    } catch (IOException e) {
      failed(e);
    } catch (RuntimeException e) {
      // Who leads writes for others, and is not told of what is theirs.
      failed(new IOException("cannot be written: " + e.getClass().getName(), e));
    } catch (InternalError e) {
      // So a mapped file shows that somebody cut it, JDK 17 some way behind: no reason to break a
      // call.
      failed(new IOException("cannot be written: " + e, e));
    } catch (Error e) {
      failed(new IOException("cannot be written: " + e.getClass().getName(), e));
      throw e;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Returns how many of the first lines make up the next group. */
  private int gather(long most) {
    int lines = 0;
    long bytes = 0;
    for (Line line : pending) {
      if (bytes > most) {
        return lines;
      }
      bytes += line.open.length;
      lines++;
    }
    for (Line line = added.peek(); line != null && bytes <= most; line = added.peek()) {
      take(line);
      added.remove();
      bytes += line.open.length;
      lines++;
    }
    return lines;
  }

  private void take(Line line) {
    pending.add(line);
    pendingBytes += line.open.length + LINE_BYTES;
  }

  private int framed(int lines) {
    int at = 0;
    long seq = tail.nextSeq();
    Iterator<Line> first = pending.iterator();
    for (int i = 0; i < lines; i++) {
      Line line = first.next();
      int most = line.open.length + Frame.MOST;
      if (buffer.length - at < most) {
        buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, at + most));
      }
      System.arraycopy(line.open, 0, buffer, at, line.open.length);
      at = Frame.close(buffer, at, at + line.open.length, seq++, crc);
    }
    return at;
  }

  private void written(int lines) {
    failing = false;
    late = Math.max(0, late - lines);
    for (int i = 0; i < lines; i++) {
      Line line = pending.remove();
      pendingBytes -= line.open.length + LINE_BYTES;
      done(line, Line.State.WRITTEN);
    }
  }

  /** Gives up what takes money and what there is no room for, and keeps the rest in its order. */
  private void failed(IOException failure) {
    failing = true;
    onFailure.accept(failure);
    for (Line line = added.peek(); line != null; line = added.peek()) {
      take(line);
      added.remove();
    }
    Iterator<Line> newest = pending.descendingIterator();
    for (int untold = pending.size() - late; untold > 0; untold--) {
      Line line = newest.next();
      if (isGivenUp(line)) {
        newest.remove();
        pendingBytes -= line.open.length + LINE_BYTES;
        done(line, Line.State.GIVEN_UP);
      } else {
        done(line, Line.State.LATE);
      }
    }
    late = pending.size();
  }

  private boolean isGivenUp(Line line) {
    if (line.kind == Line.Kind.TAKING) {
      return true;
    }
    boolean dropping = closed || (line.kind == Line.Kind.TOLD && pendingBytes > MOST_LATE);
    if (dropping) {
      dropped.incrementAndGet();
    }
    return dropping;
  }

  private static void done(Line line, Line.State state) {
    line.state = state;
    wake(line);
  }

  /** Appends what stands on the slate to the file that people read. */
  void spill() {
    alone(() -> tail.spill(clock.instant()));
  }

  /** Goes on in another file, because the one that is written to was taken away. */
  void leave() {
    alone(() -> tail.leave(clock.instant()));
  }

  /** Forces what was written to the device; tells of a failure as one to write. */
  void sync() {
    spill();
    try {
      tail.sync();
      unsynced = false;
    } catch (IOException e) {
      // Lines that can be written meanwhile do not make up for it.
      unsynced = true;
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
      flush();
    }
  }

  /** Work that may fail as disks do. */
  interface Alone {
    void run() throws IOException;
  }

  /** Writes what there is, and nothing any more. What cannot be written now is dropped. */
  void close() {
    alone(() -> {
      do {
        writeGroup();
      } while (!failing && !(pending.isEmpty() && added.isEmpty()));
      closed = true;
      dropped.addAndGet(pending.size());
      pending.clear();
      pendingBytes = 0;
      late = 0;
      tail.close(clock.instant());
    });
  }
}
