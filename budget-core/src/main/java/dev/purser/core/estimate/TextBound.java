package dev.purser.core.estimate;

/**
 * Bounds the tokens of a text without a tokenizer, from what its characters look like. The rules
 * follow how byte-pair tokenizers cut text before they merge: at a change from letters to digits,
 * from lower to upper case, every three digits, and around punctuation. Whole numbers in thousandths
 * of a token; {@code PromptEstimatorTest} measures the error against {@code o200k_base}.
 */
final class TextBound {

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

  private long milli;
  private int letters;
  private int digits;
  private boolean lower;
  private boolean space;
  private long beforeWord;
  private int wordLength;
  private int wordRuns;

  private TextBound() {}

  /** Returns a bound of the text's tokens, in one pass. */
  static long tokens(String text) {
    TextBound bound = new TextBound();
    for (int i = 0; i < text.length(); i++) {
      bound.add(text.charAt(i));
    }
    bound.endWord();
    bound.milli += bound.space ? RUN : 0;
    return (bound.milli + RUN - 1) / RUN;
  }

  private void add(char c) {
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
    if (wordLength >= DENSE_LENGTH && wordRuns * DENSE_RUN >= wordLength) {
      milli = Math.max(milli, beforeWord + (long) DENSE * wordLength);
    }
    wordLength = 0;
    wordRuns = 0;
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
