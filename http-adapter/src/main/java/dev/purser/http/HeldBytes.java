package dev.purser.http;

import dev.purser.wire.Meter;
import java.util.Arrays;

/** Bytes that were taken and not yet handed on, in order. Not safe for use by several threads. */
final class HeldBytes {

  private byte[] bytes = new byte[0];
  private int start;
  private int end;

  void add(byte[] more, int offset, int length) {
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

  /** Hands on all that is held. */
  void drainTo(Meter.Output output) {
    if (end > start) {
      output.write(bytes, start, end - start);
      start = end;
    }
  }
}
