package dev.purser.core.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses which known word was meant by an unknown one. */
final class Spelling {

  private static final int FARTHEST = 2;

  private Spelling() {}

  static Optional<String> closest(String word, Collection<String> known) {
    return known.stream()
        .filter(candidate -> Math.abs(candidate.length() - word.length()) <= FARTHEST)
        .filter(candidate -> candidate.length() > FARTHEST && distance(word, candidate) <= FARTHEST)
        .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
  }

  /** Renders the guess as the end of a message. */
  static String hint(String word, Collection<String> known) {
    return closest(word, known)
        .map(meant -> "; did you mean \"" + meant + "\"?")
        .orElseGet(() -> "; known are " + String.join(", ", known));
  }

  /** Counts the letters to insert, delete or replace: Levenshtein's distance, a row at a time. */
  static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
