package dev.purser.core.content;

import dev.purser.spi.Redactor;

/** Takes out e-mail addresses: letters of any script, a domain with a dot in it. */
public final class EmailRedactor implements Redactor {

  private static final String HIDDEN = "[redacted e-mail]";

  @Override
  public String redact(CharSequence text) {
    String all = text.toString();
    int at = all.indexOf('@');
    if (at < 0) {
      return all;
    }
    StringBuilder redacted = new StringBuilder(all.length());
    int done = 0;
    while (at >= 0) {
      int start = start(all, at, done);
      int end = end(all, at);
      if (start < at && end > 0) {
        redacted.append(all, done, start).append(HIDDEN);
        done = end;
      }
      at = all.indexOf('@', Math.max(at + 1, done));
    }
    return redacted.append(all, done, all.length()).toString();
  }

  private static int start(String text, int at, int least) {
    int start = at;
    while (start > least && isLocal(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  private static boolean isLocal(char c) {
    return isName(c) || ".!#$%&'*+/=?^_`{|}~-".indexOf(c) >= 0;
  }

  /** Letters of some scripts are pairs, whose halves are neither letters nor digits. */
  private static boolean isName(char c) {
    return Character.isLetterOrDigit(c) || Character.isSurrogate(c);
  }

  /** Returns where the domain ends, behind its last letter or digit; -1 if there is none with a dot. */
  private static int end(String text, int at) {
    int end = -1;
    boolean dotted = false;
    for (int i = at + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean dot = c == '.' && i > at + 1 && text.charAt(i - 1) != '.';
      if (isName(c)) {
        end = dotted ? i + 1 : end;
      } else if (!dot && c != '-') {
        break;
      }
      dotted |= dot;
    }
    return end;
  }
}
