package dev.purser.api;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.function.Function;

/** One fixed span of time, or all of it. */
final class SpanRule implements WindowRule {

  private final Function<ZoneId, Instant> start;
  private final Function<ZoneId, Instant> end;

  SpanRule(Function<ZoneId, Instant> start, Function<ZoneId, Instant> end) {
    this.start = start;
    this.end = end;
  }

  static Window ofDays(LocalDate first, LocalDate last) {
    if (last.isBefore(first)) {
      throw new IllegalArgumentException("a span ends before it starts: " + first + "/" + last);
    }
    return new Window(
        first + "/" + last,
        new SpanRule(
            zone -> first.atStartOfDay(zone).toInstant(),
            zone -> last.plusDays(1).atStartOfDay(zone).toInstant()));
  }

  static Window ofInstants(Instant start, Instant end) {
    if (!end.isAfter(start)) {
      throw new IllegalArgumentException("a span ends before it starts: " + start + "/" + end);
    }
    return new Window(start + "/" + end, new SpanRule(zone -> start, zone -> end));
  }

  @Override
  public Instant startOf(Instant at, ZoneId zone) {
    return at.isBefore(end.apply(zone)) ? start.apply(zone) : end.apply(zone);
  }

  @Override
  public Instant endOf(Instant at, ZoneId zone) {
    Instant begin = start.apply(zone);
    if (at.isBefore(begin)) {
      return begin;
    }
    Instant finish = end.apply(zone);
    return at.isBefore(finish) ? finish : Instant.MAX;
  }

  @Override
  public boolean covers(Instant at, ZoneId zone) {
    Instant finish = end.apply(zone);
    return !at.isBefore(start.apply(zone)) && (at.isBefore(finish) || finish.equals(Instant.MAX));
  }
}
