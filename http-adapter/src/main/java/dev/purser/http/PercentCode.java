package dev.purser.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.IntPredicate;

/** Percent-encoding of UTF-8, by which any text fits into a header. */
final class PercentCode {

  private PercentCode() {}

  /** Returns the text with every byte that is not {@code plain}, and every %, encoded. */
  static String encode(String text, IntPredicate plain) {
    StringBuilder encoded = new StringBuilder(text.length());
    for (byte signed : text.getBytes(StandardCharsets.UTF_8)) {
      int octet = signed & 0xff;
      if (octet != '%' && octet < 0x80 && plain.test(octet)) {
        encoded.append((char) octet);
      } else {
        encoded.append('%').append(hex(octet >> 4)).append(hex(octet & 0xf));
      }
    }
    return encoded.toString();
  }

  /** Returns the decoded text; the text itself where it was never encoded. */
  static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(octets.length);
    for (int at = 0; at < octets.length; at++) {
      if (octets[at] != '%') {
        decoded.write(octets[at]);
        continue;
      }
      int high = at + 2 < octets.length ? Character.digit(octets[at + 1], 16) : -1;
      int low = at + 2 < octets.length ? Character.digit(octets[at + 2], 16) : -1;
      if (high < 0 || low < 0) {
        return text;
      }
      decoded.write(high << 4 | low);
      at += 2;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(decoded.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      // Somebody wrote a plain value that only looks encoded.
      return text;
    }
  }

  private static char hex(int nibble) {
    return Character.toUpperCase(Character.forDigit(nibble, 16));
  }
}
