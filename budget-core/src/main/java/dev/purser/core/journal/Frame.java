package dev.purser.core.journal;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The end of each line: its number, which goes up by one from line to line, and the CRC-32C (RFC 3720)
 * of all bytes before it, so that a line that was cut or changed is found: {@code
 * ,"seq":12,"crc":"1a2b3c4d"}}.
 */
final class Frame {

  static final int NEWLINE = '\n';

  private static final byte[] SEQ = ",\"seq\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CRC = ",\"crc\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "\"}".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int DIGITS = 8;
  private static final int BITS = 4;
  private static final int MOST_DIGITS = 18;
  private static final int TAIL = CRC.length + DIGITS + END.length;

  /** How much longer a line gets at most, its line end included. */
  static final int MOST = SEQ.length + 20 + TAIL + 1;

  private Frame() {}

  /**
   * Ends an open line that stands in {@code bytes} from {@code from} until {@code to}.
   *
   * @return where the next line begins
   */
  static int close(byte[] bytes, int from, int to, long seq, CRC32C crc) {
    int at = put(bytes, to, SEQ);
    at = put(bytes, at, seq);
    crc.reset();
    crc.update(bytes, from, at - from);
    long sum = crc.getValue();
    at = put(bytes, at, CRC);
    for (int shift = BITS * (DIGITS - 1); shift >= 0; shift -= BITS) {
      bytes[at++] = HEX[(int) (sum >>> shift) & 0xf];
    }
    at = put(bytes, at, END);
    bytes[at++] = NEWLINE;
    return at;
  }

  private static int put(byte[] bytes, int at, long number) {
    int end = at + 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      end++;
    }
    long left = number;
    for (int digit = end - 1; digit >= at; digit--) {
      bytes[digit] = (byte) ('0' + left % 10);
      left /= 10;
    }
    return end;
  }

  private static int put(byte[] bytes, int at, byte[] text) {
    System.arraycopy(text, 0, bytes, at, text.length);
    return at + text.length;
  }

  /** Whether a line, without its line end, is what was written. */
  static boolean isWhole(byte[] line, int length, CRC32C crc) {
    int body = length - TAIL;
    if (body < SEQ.length + 1 || !stands(line, body, CRC) || !stands(line, length - 2, END)) {
      return false;
    }
    crc.reset();
    crc.update(line, 0, body);
    long sum = crc.getValue();
    for (int i = 0; i < DIGITS; i++) {
      // Compared as it would be written: another way to write the same number is a change, too.
      if (line[body + CRC.length + i] != HEX[(int) (sum >>> (BITS * (DIGITS - 1 - i))) & 0xf]) {
        return false;
      }
    }
    return true;
  }

  /** Returns the length of a whole line without its number and sum, open again. */
  static int openLength(byte[] line, int length) {
    int at = length - TAIL;
    while (at > 0 && line[at - 1] >= '0' && line[at - 1] <= '9') {
      at--;
    }
    return at - SEQ.length;
  }

  /** Returns the number of a whole line; −1 if it has none. */
  static long seq(byte[] line, int length) {
    int open = openLength(line, length);
    if (open < 0 || !stands(line, open, SEQ)) {
      return -1;
    }
    int digits = length - TAIL - open - SEQ.length;
    if (digits < 1 || digits > MOST_DIGITS) {
      return -1;
    }
    long seq = 0;
    for (int at = open + SEQ.length; at < length - TAIL; at++) {
      seq = seq * 10 + (line[at] - '0');
    }
    return seq;
  }

  private static boolean stands(byte[] line, int at, byte[] text) {
    for (int i = 0; i < text.length; i++) {
      if (line[at + i] != text[i]) {
        return false;
      }
    }
    return true;
  }
}
