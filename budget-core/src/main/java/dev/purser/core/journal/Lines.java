package dev.purser.core.journal;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The lines of a file, one after the other. A line longer than {@value #LONGEST} bytes is read over and
 * counts as broken. For one thread at a time.
 */
final class Lines {

  static final int LONGEST = 16 << 20;

  private static final int CHUNK = 64 << 10;

  private final InputStream in;
  private final byte[] chunk = new byte[CHUNK];
  private int at;
  private int end;
  private byte[] line = new byte[4 << 10];
  private int length;
  private boolean tooLong;
  private boolean ended;
  private long number;
  private long offset;
  private long next;

  Lines(InputStream in) {
    this.in = in;
  }

  /** Goes to the next line; false if there is none. */
  boolean advance() throws IOException {
    length = 0;
    tooLong = false;
    ended = false;
    offset = next;
    while (!ended && (at < end || fill())) {
      int stop = at;
      while (stop < end && chunk[stop] != Frame.NEWLINE) {
        stop++;
      }
      take(stop - at);
      next += stop - at;
      at = stop;
      if (at < end) {
        ended = true;
        at++;
        next++;
      }
    }
    if (next == offset) {
      return false;
    }
    number++;
    return true;
  }

  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(0, in.read(chunk, 0, CHUNK));
    return end > 0;
  }

  private void take(int more) {
    if (tooLong || length + more > LONGEST) {
      tooLong = true;
      return;
    }
    if (length + more > line.length) {
      line = Arrays.copyOf(line, Math.max(2 * line.length, length + more));
    }
    System.arraycopy(chunk, at, line, length, more);
    length += more;
  }

  /** Returns the line, without its line end, at the beginning of the array; not to be changed. */
  byte[] bytes() {
    return line;
  }

  int length() {
    return length;
  }

  /** Whether it had a line end, and was not too long. */
  boolean complete() {
    return ended && !tooLong;
  }

  /** Returns which line of the file it is, from 1. */
  long number() {
    return number;
  }

  /** Returns where in the file it begins. */
  long offset() {
    return offset;
  }

  /** Returns where in the file the next one begins. */
  long next() {
    return next;
  }
}
