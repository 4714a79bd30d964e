package dev.purser.core.content;

import dev.purser.spi.Redactor;

/**
 * Takes out the numbers of payment cards: 13 to 19 digits, alone or in groups with a space or a hyphen
 * between, that begin as those of the large schemes do and whose check digit (Luhn's) is right.
 */
public final class CardRedactor implements Redactor {

  private static final String HIDDEN = "[redacted card]";
  private static final int LEAST = 13;
  private static final int MOST = 19;

  @Override
  public String redact(CharSequence text) {
    String all = text.toString();
    StringBuilder redacted = null;
    int done = 0;
    int at = 0;
    while (at < all.length()) {
      boolean begins = isDigit(all, at) && !isDigit(all, at - 1);
      int end = begins ? cardEnd(all, at) : -1;
      if (end > 0) {
        redacted = redacted == null ? new StringBuilder(all.length()) : redacted;
        redacted.append(all, done, at).append(HIDDEN);
        done = end;
        at = end;
      } else {
        at++;
      }
    }
    return redacted == null ? all : redacted.append(all, done, all.length()).toString();
  }

  private static boolean isDigit(String text, int at) {
    return at >= 0 && at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
  }

  /** Returns where the longest number ends that begins here and may be a card's; -1 if none does. */
  private static int cardEnd(String text, int start) {
    StringBuilder digits = new StringBuilder(MOST);
    int end = -1;
    int at = start;
    while (digits.length() < MOST && isDigit(text, at)) {
      digits.append(text.charAt(at));
      at++;
      if (!isDigit(text, at)) {
        end = isCard(digits) ? at : end;
        at += isSeparator(text, at) ? 1 : 0;
      }
    }
    return end;
  }

  private static boolean isSeparator(String text, int at) {
    return at < text.length() && " -\u00a0".indexOf(text.charAt(at)) >= 0;
  }

  private static boolean isCard(CharSequence digits) {
    int length = digits.length();
    char first = digits.charAt(0);
    boolean scheme = first >= '2' && first <= '6' && (length > LEAST || first == '4');
    return length >= LEAST && scheme && sum(digits) % 10 == 0;
  }

  private static int sum(CharSequence digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int weighted = i % 2 == 0 ? digit : 2 * digit;
      sum += weighted > 9 ? weighted - 9 : weighted;
    }
    return sum;
  }
}
