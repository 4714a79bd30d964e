package dev.purser.core.emit;

import dev.purser.api.Alert;
import dev.purser.api.ControlRecord;
import dev.purser.api.Denial;
import dev.purser.api.Refusal;
import dev.purser.api.SpendRecord;
import dev.purser.api.Usd;
import dev.purser.spi.AlertSink;
import dev.purser.spi.RecordSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Logs records to {@code dev.purser.records} and alerts to {@code dev.purser.alerts}: settled calls
 * at DEBUG, refused, denied, observed and unmetered ones, and what somebody did, at INFO, charges without an answer and alerts at
 * WARN.
 */
public final class Slf4jSink implements RecordSink, AlertSink {

  private static final Logger RECORDS = LoggerFactory.getLogger("dev.purser.records");
  private static final Logger ALERTS = LoggerFactory.getLogger("dev.purser.alerts");

  @Override
  public void accept(SpendRecord record) {
    RECORDS
        .atLevel(level(record.outcome()))
        .log(
            "{} {} {} {} cost ${} of ${} {}{}",
            record.id(),
            record.outcome(),
            record.requested(),
            record.attribution(),
            Usd.ofNanos(record.costNanoUsd()),
            Usd.ofNanos(record.reservedNanoUsd()),
            record.usage(),
            why(record));
  }

  /** Logs what somebody did, at INFO. */
  @Override
  public void control(ControlRecord record) {
    RECORDS.info(
        "{} {} by {}: {} {}",
        record.kind(),
        record.subject(),
        record.by(),
        record.why(),
        record.facts());
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
      case REFUSED, DENIED, OBSERVED, UNMETERED, CORRECTED, WRITTEN_OFF -> Level.INFO;
      case ABANDONED -> Level.WARN;
    };
  }

  @Override
  public void accept(Alert alert) {
    ALERTS.warn("{} {}: {}", alert.kind(), alert.subject(), alert.message());
  }

  @Override
  public void close() {
    // Loggers are not ours to close.
  }
}
