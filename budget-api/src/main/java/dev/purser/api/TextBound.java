package dev.purser.api;

import java.util.Objects;

/**
 * Bounds the tokens of a text without a tokenizer, from what its characters look like, as they come:
 * whole texts, characters, or the bytes of a stream. The rules follow how byte-pair tokenizers cut
 * text before they merge: at a change from letters to digits, from lower to upper case, every three
 * digits, and around punctuation. Not safe for use by several threads; takes no memory for what it
 * has seen.
 */
public final class TextBound {

  /** Whole numbers in thousandths of a token. */
  private static final int RUN = 1000;

  /** Letters of a run beyond this many cost extra: rare words are cut into pieces. */
  private static final int FREE_LETTERS = 4;

  private static final int MORE_LETTERS = 190;
  private static final int DIGITS_A_TOKEN = 3;
  private static final int SPACE = 400;
  private static final int PUNCTUATION = 800;
  private static final int NEWLINE = 700;
  private static final int TWO_BYTES = 700;
  private static final int THREE_BYTES = 1150;
  private static final int SURROGATE = 1600;

  /** Base64, hashes and the like: long, and its runs are shorter than this on average. */
  private static final int DENSE_RUN = 5;

  private static final int DENSE_LENGTH = 20;
  private static final int DENSE = 720;

  /** Stands for bytes that are no UTF-8, as it does for decoders. */
  private static final int REPLACEMENT = 0xFFFD;

  private long milli;
  private int letters;
  private int digits;
  private boolean lower;
  private boolean space;
  private long beforeWord;
  private int wordLength;
  private int wordRuns;
  /** The character that {@link #addUtf8} is in, and how many bytes of it are to come. */
  private int partial;

  private int missing;

  /** Starts with nothing seen. */
  public TextBound() {}

  /** Returns a bound of a text's tokens, in one pass. */
  public static long tokens(String text) {
    return new TextBound().add(text).tokens();
  }

  /** Returns a bound of the tokens of all that was added so far; more can be added afterwards. */
  public long tokens() {
    long all = isDense() ? Math.max(milli, beforeWord + (long) DENSE * wordLength) : milli;
    all += space ? RUN : 0;
    all += missing > 0 ? THREE_BYTES : 0;
    return (all + RUN - 1) / RUN;
  }

  /** Adds a text, or a piece of one. */
  public TextBound add(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      add(text.charAt(i));
    }
    return this;
  }

  /** Adds a character. */
  public void add(char c) {
    if (isLetter(c) || isDigit(c)) {
      startOrGrowWord();
      if (isDigit(c)) {
        digit();
      } else {
        letter(c >= 'a');
      }
      space = false;
      return;
    }
    letters = 0;
    digits = 0;
    lower = false;
    if (c == '+' || c == '/' || c == '-' || c == '_' || c == '=') {
      startOrGrowWord();
    } else {
      endWord();
    }
    if (c == ' ' || c == '\t') {
      // A single space belongs to the word behind it; a run of them is a token of its own.
      milli += space ? SPACE : 0;
      space = true;
    } else {
      space = false;
      milli += other(c);
    }
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
      int b = utf8[i];
      if (missing > 0 && (b & 0xC0) == 0x80) {
        partial = partial << 6 | (b & 0x3F);
        if (--missing == 0) {
          addCodePoint(partial);
        }
        continue;
      }
      if (missing > 0) {
        missing = 0;
        addCodePoint(REPLACEMENT);
      }
      if (b >= 0) {
        add((char) b);
      } else {
        lead(b);
      }
    }
  }

  private void lead(int b) {
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
      addCodePoint(REPLACEMENT);
    }
  }

  private void addCodePoint(int codePoint) {
    if (codePoint <= 0xFFFF) {
      add((char) codePoint);
    } else if (codePoint <= Character.MAX_CODE_POINT) {
      add(Character.highSurrogate(codePoint));
      add(Character.lowSurrogate(codePoint));
    } else {
      add((char) REPLACEMENT);
    }
  }

  private void startOrGrowWord() {
    if (wordLength++ == 0) {
      beforeWord = milli;
    }
  }

  private void letter(boolean isLower) {
    digits = 0;
    letters = letters > 0 && (isLower || !lower) ? letters + 1 : 1;
    if (letters == 1) {
      wordRuns++;
    }
    milli += letters == 1 ? RUN : letters > FREE_LETTERS ? MORE_LETTERS : 0;
    lower = isLower;
  }

  private void digit() {
    if (digits == 0) {
      wordRuns++;
      // Digits do not take the space before them along.
      milli += space ? RUN : 0;
    }
    milli += digits % DIGITS_A_TOKEN == 0 ? RUN : 0;
    digits++;
    letters = 0;
    lower = false;
  }

  private void endWord() {
    if (isDense()) {
      milli = Math.max(milli, beforeWord + (long) DENSE * wordLength);
    }
    wordLength = 0;
    wordRuns = 0;
  }

  private boolean isDense() {
    return wordLength >= DENSE_LENGTH && wordRuns * DENSE_RUN >= wordLength;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int other(char c) {
    if (c == '\n' || c == '\r') {
      return NEWLINE;
    } else if (c < 0x80) {
      return PUNCTUATION;
    } else if (c < 0x800) {
      return TWO_BYTES;
    }
    return Character.isSurrogate(c) ? SURROGATE : THREE_BYTES;
  }
}
