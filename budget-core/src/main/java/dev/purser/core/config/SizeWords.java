package dev.purser.core.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads sizes of files such as {@code 64MB}; each unit is 1,024 times the one before. */
final class SizeWords {

  private static final Pattern FORM = Pattern.compile("(\\d{1,6})\\s?(KB|MB|GB)");

  private SizeWords() {}

  static long bytes(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "not a size: " + Excerpt.quoted(text) + "; write 512KB, 64MB or 1GB");
    }
    int shift = switch (form.group(2)) {
      case "KB" -> 10;
      case "MB" -> 20;
      default -> 30;
    };
    return Long.parseLong(form.group(1)) << shift;
  }
}
