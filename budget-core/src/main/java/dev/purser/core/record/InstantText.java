package dev.purser.core.record;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;

/**
 * Writes instants as {@link Instant#toString} does, without its garbage. Remembers its last second: most
 * instants of a line, and of the line after it, are of the same. For one thread at a time.
 */
final class InstantText {

  private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
  private static final long END = Instant.parse("+10000-01-01T00:00:00Z").getEpochSecond();
  private static final int MILLION = 1_000_000;
  private static final int THOUSAND = 1_000;
  private static final int DAY_SECONDS = 86_400;
  private static final int SECONDS_LENGTH = 19;
  private static final int NANO_DIGITS = 9;

  private final byte[] text = "0000-00-00T00:00:00".getBytes(StandardCharsets.US_ASCII);
  private long second = END;

  void append(JsonLine line, Instant at) {
    long now = at.getEpochSecond();
    if (now < FIRST || now >= END) {
      line.ascii(at.toString());
      return;
    }
    if (now != second) {
      render(now);
      second = now;
    }
    line.put(text);
    fraction(line, at.getNano());
    line.put('Z');
  }

  private void render(long now) {
    LocalDateTime time = LocalDateTime.ofEpochSecond(now, 0, ZoneOffset.UTC);
    JsonLine.padded(time.getYear(), 4, text, 0);
    JsonLine.padded(time.getMonthValue(), 2, text, 5);
    JsonLine.padded(time.getDayOfMonth(), 2, text, 8);
    JsonLine.padded(time.getHour(), 2, text, 11);
    JsonLine.padded(time.getMinute(), 2, text, 14);
    JsonLine.padded(time.getSecond(), 2, text, 17);
  }

  private static void fraction(JsonLine line, int nanos) {
    if (nanos == 0) {
      return;
    }
    line.put('.');
    if (nanos % MILLION == 0) {
      line.padded(nanos / MILLION, 3);
    } else if (nanos % THOUSAND == 0) {
      line.padded(nanos / THOUSAND, 6);
    } else {
      line.padded(nanos, 9);
    }
  }

  /**
   * Reads an instant as {@link Instant#parse} does; what is written above in a tenth of the time.
   *
   * @throws DateTimeException if the text is none
   */
  static Instant parse(String text) {
    int end = text.length() - 1;
    int nanoDigits = end - SECONDS_LENGTH - 1;
    if (end < SECONDS_LENGTH
        || nanoDigits > NANO_DIGITS
        || nanoDigits == 0
        || text.charAt(end) != 'Z'
        || !isSeparated(text)
        || (nanoDigits > 0 && text.charAt(SECONDS_LENGTH) != '.')) {
      return Instant.parse(text);
    }
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, 19);
    int nanos = nanoDigits < 0 ? 0 : number(text, SECONDS_LENGTH + 1, end);
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    if ((year | month | day | hour | minute | second | nanos) < 0 || hour > 23 || second > 59) {
      return Instant.parse(text); // no digits, or the end of a day
    }
    for (int i = Math.max(0, nanoDigits); i < NANO_DIGITS; i++) {
      nanos *= 10;
    }
    long days = LocalDate.of(year, month, day).toEpochDay();
    int ofDay = LocalTime.of(hour, minute, second).toSecondOfDay();
    return Instant.ofEpochSecond(days * DAY_SECONDS + ofDay, nanos);
  }

  private static boolean isSeparated(String text) {
    return text.charAt(4) == '-'
        && text.charAt(7) == '-'
        && text.charAt(10) == 'T'
        && text.charAt(13) == ':'
        && text.charAt(16) == ':';
  }

  /** Reads digits; negative if they are not. */
  private static int number(String text, int from, int to) {
    int number = 0;
    for (int at = from; at < to; at++) {
      int digit = text.charAt(at) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = 10 * number + digit;
    }
    return number;
  }
}
