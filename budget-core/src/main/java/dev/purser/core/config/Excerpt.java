package dev.purser.core.config;

import java.util.regex.Pattern;

/**
 * The little of a text that a message may repeat: enough to find it, on one line, never a whole file,
 * and nothing of the secret of a virtual key.
 */
final class Excerpt {

  /** A pasted secret of a virtual key, or a good part of one: nothing that it could be but that. */
  private static final Pattern SECRET = Pattern.compile("(?<=purser_)\\w{20,}");

  private static final int LONGEST = 40;
  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

  private Excerpt() {}

  static String of(String text) {
    return of(text, LONGEST);
  }

  static String of(String text, int longest) {
    String shown = SECRET.matcher(text).replaceAll("…");
    String cut = shown.length() <= longest ? shown : shown.substring(0, longest) + "…";
    return CONTROLS.matcher(cut).replaceAll(" ");
  }

  static String quoted(String text) {
    return '"' + of(text) + '"';
  }
}
