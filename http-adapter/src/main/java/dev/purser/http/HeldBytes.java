package dev.purser.http;

import dev.purser.wire.Meter;
import java.util.Arrays;

/** Bytes that were taken and not yet handed on, in order. Not safe for use by several threads. */
public final class HeldBytes {

  private byte[] bytes = new byte[0];
  private int start;
  private int end;

  /** Holds nothing yet. */
  public HeldBytes() {}

  /** Returns how many bytes are held. */
  public int size() {
    return end - start;
  }

  /** Takes bytes. */
  public void add(byte[] more, int offset, int length) {
    if (end + length > bytes.length) {
      int held = end - start;
      // Room for as much again, so that what is held is not copied with every addition.
      byte[] larger = held + length > bytes.length / 2
          ? new byte[Math.max(256, Math.addExact(held, length) * 2)]
          : bytes;
      System.arraycopy(bytes, start, larger, 0, held);
      bytes = larger;
      start = 0;
      end = held;
    }
    System.arraycopy(more, offset, bytes, end, length);
    end += length;
  }

  /** Hands on up to so many of the first bytes; returns how many. */
  public int take(byte[] into, int offset, int length) {
    int count = Math.min(length, size());
    System.arraycopy(bytes, start, into, offset, count);
    start += count;
    return count;
  }

  /** Forgets everything up to and including the first occurrence of a sequence; false if there is none. */
  boolean dropThrough(byte[] wanted, int offset, int length) {
    for (int at = start; at + length <= end; at++) {
      if (Arrays.equals(bytes, at, at + length, wanted, offset, offset + length)) {
        start = at + length;
        return true;
      }
    }
    return false;
  }

  /** Forgets everything. */
  public void clear() {
    start = end;
  }

  /** Hands on all that is held. */
  void drainTo(Meter.Output output) {
    if (end > start) {
      output.write(bytes, start, end - start);
      start = end;
    }
  }
}
