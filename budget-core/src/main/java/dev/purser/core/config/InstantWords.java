package dev.purser.core.config;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/** Reads instants, and days of a zone. */
final class InstantWords {

  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");

  /** Longer than any instant. */
  private static final int LONGEST = 50;

  private InstantWords() {}

  /** Returns the first instant after what is named: a day counts to its end. */
  static Instant end(String text, ZoneId zone) {
    return read(text, zone, 1);
  }

  /** Returns the first instant of what is named. */
  static Instant start(String text, ZoneId zone) {
    return read(text, zone, 0);
  }

  private static Instant read(String text, ZoneId zone, int daysLater) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException(refused(text));
    }
    try {
      return DAY.matcher(text).matches()
          ? LocalDate.parse(text).plusDays(daysLater).atStartOfDay(zone).toInstant()
          : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(refused(text), e);
    }
  }

  private static String refused(String text) {
    return "not a day or an instant: "
        + Excerpt.quoted(text)
        + "; write one such as 2027-03-31 or 2027-03-31T18:00:00Z";
  }
}
