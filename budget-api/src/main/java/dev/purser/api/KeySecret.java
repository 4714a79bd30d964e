package dev.purser.api;

import java.security.SecureRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the secret of a virtual key looks like: {@code purser_}, twelve letters and digits that say
 * which secret it is and may be seen by everybody, {@code _}, and 43 that nobody may see: 256 bits
 * that cannot be guessed. The prefix is for scanners that look for secrets in repositories and logs;
 * no provider's own keys begin so.
 */
public final class KeySecret {

  /** What every virtual key begins with. */
  public static final String PREFIX = "purser_";

  private static final int ID_LENGTH = 12;
  private static final int RANDOM_LENGTH = 43; // 62^43 > 2^256

  private static final Pattern FORM = Pattern.compile(
      PREFIX + "([A-Za-z0-9]{" + ID_LENGTH + "})_[A-Za-z0-9]{" + RANDOM_LENGTH + "}");
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private KeySecret() {}

  /** Returns a new secret. */
  public static Secret next(SecureRandom random) {
    return Secret.of(PREFIX + letters(random, ID_LENGTH) + "_" + letters(random, RANDOM_LENGTH));
  }

  private static String letters(SecureRandom random, int length) {
    StringBuilder letters = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      letters.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return letters.toString();
  }

  /** Whether a text was meant as a virtual key: no other may see it, even if it is none of ours. */
  public static boolean isLike(String text) {
    return text.startsWith(PREFIX);
  }

  /** Whether a text holds the secret of a virtual key somewhere, so that it must not be passed on. */
  public static boolean occursIn(String text) {
    return text.contains(PREFIX) && FORM.matcher(text).find();
  }

  /** Returns the part that everybody may see; empty if the text is not of this form. */
  static String idOf(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches() ? form.group(1) : "";
  }

  static boolean isId(String text) {
    return text.length() == ID_LENGTH && text.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0);
  }
}
