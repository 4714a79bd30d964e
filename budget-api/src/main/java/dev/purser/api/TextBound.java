package dev.purser.api;

import dev.purser.api.TextStates.Letters;
import java.util.Objects;

/**
 * Bounds the tokens of a text without a tokenizer, from what its characters look like, as they come:
 * whole texts, characters, or the bytes of a stream. One look into a table for each character; its
 * error is measured against two tokenizers in {@code docs/estimates.md}. Not safe for use by several
 * threads; takes no memory for what it has seen.
 */
public final class TextBound {

  /** How large the vocabulary is that a tokenizer has; a small one cuts most scripts finer. */
  @SuppressWarnings("ImmutableEnumChecker") // the tables are written before they are seen
  public enum Vocabulary {
    /** About 100,000 entries or not known: {@code cl100k_base} and its like. */
    HUNDRED_THOUSAND(Letters.HUNDRED_THOUSAND, TextCosts.hundredThousand(), false),
    /** About 200,000 entries, many of them words of other languages: {@code o200k_base}. */
    TWO_HUNDRED_THOUSAND(Letters.TWO_HUNDRED_THOUSAND, TextCosts.twoHundredThousand(), false),
    /** As the first, but every digit is a token, as for Gemini and Qwen. */
    SINGLE_DIGITS(Letters.HUNDRED_THOUSAND, TextCosts.hundredThousand(), true);

    private final int[] table;
    private final short[] pages;

    Vocabulary(Letters letters, short[] pages, boolean singleDigits) {
      this.table = TextStates.table(letters, singleDigits);
      this.pages = pages;
    }
  }

  private static final int RUN = 1000;

  /** Stands for bytes that are no UTF-8, as it does for decoders. */
  private static final char REPLACEMENT = '\uFFFD';

  /** Characters that cost this much are cut into bytes, in thousandths of a token. */
  private static final int BYTES = 2400;

  private static final int LATIN_END = 0x250;
  private static final byte[] KINDS = kinds();

  private final int[] table;
  private final short[] pages;
  private long milli;
  private int state;

  /** The character that {@link #addUtf8} is in, and how many bytes of it are to come. */
  private int partial;

  private int missing;

  /** Starts with nothing seen, for any tokenizer. */
  public TextBound() {
    this(Vocabulary.HUNDRED_THOUSAND);
  }

  /** Starts with nothing seen. */
  public TextBound(Vocabulary vocabulary) {
    this.table = vocabulary.table;
    this.pages = vocabulary.pages;
  }

  /** Returns a bound of a text's tokens for any tokenizer, in one pass. */
  public static long tokens(String text) {
    return new TextBound().add(text).tokens();
  }

  /** Returns a bound of the tokens of all that was added so far; more can be added afterwards. */
  public long tokens() {
    long all = milli + (TextStates.endsInSpace(state) ? RUN : 0);
    all += missing > 0 ? pages[REPLACEMENT >> TextCosts.PAGE_BITS] : 0;
    return (all + RUN - 1) / RUN;
  }

  /** Adds a text, or a piece of one. */
  public TextBound add(CharSequence text) {
    // In local variables, which stay in registers.
    int at = state;
    long sum = milli;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int kind = c < LATIN_END ? KINDS[c] : farKind(c);
      int step = table[at + kind];
      sum += step & 0xFFFF;
      at = step >>> 16;
      if (c >= 0x80 && kind >= TextStates.OTHER) {
        sum += pages[c >> TextCosts.PAGE_BITS];
      }
    }
    state = at;
    milli = sum;
    return this;
  }

  /** Adds a character. */
  public void add(char c) {
    int kind = c < LATIN_END ? KINDS[c] : farKind(c);
    int step = table[state + kind];
    milli += step & 0xFFFF;
    state = step >>> 16;
    if (c >= 0x80 && kind >= TextStates.OTHER) {
      milli += pages[c >> TextCosts.PAGE_BITS];
    }
  }

  private int farKind(char c) {
    if (c >> 8 == 0x1E) {
      return TextStates.FAR_LATIN;
    }
    return pages[c >> TextCosts.PAGE_BITS] >= BYTES ? TextStates.BYTES : TextStates.OTHER;
  }

  /**
   * Adds the bytes of {@code utf8} from {@code from} on and before {@code to}. A character may begin in
   * one piece and end in the next; bytes that are no UTF-8 count as characters that stand for them.
   *
   * @throws IndexOutOfBoundsException if the range is not within the array
   */
  public void addUtf8(byte[] utf8, int from, int to) {
    Objects.checkFromToIndex(from, to, utf8.length);
    for (int i = from; i < to; i++) {
      byte b = utf8[i];
      if (missing > 0 && (b & 0xC0) == 0x80) {
        partial = partial << 6 | (b & 0x3F);
        if (--missing == 0) {
          addCodePoint(partial);
        }
      } else {
        endPartial();
        if (b >= 0) {
          add((char) b);
        } else {
          lead(b);
        }
      }
    }
  }

  private void endPartial() {
    if (missing > 0) {
      missing = 0;
      add(REPLACEMENT);
    }
  }

  private void lead(byte b) {
    if ((b & 0xE0) == 0xC0) {
      partial = b & 0x1F;
      missing = 1;
    } else if ((b & 0xF0) == 0xE0) {
      partial = b & 0x0F;
      missing = 2;
    } else if ((b & 0xF8) == 0xF0) {
      partial = b & 0x07;
      missing = 3;
    } else {
      add(REPLACEMENT);
    }
  }

  private void addCodePoint(int codePoint) {
    if (codePoint <= 0xFFFF) {
      add((char) codePoint);
    } else if (codePoint <= Character.MAX_CODE_POINT) {
      add(Character.highSurrogate(codePoint));
      add(Character.lowSurrogate(codePoint));
    } else {
      add(REPLACEMENT);
    }
  }

  private static byte[] kinds() {
    byte[] kinds = new byte[LATIN_END];
    for (int c = 0; c < LATIN_END; c++) {
      kinds[c] = (byte) kindOf((char) c);
    }
    return kinds;
  }

  private static int kindOf(char c) {
    if (c >= 0x80) {
      return !Character.isLetter(c)
          ? TextStates.OTHER
          : c < 0x100 ? TextStates.LATIN : TextStates.FAR_LATIN;
    } else if (c >= 'a' && c <= 'z') {
      return "aiou".indexOf(c) >= 0
          ? TextStates.OPEN_VOWEL
          : "ey".indexOf(c) >= 0
              ? TextStates.VOWEL
              : "jkqvxz".indexOf(c) >= 0 ? TextStates.RARE : TextStates.CONSONANT;
    } else if (c >= 'A' && c <= 'Z') {
      return "AEIOUY".indexOf(c) >= 0 ? TextStates.UPPER_VOWEL : TextStates.UPPER_CONSONANT;
    } else if (c >= '0' && c <= '9') {
      return TextStates.DIGIT;
    }
    return switch (c) {
      case ' ' -> TextStates.SPACE;
      case '\t' -> TextStates.TAB;
      case '\n', '\r' -> TextStates.NEWLINE;
      default -> TextStates.PUNCTUATION;
    };
  }
}
