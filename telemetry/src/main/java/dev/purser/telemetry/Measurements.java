package dev.purser.telemetry;

import dev.purser.api.AbandonReason;
import dev.purser.api.Attribution;
import dev.purser.api.Denial;
import dev.purser.api.Exchange;
import dev.purser.api.ModelId;
import dev.purser.api.Refusal;
import dev.purser.api.SpendRecord;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.api.UsageSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the numbers out of records, for either library. Safe for use by several threads: guards that
 * share a sink have one each.
 *
 * <p>A call may have several records: one that was charged its reserved amount may be corrected,
 * released, estimated or written off later. Each record tells what it adds to what was spent, so all
 * count for the cost. Usage counts where an answer or what was seen of it says it, which of a call's
 * records at most one does: the bound that an abandoned call is charged by is no usage. Times and what
 * was reserved count with the first ending alone.
 */
final class Measurements {

  private static final String LEASE_ENDED = word(AbandonReason.LEASE_ENDED);

  private final List<Label> common;
  private final Bounds bounds;
  private final Bills bills = new Bills();

  Measurements(TelemetryLabels choice) {
    this.common = choice.common();
    this.bounds = new Bounds(choice.values());
  }

  /** Returns what a record tells. */
  synchronized List<Measurement> of(SpendRecord record) {
    Told told = new Told(common(record));
    told.add(Meter.CALLS, 1);
    happened(record, told);
    money(record, told);
    used(record, told);
    times(record, told);
    return told.measured;
  }

  private final class Told {
    private final Map<Label, String> common;
    private final List<Measurement> measured = new ArrayList<>();

    Told(Map<Label, String> common) {
      this.common = common;
    }

    void add(Meter meter, long value) {
      add(meter, value, Map.of());
    }

    void add(Meter meter, long value, Map<Label, String> own) {
      Map<Label, String> labels = new EnumMap<>(common);
      labels.putAll(own);
      measured.add(new Measurement(meter, value, bounds.within(meter, labels)));
    }
  }

  private Map<Label, String> common(SpendRecord record) {
    Map<Label, String> labels = new EnumMap<>(Label.class);
    Attribution who = record.attribution();
    put(labels, Label.OUTCOME, word(record.outcome()));
    put(labels, Label.PROVIDER, record.model().provider());
    put(labels, Label.MODEL, record.model().name());
    put(labels, Label.TEAM, who.team());
    put(labels, Label.TASK_CLASS, who.taskClass());
    if (!isEndpoint(record.api())) {
      put(labels, Label.API, record.api());
      put(labels, Label.OPERATION, GenAi.operation(record.api()));
    }
    put(labels, Label.KEY, who.key());
    put(labels, Label.USER, who.user());
    labels.keySet().retainAll(common);
    return labels;
  }

  /** Whether what stands for an API is a path, of which there may be one for each request. */
  private static boolean isEndpoint(String api) {
    return api.indexOf('/') >= 0;
  }

  private static void happened(SpendRecord record, Told told) {
    Map<Label, String> why = new EnumMap<>(Label.class);
    put(why, Label.REASON, record.reason());
    switch (record.outcome()) {
      case REFUSED -> told.add(Meter.REFUSALS, 1, refusal(record.refusal()));
      case OBSERVED -> told.add(Meter.OBSERVED, 1, refusal(record.refusal()));
      case DENIED -> {
        Denial denial = record.denial();
        put(why, Label.REASON, denial == null ? null : word(denial.reason()));
        told.add(Meter.DENIALS, 1, why);
      }
      case ABANDONED -> told.add(Meter.ABANDONED, 1, why);
      case ESTIMATED -> told.add(Meter.ESTIMATED, 1, why);
      case UNMETERED -> {
        put(why, Label.ENDPOINT, record.api());
        told.add(Meter.UNMETERED, 1, why);
      }
      case SETTLED, CORRECTED, RELEASED, WRITTEN_OFF -> {}
    }
  }

  private static Map<Label, String> refusal(@Nullable Refusal refusal) {
    Map<Label, String> why = new EnumMap<>(Label.class);
    if (refusal != null) {
      put(why, Label.REASON, word(refusal.reason()));
      put(why, Label.BUDGET, refusal.budget());
    }
    return why;
  }

  private static void money(SpendRecord record, Told told) {
    if (record.spentNanoUsd() != 0) {
      told.add(Meter.COST, record.spentNanoUsd());
      told.add(Meter.COST_EXACT, record.spentNanoUsd());
    }
    if (isFirstEnding(record) && record.reservedNanoUsd() > 0) {
      told.add(Meter.RESERVED, record.reservedNanoUsd());
    }
  }

  /**
   * Whether the call had not been charged before. A free call, which takes nothing back, cannot tell;
   * it counts as one that had not.
   */
  private static boolean isFirstEnding(SpendRecord record) {
    return switch (record.outcome()) {
      case SETTLED, ABANDONED -> true;
      case RELEASED -> record.spentNanoUsd() == 0;
      case ESTIMATED -> record.spentNanoUsd() == record.costNanoUsd();
      case CORRECTED, WRITTEN_OFF, REFUSED, DENIED, OBSERVED, UNMETERED -> false;
    };
  }

  private void used(SpendRecord record, Told told) {
    UsageSource source = record.usageSource();
    if (source != UsageSource.REPORTED && source != UsageSource.ESTIMATED) {
      return;
    }
    Usage usage = bills.news(record);
    tokens(record, told, "input", usage.inputTokens());
    tokens(record, told, "output", usage.outputTokens());
    for (UsageKind kind : UsageKind.values()) {
      if (usage.count(kind) > 0) {
        told.add(Meter.USAGE, usage.count(kind), Map.of(Label.KIND, word(kind)));
      }
    }
  }

  private static void tokens(SpendRecord record, Told told, String type, long tokens) {
    if (tokens > 0) {
      Map<Label, String> own = answeredBy(record);
      own.put(Label.TOKEN_TYPE, type);
      told.add(Meter.TOKENS, tokens, own);
    }
  }

  private static void times(SpendRecord record, Told told) {
    // Nobody saw the end of a call whose lease was over first.
    if (!isFirstEnding(record) || LEASE_ENDED.equals(record.reason())) {
      return;
    }
    Exchange seen = record.exchange();
    Map<Label, String> own = answeredBy(record);
    if (seen.stream()) {
      time(told, Meter.FIRST_CHUNK, seen.firstChunk(), own);
    }
    put(own, Label.ERROR_TYPE, error(seen));
    time(told, Meter.DURATION, seen.latency(), own);
  }

  private static void time(
      Told told, Meter meter, @Nullable Duration time, Map<Label, String> own) {
    if (time != null && !time.isNegative()) {
      told.add(meter, nanos(time), own);
    }
  }

  private static long nanos(Duration time) {
    return time.toSeconds() >= Long.MAX_VALUE / 1_000_000_000 ? Long.MAX_VALUE : time.toNanos();
  }

  private static @Nullable String error(Exchange seen) {
    if (seen.errorType() != null) {
      return seen.errorType();
    }
    return seen.status() >= 400 ? Integer.toString(seen.status()) : null;
  }

  private static Map<Label, String> answeredBy(SpendRecord record) {
    Map<Label, String> own = new EnumMap<>(Label.class);
    ModelId answered = record.answered();
    put(own, Label.ANSWERED_BY, answered == null ? null : answered.name());
    return own;
  }

  private static void put(Map<Label, String> labels, Label label, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      labels.put(label, value);
    }
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
