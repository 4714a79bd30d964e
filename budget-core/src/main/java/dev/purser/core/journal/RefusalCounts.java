package dev.purser.core.journal;

import dev.purser.api.Denial;
import dev.purser.api.Refusal;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.core.record.Field;
import dev.purser.core.record.JsonLine;
import dev.purser.core.record.RecordLine;
import dev.purser.spi.RecordSink;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes down the calls that cost nothing: of those that were refused, denied or only observed, the first
 * of an account in each hour whole, and how many came after it once a minute, for a loop is refused as
 * often as it can ask. Calls that cost something are written by their tickets, before they end.
 *
 * <p>Safe for use by several threads. Bounded: beyond {@value #MOST} accounts a count is written at once.
 */
final class RefusalCounts implements RecordSink {

  private static final int MOST = 10_000;
  private static final Duration EVERY = Duration.ofMinutes(1);

  /** What is counted together. */
  private record Place(
      Outcome outcome, String why, String budget, String scope, String message, Instant hour) {}

  private final Map<Place, Long> since = new HashMap<>();
  private final Writer writer;
  private final InstantSource clock;
  private final JsonLine line = new JsonLine();
  private boolean unread;
  private Instant next = Instant.MIN;

  RefusalCounts(Writer writer, InstantSource clock) {
    this.writer = writer;
    this.clock = clock;
  }

  @Override
  public boolean takes(Outcome outcome) {
    return !outcome.charges();
  }

  @Override
  public synchronized void accept(SpendRecord record) {
    if (!takes(record.outcome())) {
      return;
    }
    Place place = place(record);
    if (place == null || since.putIfAbsent(place, 0L) == null) {
      Line unused = writer.add(RecordLine.of(line, record).endOpen(), Line.Kind.TOLD);
      unread = true;
      if (since.size() > MOST) {
        tellAll();
        since.clear();
      }
    } else {
      since.merge(place, 1L, Long::sum);
    }
  }

  private static @Nullable Place place(SpendRecord record) {
    Instant hour = record.startedAt().truncatedTo(ChronoUnit.HOURS);
    Refusal refusal = record.refusal();
    if (refusal != null) {
      return new Place(
          record.outcome(), word(refusal.reason()), refusal.budget(), refusal.scope(), "", hour);
    }
    Denial denial = record.denial();
    return denial == null
        ? null
        : new Place(
            record.outcome(), word(denial.reason()), "", denial.key(), denial.detail(), hour);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** Writes what was counted, now and then, and forgets what is over. */
  @Override
  public synchronized void flush() {
    Instant now = clock.instant();
    if (!now.isBefore(next)) {
      next = now.plus(EVERY);
      tellAll();
      Instant hour = now.truncatedTo(ChronoUnit.HOURS);
      since.keySet().removeIf(place -> place.hour().isBefore(hour));
    }
    writer.flush();
    if (unread) {
      unread = false;
      writer.spill();
    }
  }

  private void tellAll() {
    Instant now = clock.instant();
    for (Iterator<Map.Entry<Place, Long>> each = since.entrySet().iterator(); each.hasNext(); ) {
      Map.Entry<Place, Long> counted = each.next();
      if (counted.getValue() > 0) {
        Line unused = writer.add(told(counted.getKey(), counted.getValue(), now), Line.Kind.TOLD);
        counted.setValue(0L);
      }
    }
  }

  private byte[] told(Place place, long count, Instant now) {
    RecordLine.begin(line, word(place.outcome()), now)
        .number(Field.COUNT, count)
        .text(Field.REASON, place.why());
    if (!place.budget().isEmpty()) {
      line.text(Field.BUDGET, place.budget());
    }
    return line.text(Field.SCOPE, place.scope()).endOpen();
  }

  @Override
  public synchronized void close() {
    tellAll();
    writer.flush();
  }
}
