package dev.purser.core.config;

import dev.purser.api.Window;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads windows: a word is a calendar window, an amount of time rolls, and two days or instants with a
 * slash between them are a fixed span.
 *
 * @param weekStarts the first day of a week
 * @param fiscalYearStarts the first month of a fiscal year, which quarters follow
 */
record WindowWords(DayOfWeek weekStarts, Month fiscalYearStarts) {

  private static final Collection<String> WORDS =
      List.of("hour", "day", "week", "month", "quarter", "year", "total");
  private static final Pattern DAYS = Pattern.compile("\\d{4}-\\d\\d-\\d\\d/\\d{4}-\\d\\d-\\d\\d");

  /** Longer than any two instants. */
  private static final int LONGEST = 100;

  Window read(String text) {
    if (DurationWords.matches(text)) {
      return Window.rolling(DurationWords.read(text));
    }
    if (text.contains("/") && text.length() <= LONGEST) {
      return span(text);
    }
    return switch (text) {
      case "hour" -> Window.HOUR;
      case "day" -> Window.DAY;
      case "week" -> Window.week(weekStarts);
      case "month" -> Window.MONTH;
      case "quarter" -> Window.quarter(fiscalYearStarts);
      case "year" -> Window.year(fiscalYearStarts);
      case "total" -> Window.TOTAL;
      default ->
        throw new IllegalArgumentException("unknown window "
            + Excerpt.quoted(text)
            + Spelling.closest(text, WORDS)
                .map(meant -> "; did you mean \"" + meant + "\"?")
                .orElse("; write "
                    + String.join(", ", WORDS)
                    + ", an amount of time such as 1h, or a span such as 2026-01-01/2026-03-31"));
    };
  }

  private static Window span(String text) {
    int slash = text.indexOf('/');
    String first = text.substring(0, slash);
    String last = text.substring(slash + 1);
    try {
      return DAYS.matcher(text).matches()
          ? Window.days(LocalDate.parse(first), LocalDate.parse(last))
          : Window.between(Instant.parse(first), Instant.parse(last));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "not a span of time: "
              + Excerpt.quoted(text)
              + "; write two days such as 2026-01-01/2026-03-31, or two instants such as"
              + " 2026-01-01T00:00:00Z",
          e);
    }
  }
}
