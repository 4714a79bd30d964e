package dev.purser.wire.frame;

/** Skips the header of a gzip member (RFC 1952, section 2.3). For one thread at a time. */
final class GzipHeader {

  private static final int CHECKSUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int FIXED = 10;
  private static final int DEFLATE = 8;

  private int position;
  private int flags;
  private int extraLength;
  private int left;
  private int part;
  private boolean broken;

  /** Whether the header has been read. */
  boolean done() {
    return position >= FIXED && part == 0 && flags == 0;
  }

  /** Whether these bytes are no gzip header. */
  boolean broken() {
    return broken;
  }

  /** Reads on; returns the index of the first byte that does not belong to the header. */
  int read(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && !broken && !done()) {
      take(bytes[i++] & 0xFF);
    }
    return i;
  }

  private void take(int b) {
    if (position < FIXED) {
      fixed(b);
      return;
    }
    if (part == 0) {
      part = nextPart();
      left = 2;
    }
    switch (part) {
      case EXTRA -> extra(b);
      case NAME, COMMENT -> {
        if (b == 0) {
          endPart();
        }
      }
      default -> {
        if (--left == 0) {
          endPart();
        }
      }
    }
  }

  /** Extra field, name, comment and checksum follow each other in this order. */
  private int nextPart() {
    return (flags & EXTRA) != 0
        ? EXTRA
        : (flags & NAME) != 0 ? NAME : (flags & COMMENT) != 0 ? COMMENT : CHECKSUM;
  }

  private void fixed(int b) {
    switch (position++) {
      case 0 -> broken = b != 0x1F;
      case 1 -> broken = b != 0x8B;
      case 2 -> broken = b != DEFLATE;
      case 3 -> flags = b & (CHECKSUM | EXTRA | NAME | COMMENT);
      default -> {}
    }
  }

  private void extra(int b) {
    if (left > 0) {
      extraLength |= b << (8 * (2 - left));
      left--;
    } else {
      extraLength--;
    }
    if (left == 0 && extraLength == 0) {
      endPart();
    }
  }

  private void endPart() {
    flags &= ~part;
    part = 0;
  }
}
