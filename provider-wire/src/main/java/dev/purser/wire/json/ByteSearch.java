package dev.purser.wire.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds bytes eight at a time, for most bytes of a call are looked at only to be passed over. The trick of
 * marking the zero bytes of a word is from Henry Warren, "Hacker's Delight", section 6-1.
 */
public final class ByteSearch {

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;

  private ByteSearch() {}

  /** Marks the zero bytes of a word; the lowest mark is always right. */
  private static long zeroes(long word) {
    return (word - ONES) & ~word & HIGHS;
  }

  /** Returns the index of the first of two bytes, or {@code to}. */
  public static int either(byte[] bytes, int from, int to, char one, char other) {
    long ones = ONES * one;
    long others = ONES * other;
    int i = from;
    while (i + Long.BYTES <= to) {
      long eight = (long) EIGHT.get(bytes, i);
      long hits = zeroes(eight ^ ones) | zeroes(eight ^ others);
      if (hits != 0) {
        return i + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
      i += Long.BYTES;
    }
    while (i < to && bytes[i] != one && bytes[i] != other) {
      i++;
    }
    return i;
  }

  /** Returns the index of the first byte of two in a row, or {@code to}. */
  public static int pair(byte[] bytes, int from, int to, char first, char second) {
    long firsts = ONES * first;
    long seconds = ONES * second;
    int i = from;
    while (i + Long.BYTES < to) {
      long hits = zeroes((long) EIGHT.get(bytes, i) ^ firsts)
          & zeroes((long) EIGHT.get(bytes, i + 1) ^ seconds);
      while (hits != 0) {
        // Marks above the lowest of either word may be wrong.
        int at = i + (Long.numberOfTrailingZeros(hits) >>> 3);
        if (bytes[at] == first && bytes[at + 1] == second) {
          return at;
        }
        hits &= hits - 1;
      }
      i += Long.BYTES;
    }
    while (i + 1 < to && (bytes[i] != first || bytes[i + 1] != second)) {
      i++;
    }
    return i + 1 < to ? i : to;
  }
}
