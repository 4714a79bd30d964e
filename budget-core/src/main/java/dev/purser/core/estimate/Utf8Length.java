package dev.purser.core.estimate;

/** How many bytes a text takes in UTF-8. */
final class Utf8Length {

  private Utf8Length() {}

  /** Returns the bytes; half a pair of surrogates, which UTF-8 cannot say, counts as three. */
  static long of(String text) {
    int length = text.length();
    long bytes = length;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      // One more from U+0080 on and another from U+0800 on, told by sign bits and not by jumps.
      bytes += ((0x7F - c) >>> 31) + ((0x7FF - c) >>> 31);
      if (Character.isHighSurrogate(c)
          && i + 1 < length
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        bytes -= 2; // four bytes for the pair
      }
    }
    return bytes;
  }
}
