package dev.purser.core.emit;

import dev.purser.api.Alert;
import dev.purser.api.ControlRecord;
import dev.purser.api.Denial;
import dev.purser.api.Exchange;
import dev.purser.api.Refusal;
import dev.purser.api.SpendRecord;
import dev.purser.api.Usd;
import dev.purser.spi.AlertSink;
import dev.purser.spi.RecordSink;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Logs records to {@code dev.purser.records} and alerts to {@code dev.purser.alerts}: settled calls
 * at DEBUG, refused, denied, observed and unmetered ones, and what somebody did, at INFO, charges
 * without an answer and alerts at WARN. Each is one line, whatever the names, models and reasons in
 * it are. Prompts and answers are never logged, even if they are recorded.
 */
public final class Slf4jSink implements RecordSink, AlertSink {

  /** What would break a line or steer a terminal. */
  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

  private final Logger records;
  private final Logger alerts;

  /** Logs to the two loggers named above. */
  public Slf4jSink() {
    this(
        LoggerFactory.getLogger("dev.purser.records"),
        LoggerFactory.getLogger("dev.purser.alerts"));
  }

  Slf4jSink(Logger records, Logger alerts) {
    this.records = records;
    this.alerts = alerts;
  }

  @Override
  public void accept(SpendRecord record) {
    Level level = level(record.outcome());
    if (!records.isEnabledForLevel(level)) {
      return; // most calls settle, which is logged at DEBUG
    }
    log(
        records,
        level,
        "{} {} {}{} {} cost ${} of ${} {}{}{}",
        record.id(),
        record.outcome(),
        record.requested(),
        route(record),
        record.attribution(),
        Usd.ofNanos(record.costNanoUsd()),
        Usd.ofNanos(record.reservedNanoUsd()),
        record.usage(),
        seen(record.exchange()),
        why(record));
  }

  private static String route(SpendRecord record) {
    String why = record.routing() == null ? "" : " (" + record.routing() + ")";
    return record.model().equals(record.requested()) ? "" : " -> " + record.model() + why;
  }

  private static String seen(Exchange exchange) {
    StringBuilder seen = new StringBuilder();
    say(seen, "attempt", exchange.attempt() > 1 ? exchange.attempt() : null);
    say(seen, "status", exchange.status() == 0 ? null : exchange.status());
    say(seen, "latency", millis(exchange.latency()));
    say(seen, "first chunk", millis(exchange.firstChunk()));
    say(seen, "finish", exchange.finishReason());
    say(seen, "error", exchange.errorType());
    return seen.toString();
  }

  private static void say(StringBuilder line, String name, @Nullable Object value) {
    if (value != null) {
      line.append(' ').append(name).append(' ').append(value);
    }
  }

  private static @Nullable String millis(@Nullable Duration time) {
    return time == null ? null : time.toMillis() + " ms";
  }

  /** Logs what somebody did, at INFO. */
  @Override
  public void control(ControlRecord record) {
    log(
        records,
        Level.INFO,
        "{} {} by {}: {} {}",
        record.kind(),
        record.subject(),
        record.by(),
        record.why(),
        record.facts());
  }

  /** All that a line is filled with goes through here: callers choose much of it. */
  private static void log(Logger logger, Level level, String line, Object... parts) {
    if (logger.isEnabledForLevel(level)) {
      logger
          .atLevel(level)
          .log(
              line,
              Stream.of(parts)
                  .map(part -> CONTROLS.matcher(String.valueOf(part)).replaceAll(" "))
                  .toArray());
    }
  }

  private static String why(SpendRecord record) {
    Denial denial = record.denial();
    if (denial != null) {
      return " " + denial.message();
    }
    Refusal refusal = record.refusal();
    if (refusal == null) {
      return record.reason() == null ? "" : " " + record.reason();
    }
    return record.outcome() == SpendRecord.Outcome.OBSERVED
        ? " made all the same, although: " + refusal.message()
        : " " + refusal.message();
  }

  private static Level level(SpendRecord.Outcome outcome) {
    return switch (outcome) {
      case SETTLED, RELEASED -> Level.DEBUG;
      case REFUSED, DENIED, OBSERVED, UNMETERED, CORRECTED, ESTIMATED, WRITTEN_OFF -> Level.INFO;
      case ABANDONED -> Level.WARN;
    };
  }

  @Override
  public void accept(Alert alert) {
    log(alerts, Level.WARN, "{} {}: {}", alert.kind(), alert.subject(), alert.message());
  }

  @Override
  public void close() {
    // Loggers are not ours to close.
  }
}
