package dev.purser.api;

/**
 * What a character that is not Latin costs, by the block of Unicode that it is in, in thousandths of a
 * token. Immutable; safe for use by several threads.
 */
final class TextCosts {

  /** A page is 64 characters. */
  static final int PAGE_BITS = 6;

  private final short[] pages = new short[0x10000 >> PAGE_BITS];

  private TextCosts() {}

  private TextCosts block(int from, int to, int cost) {
    for (int page = from >> PAGE_BITS; page <= to >> PAGE_BITS; page++) {
      pages[page] = (short) cost;
    }
    return this;
  }

  private static TextCosts bytes() {
    return new TextCosts().block(0, 0x7FF, 2000).block(0x800, 0xFFFF, 3000);
  }

  static short[] hundredThousand() {
    return bytes()
        .block(0x0370, 0x03FF, 1150)
        .block(0x0400, 0x04FF, 760)
        .block(0x0530, 0x058F, 2500)
        .block(0x0590, 0x05FF, 1300)
        .block(0x0600, 0x06FF, 1000)
        .block(0x0900, 0x097F, 1350)
        .block(0x0980, 0x09FF, 1600)
        .block(0x0A00, 0x0A7F, 2050)
        .block(0x0A80, 0x0AFF, 2100)
        .block(0x0B80, 0x0BFF, 1700)
        .block(0x0C00, 0x0CFF, 2100)
        .block(0x0D00, 0x0D7F, 1900)
        .block(0x0D80, 0x0DFF, 2250)
        .block(0x0E00, 0x0E7F, 1150)
        .block(0x1000, 0x109F, 2300)
        .block(0x10A0, 0x10FF, 2350)
        .block(0x1780, 0x17FF, 2000)
        .block(0x2000, 0x203F, 1200)
        .block(0x2200, 0x22FF, 2000)
        .block(0x2500, 0x257F, 1000)
        .block(0x3000, 0x30FF, 1150)
        .block(0x3400, 0x9FFF, 1550)
        .block(0xAC00, 0xD7AF, 1380)
        .block(0xD800, 0xD83F, 1550)
        .block(0xD840, 0xDBFF, 2450)
        .block(0xDC00, 0xDFFF, 1550)
        .block(0xFF00, 0xFF3F, 1200)
        .pages;
  }

  static short[] twoHundredThousand() {
    return bytes()
        .block(0x0370, 0x03FF, 450)
        .block(0x0400, 0x04FF, 440)
        .block(0x0530, 0x058F, 420)
        .block(0x0590, 0x05FF, 480)
        .block(0x0600, 0x06FF, 400)
        .block(0x0900, 0x097F, 420)
        .block(0x0980, 0x09FF, 470)
        .block(0x0A00, 0x0A7F, 680)
        .block(0x0A80, 0x0AFF, 450)
        .block(0x0B00, 0x0B7F, 1350)
        .block(0x0B80, 0x0BFF, 430)
        .block(0x0C00, 0x0C7F, 530)
        .block(0x0C80, 0x0D7F, 430)
        .block(0x0D80, 0x0DFF, 720)
        .block(0x0E00, 0x0E7F, 450)
        .block(0x0E80, 0x0EFF, 2350)
        .block(0x1000, 0x109F, 650)
        .block(0x10A0, 0x10FF, 420)
        .block(0x1200, 0x137F, 2400)
        .block(0x1780, 0x17FF, 800)
        .block(0x2000, 0x203F, 1200)
        .block(0x2200, 0x22FF, 2000)
        .block(0x2500, 0x257F, 1000)
        .block(0x3000, 0x30FF, 900)
        .block(0x3400, 0x9FFF, 1050)
        .block(0xAC00, 0xD7AF, 870)
        .block(0xD800, 0xD83F, 1200)
        .block(0xD840, 0xDBFF, 2800)
        .block(0xDC00, 0xDFFF, 1200)
        .block(0xFF00, 0xFF3F, 1100)
        .pages;
  }
}
