package dev.purser.telemetry;

import static dev.purser.telemetry.Label.ANSWERED_BY;
import static dev.purser.telemetry.Label.BUDGET;
import static dev.purser.telemetry.Label.ENDPOINT;
import static dev.purser.telemetry.Label.ERROR_TYPE;
import static dev.purser.telemetry.Label.KIND;
import static dev.purser.telemetry.Label.REASON;
import static dev.purser.telemetry.Label.TOKEN_TYPE;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is measured: its names, its unit, and what it is counted apart by besides what all are. */
@SuppressWarnings("ImmutableEnumChecker") // the lists are copies
enum Meter {
  TOKENS(
      GenAi.TOKEN_USAGE,
      "purser.tokens",
      Kind.SIZES,
      "{token}",
      "tokens",
      "Tokens of a call by its answer, read or written",
      TOKEN_TYPE,
      ANSWERED_BY),
  DURATION(
      GenAi.OPERATION_DURATION,
      "purser.call.duration",
      Kind.TIMES,
      "s",
      null,
      "From the admission of a call to its end",
      ANSWERED_BY,
      ERROR_TYPE),
  FIRST_CHUNK(
      GenAi.TIME_TO_FIRST_CHUNK,
      "purser.call.first.chunk",
      Kind.TIMES,
      "s",
      null,
      "From the admission of a stream to its first part",
      ANSWERED_BY),
  CALLS("purser.calls", "purser.calls", Kind.COUNT, "{call}", null, "What happened to calls"),
  USAGE(
      "purser.usage",
      "purser.usage",
      Kind.COUNT,
      "{unit}",
      "units",
      "What answers say that providers bill by, each unit in one kind",
      KIND),
  COST(
      "purser.cost",
      "purser.cost",
      Kind.SIGNED_MONEY,
      "USD",
      "usd",
      "What was charged, less what was taken back; a statistic"),
  COST_EXACT(
      "purser.cost.nano_usd",
      null,
      Kind.SIGNED_NANO_USD,
      "{nano_USD}",
      null,
      "What was charged, less what was taken back, to the nano-dollar"),
  RESERVED(
      "purser.reserved",
      "purser.reserved",
      Kind.MONEY,
      "USD",
      "usd",
      "What was held for calls that have ended; a statistic"),
  REFUSALS(
      "purser.refusals",
      "purser.refusals",
      Kind.COUNT,
      "{call}",
      null,
      "Calls that no budget could carry",
      REASON,
      BUDGET),
  OBSERVED(
      "purser.observed",
      "purser.observed",
      Kind.COUNT,
      "{call}",
      null,
      "Calls that were made, although a budget that only observes could not carry them",
      REASON,
      BUDGET),
  DENIALS(
      "purser.denials",
      "purser.denials",
      Kind.COUNT,
      "{call}",
      null,
      "Calls that a key or a freeze stood against",
      REASON),
  ABANDONED(
      "purser.abandoned",
      "purser.abandoned",
      Kind.COUNT,
      "{call}",
      null,
      "Calls charged at their reserved amount, because nobody said what they used",
      REASON),
  ESTIMATED(
      "purser.estimated",
      "purser.estimated",
      Kind.COUNT,
      "{call}",
      null,
      "Calls charged by what was seen of their answer",
      REASON),
  UNMETERED(
      "purser.unmetered",
      "purser.unmetered",
      Kind.COUNT,
      "{call}",
      null,
      "Calls that passed without being counted",
      REASON,
      ENDPOINT);

  /** What a measured value is, and what becomes of it. */
  enum Kind {
    /** How often, never less than before. */
    COUNT,
    /** Nano-dollars, told in dollars, never less than before. */
    MONEY,
    /** Nano-dollars, told in dollars. */
    SIGNED_MONEY,
    /** Nano-dollars. */
    SIGNED_NANO_USD,
    /** One size for each call. */
    SIZES,
    /** Nanoseconds, one time for each call. */
    TIMES
  }

  private final String metric;
  private final @Nullable String micrometer;
  private final Kind kind;
  private final String unit;
  private final @Nullable String baseUnit;
  private final String description;
  private final List<Label> own;

  Meter(
      String metric,
      @Nullable String micrometer,
      Kind kind,
      String unit,
      @Nullable String baseUnit,
      String description,
      Label... own) {
    this.metric = metric;
    this.micrometer = micrometer;
    this.kind = kind;
    this.unit = unit;
    this.baseUnit = baseUnit;
    this.description = description;
    this.own = List.of(own);
  }

  /** Returns the name as a metric of OpenTelemetry. */
  String metric() {
    return metric;
  }

  /** Returns the name as a meter of Micrometer, or null if it is none there. */
  @Nullable String micrometer() {
    return micrometer;
  }

  Kind kind() {
    return kind;
  }

  /** Returns the unit as OpenTelemetry writes it. */
  String unit() {
    return unit;
  }

  /** Returns the unit as Micrometer writes it, or null where the name or the kind says it. */
  @Nullable String baseUnit() {
    return baseUnit;
  }

  String description() {
    return description;
  }

  /** Returns the labels that this meter has besides the common ones. */
  List<Label> own() {
    return own;
  }
}
