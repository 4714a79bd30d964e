package dev.purser.api;

/**
 * The rules of {@link TextBound} as a table: what each kind of character costs after what came before
 * it, and which state it leads to. The rules follow how byte-pair tokenizers cut text before they
 * merge: at a change from letters to digits or from lower to upper case, after three digits, and
 * around punctuation; and what they merge badly: rare letters, heaps of consonants, capitals, and
 * words that change between letters and digits all the time, as Base64 does.
 *
 * <p>Immutable; safe for use by several threads.
 */
final class TextStates {

  // What a character is.
  /** One that ends words of many languages, but seldom of English. */
  static final int OPEN_VOWEL = 0;

  static final int VOWEL = 13;
  static final int CONSONANT = 1;
  static final int RARE = 2;
  static final int UPPER_VOWEL = 3;
  static final int UPPER_CONSONANT = 4;
  /** A letter of Latin-1 that is not ASCII. */
  static final int LATIN = 5;
  /** Any other Latin letter. */
  static final int FAR_LATIN = 6;

  static final int DIGIT = 7;
  static final int SPACE = 8;
  static final int TAB = 9;
  static final int NEWLINE = 10;
  static final int PUNCTUATION = 11;
  /** All that is not Latin: its costs do not depend on the state, but what follows it may. */
  static final int OTHER = 12;
  /** As {@link #OTHER}, but cut into bytes, so that no space is taken along. */
  static final int BYTES = 14;

  private static final int LAST = BYTES;

  /** How many kinds there may be at the most; a power of two. */
  static final int KINDS = 16;

  // States without letters; those of digits and of single punctuation know how dense the word is.
  // 0 is the start.
  private static final int AFTER_SPACE = 1;
  private static final int AFTER_SPACES = 2;
  private static final int AFTER_NEWLINE = 3;
  private static final int AFTER_OTHER = 4;
  private static final int PUNCTUATIONS = 5;
  private static final int MORE_PUNCTUATIONS = 6;
  private static final int ONE_PUNCTUATION = 7;
  private static final int DENSITIES = 5;
  private static final int DIGITS = ONE_PUNCTUATION + DENSITIES;
  private static final int LETTERS = DIGITS + 3 * DENSITIES;
  private static final int LENGTHS = 8;
  private static final int HEAPS = 6;
  /** In place of a heap of consonants: the last letter was an open vowel. */
  private static final int OPEN = 5;

  private static final int STATES = LETTERS + 2 * LENGTHS * HEAPS * DENSITIES;

  // Costs in thousandths of a token.
  private static final int RUN = 1000;
  private static final int SECOND_SPACE = 950;
  private static final int MORE_SPACE = 30;
  private static final int TABULATOR = 800;
  private static final int PUNCTUATION_AFTER_LETTER = 920;
  private static final int MORE_PUNCTUATION = 500;
  private static final int NEWLINE_AFTER_PUNCTUATION = 450;
  private static final int MORE_NEWLINE = 150;
  private static final int DENSE_LETTER = 660;

  /** A run of letters that is this short makes its word denser when another kind follows. */
  private static final int SHORT_RUN = 3;

  private static final int DENSE = 3;

  private final int[] transitions = new int[STATES * KINDS];
  private final Letters letters;
  private final boolean singleDigits;

  /**
   * What letters after the first of a run cost, fitted to what the tokenizer makes of texts in many
   * languages.
   *
   * @param fourth the fourth of a run
   * @param fifth the fifth and sixth
   * @param seventh the seventh and all beyond
   * @param rare more, where it is one of the letters that English seldom has
   * @param heap more, where it is the fourth consonant in a row or a later one
   * @param capital more, where it is in capitals
   * @param latin more, for a letter of Latin-1 that is not ASCII
   * @param farLatin more, for any other Latin letter
   * @param openEnd more, for a word that ends as those of English seldom do
   */
  record Letters(
      int fourth,
      int fifth,
      int seventh,
      int rare,
      int heap,
      int capital,
      int latin,
      int farLatin,
      int openEnd) {

    static final Letters HUNDRED_THOUSAND =
        new Letters(160, 300, 470, 450, 500, 80, 750, 1400, 650);
    static final Letters TWO_HUNDRED_THOUSAND =
        new Letters(100, 230, 290, 350, 650, 130, 450, 570, 250);
  }

  private TextStates(Letters letters, boolean singleDigits) {
    this.letters = letters;
    this.singleDigits = singleDigits;
    for (int state = 0; state < STATES; state++) {
      for (int kind = 0; kind <= LAST; kind++) {
        transitions[state * KINDS + kind] = transition(state, kind);
      }
    }
  }

  static int[] table(Letters letters, boolean singleDigits) {
    return new TextStates(letters, singleDigits).transitions;
  }

  /** Whether a text that ends in this state has a space that no word takes along. */
  static boolean endsInSpace(int state) {
    return state == AFTER_SPACE * KINDS;
  }

  /** The next state, times {@link #KINDS}, in the upper half and the cost in the lower. */
  private int transition(int state, int kind) {
    return switch (kind) {
      case DIGIT -> digit(state);
      case SPACE -> space(state) + wordEnd(state);
      case TAB -> packed(AFTER_SPACES, state == AFTER_SPACES ? 200 : TABULATOR);
      case NEWLINE -> packed(AFTER_NEWLINE, newline(state)) + wordEnd(state);
      case PUNCTUATION -> punctuation(state) + wordEnd(state);
      case OTHER -> packed(AFTER_OTHER, 0);
      case BYTES -> packed(AFTER_OTHER, state == AFTER_SPACE ? RUN : 0);
      default -> letter(state, kind);
    };
  }

  private int wordEnd(int state) {
    return isLetters(state) && heap(state) == OPEN && length(state) > SHORT_RUN - 1
        ? letters.openEnd
        : 0;
  }

  private static int packed(int state, int cost) {
    return ((state * KINDS) << 16) | cost;
  }

  private static int space(int state) {
    return switch (state) {
      case AFTER_SPACE -> packed(AFTER_SPACES, SECOND_SPACE);
      case AFTER_SPACES -> packed(AFTER_SPACES, MORE_SPACE);
      default -> packed(AFTER_SPACE, 0);
    };
  }

  private static int newline(int state) {
    if (state == AFTER_NEWLINE) {
      return MORE_NEWLINE;
    }
    return isPunctuation(state) ? NEWLINE_AFTER_PUNCTUATION : RUN;
  }

  private static int punctuation(int state) {
    if (state == MORE_PUNCTUATIONS || state == PUNCTUATIONS) {
      return packed(MORE_PUNCTUATIONS, MORE_PUNCTUATION);
    } else if (isPunctuation(state)) {
      return packed(PUNCTUATIONS, MORE_PUNCTUATION);
    }
    int density = Math.max(0, density(state) - 1);
    return packed(ONE_PUNCTUATION + density, isLetters(state) ? PUNCTUATION_AFTER_LETTER : RUN);
  }

  private int digit(int state) {
    if (isDigits(state)) {
      int count = (state - DIGITS) / DENSITIES;
      int density = density(state);
      return count == 2
          ? packed(DIGITS + density, RUN)
          : packed(DIGITS + (count + 1) * DENSITIES + density, singleDigits ? RUN : 0);
    }
    // Digits do not take the space before them along.
    int cost = state == AFTER_SPACE ? 2 * RUN : RUN;
    return packed(DIGITS + densityAfterSwitch(state), cost);
  }

  private int letter(int state, int kind) {
    boolean upper = kind == UPPER_VOWEL || kind == UPPER_CONSONANT;
    boolean vowel = kind != CONSONANT && kind != RARE && kind != UPPER_CONSONANT;
    int extra = kind == LATIN ? letters.latin : kind == FAR_LATIN ? letters.farLatin : 0;
    if (!isLetters(state) || (upper && !isUpper(state))) {
      int heap = kind == OPEN_VOWEL ? OPEN : vowel ? 0 : 1;
      return packed(letters(upper, 1, heap, densityAfterSwitch(state)), RUN + extra);
    }
    int length = Math.min(length(state) + 1, LENGTHS);
    int heap = kind == OPEN_VOWEL ? OPEN : vowel ? 0 : Math.min(heap(state) % OPEN + 1, OPEN - 1);
    int density = length > SHORT_RUN + 1 ? Math.max(0, density(state) - 1) : density(state);
    int cost = byLength(length);
    cost += heap == 4 ? letters.heap : heap == 3 ? letters.heap / 3 : 0;
    cost += kind == RARE ? letters.rare : 0;
    cost += upper && length > 2 ? letters.capital : 0;
    cost = Math.max(cost, density(state) >= DENSE ? DENSE_LETTER : 0);
    return packed(letters(upper, length, heap, density), Math.min(cost + extra, 2 * RUN));
  }

  private int byLength(int length) {
    if (length >= 7) {
      return letters.seventh;
    } else if (length >= 5) {
      return letters.fifth;
    }
    return length == 4 ? letters.fourth : 0;
  }

  private static int letters(boolean upper, int length, int heap, int density) {
    int number = ((upper ? LENGTHS : 0) + length - 1) * HEAPS + heap;
    return LETTERS + number * DENSITIES + density;
  }

  private static boolean isLetters(int state) {
    return state >= LETTERS;
  }

  private static boolean isDigits(int state) {
    return state >= DIGITS && state < LETTERS;
  }

  private static boolean isPunctuation(int state) {
    return state >= PUNCTUATIONS && state < DIGITS;
  }

  private static boolean isUpper(int state) {
    return (state - LETTERS) / DENSITIES / HEAPS >= LENGTHS;
  }

  private static int length(int state) {
    return (state - LETTERS) / DENSITIES / HEAPS % LENGTHS + 1;
  }

  private static int heap(int state) {
    return (state - LETTERS) / DENSITIES % HEAPS;
  }

  private static int density(int state) {
    return state < ONE_PUNCTUATION ? 0 : (state - ONE_PUNCTUATION) % DENSITIES;
  }

  private static int densityAfterSwitch(int state) {
    boolean shortRun = isDigits(state) || (isLetters(state) && length(state) <= SHORT_RUN);
    int density = density(state);
    return shortRun ? Math.min(density + 1, DENSITIES - 1) : density;
  }
}
