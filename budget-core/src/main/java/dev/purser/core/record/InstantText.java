package dev.purser.core.record;

import java.time.Instant;
import java.time.LocalDate;

/** Writes instants as {@link Instant#toString} does, without its garbage. */
final class InstantText {

  private static final long DAY_SECONDS = 86_400;
  private static final int MILLION = 1_000_000;
  private static final int THOUSAND = 1_000;
  private static final int LAST_YEAR = 9999;

  private InstantText() {}

  static void append(JsonLine line, Instant at) {
    long second = at.getEpochSecond();
    LocalDate day = at.equals(Instant.MAX) || at.equals(Instant.MIN)
        ? LocalDate.MAX
        : LocalDate.ofEpochDay(Math.floorDiv(second, DAY_SECONDS));
    if (day.getYear() < 0 || day.getYear() > LAST_YEAR) {
      line.ascii(at.toString());
      return;
    }
    int ofDay = (int) Math.floorMod(second, DAY_SECONDS);
    line.padded(day.getYear(), 1000);
    line.put('-');
    line.padded(day.getMonthValue(), 10);
    line.put('-');
    line.padded(day.getDayOfMonth(), 10);
    line.put('T');
    line.padded(ofDay / 3600, 10);
    line.put(':');
    line.padded(ofDay / 60 % 60, 10);
    line.put(':');
    line.padded(ofDay % 60, 10);
    fraction(line, at.getNano());
    line.put('Z');
  }

  private static void fraction(JsonLine line, int nanos) {
    if (nanos == 0) {
      return;
    }
    line.put('.');
    if (nanos % MILLION == 0) {
      line.padded(nanos / MILLION, 100);
    } else if (nanos % THOUSAND == 0) {
      line.padded(nanos / THOUSAND, 100_000);
    } else {
      line.padded(nanos, 100_000_000);
    }
  }
}
