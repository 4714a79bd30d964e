package dev.purser.core.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads amounts of time such as {@code 90s}, {@code 30m}, {@code 1h} and {@code 7d}. */
final class DurationWords {

  /** Nine digits of days are within a duration's range. */
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

  private DurationWords() {}

  static boolean matches(String text) {
    return FORM.matcher(text).matches();
  }

  static Duration read(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "not an amount of time: " + Excerpt.quoted(text) + "; write 500ms, 90s, 30m, 1h or 7d");
    }
    long amount = Long.parseLong(form.group(1));
    return switch (form.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
