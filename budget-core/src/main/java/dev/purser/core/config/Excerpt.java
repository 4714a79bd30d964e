package dev.purser.core.config;

import java.util.regex.Pattern;

/**
 * The little of a text that a message may repeat: enough to find it, on one line, never a whole file.
 */
final class Excerpt {

  private static final int LONGEST = 40;
  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

  private Excerpt() {}

  static String of(String text) {
    return of(text, LONGEST);
  }

  static String of(String text, int longest) {
    String cut = text.length() <= longest ? text : text.substring(0, longest) + "…";
    return CONTROLS.matcher(cut).replaceAll(" ");
  }

  static String quoted(String text) {
    return '"' + of(text) + '"';
  }
}
