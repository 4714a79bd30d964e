package dev.purser.core.content;

/**
 * Writes visible ASCII characters of JSON as themselves where they were escaped without need, by their
 * number or, as a slash, behind a backslash: it is the same JSON, and no secret can hide in it.
 */
final class JsonEscapes {

  private static final int LENGTH = 6;

  private JsonEscapes() {}

  static String resolved(CharSequence json) {
    String text = json.toString();
    int escape = text.indexOf('\\');
    if (escape < 0) {
      return text;
    }
    StringBuilder resolved = new StringBuilder(text.length());
    int done = 0;
    while (escape >= 0 && escape + 1 < text.length()) {
      int plain = plain(text, escape);
      int length = plain >= 0 && text.charAt(escape + 1) == 'u' ? LENGTH : 2;
      if (plain >= 0) {
        resolved.append(text, done, escape).append((char) plain);
        done = escape + length;
      }
      escape = text.indexOf('\\', escape + length);
    }
    return resolved.append(text, done, text.length()).toString();
  }

  /** Returns the character that an escape need not have hidden; -1 if it must stay. */
  private static int plain(String text, int escape) {
    if (text.charAt(escape + 1) == '/') {
      return '/';
    }
    if (text.charAt(escape + 1) != 'u' || escape + LENGTH > text.length()) {
      return -1;
    }
    int code = 0;
    for (int i = escape + 2; i < escape + LENGTH; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0) {
        return -1;
      }
      code = code * 16 + digit;
    }
    return code > ' ' && code < 0x7f && code != '"' && code != '\\' ? code : -1;
  }
}
