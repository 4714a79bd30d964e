package dev.purser.core.record;

import dev.purser.api.Attribution;
import dev.purser.api.Denial;
import dev.purser.api.Exchange;
import dev.purser.api.ModelId;
import dev.purser.api.Refusal;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.api.UsageSource;
import dev.purser.spi.Amounts;
import dev.purser.spi.Demand;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Writes what happened to a call. The line is left open, for whoever adds more. */
public final class RecordLine {

  /** The version of the schema; another one only when a field changes its meaning. */
  public static final int VERSION = 1;

  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);
  private static final UsageKind[] KINDS = UsageKind.values();
  private static final String[] KIND_WORDS =
      Arrays.stream(KINDS).map(RecordLine::word).toArray(String[]::new);
  private static final Map<Outcome, String> OUTCOMES = words(Outcome.class);
  private static final Map<UsageSource, String> SOURCES = words(UsageSource.class);

  private RecordLine() {}

  private static <E extends Enum<E>> Map<E, String> words(Class<E> type) {
    Map<E, String> words = new EnumMap<>(type);
    for (E each : type.getEnumConstants()) {
      words.put(each, word(each));
    }
    return words;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** Begins a line. */
  public static JsonLine begin(JsonLine line, String event, Instant at) {
    return line.begin().number(Field.V, VERSION).text(Field.EVENT, event).instant(Field.TIME, at);
  }

  /** Writes that a call holds money. */
  public static JsonLine reserved(JsonLine line, Demand demand) {
    begin(line, "reserved", demand.at()).text(Field.ID, demand.id());
    call(line, demand.at(), demand.api(), demand.attribution(), demand.model());
    line.number(Field.RESERVED, demand.amounts().nanoUsd());
    return amounts(line, Field.HELD, demand.amounts());
  }

  /** Writes a record. */
  public static JsonLine of(JsonLine line, SpendRecord record) {
    begin(line, Objects.requireNonNull(OUTCOMES.get(record.outcome())), record.endedAt())
        .text(Field.ID, record.id());
    call(line, record.startedAt(), record.api(), record.attribution(), record.requested());
    models(line, record);
    usage(line, record);
    line.number(Field.RESERVED, record.reservedNanoUsd())
        .number(Field.COST, record.costNanoUsd())
        .dollars(Field.COST_TEXT, record.costNanoUsd())
        .number(Field.SPENT, record.spentNanoUsd());
    Long computed = record.computedNanoUsd();
    if (computed != null) {
      line.number(Field.COMPUTED, computed);
    }
    line.text(Field.PRICE_TABLE, record.priceTable())
        .flag(Field.PRICE_KNOWN, record.priceKnown())
        .text(Field.REASON, record.reason())
        .text(Field.BILL, record.bill());
    exchange(line, record.exchange());
    Refusal refusal = record.refusal();
    if (refusal != null) {
      refusal(line, refusal, record.outcome() != Outcome.OBSERVED);
    }
    Denial denial = record.denial();
    if (denial != null) {
      denial(line, denial);
    }
    return line;
  }

  /** Writes amounts in all measures. */
  public static JsonLine amounts(JsonLine line, Field name, Amounts amounts) {
    return line.object(name)
        .number(Field.NANO_USD, amounts.nanoUsd())
        .number(Field.INPUT, amounts.inputTokens())
        .number(Field.OUTPUT, amounts.outputTokens())
        .number(Field.REQUESTS, amounts.requests())
        .endObject();
  }

  private static void call(JsonLine line, Instant at, String api, Attribution who, ModelId model) {
    line.instant(Field.STARTED_AT, at).text(Field.API, api);
    if (!line.again(who)) {
      int from = line.length();
      attribution(line, who);
      line.remember(who, from);
    }
    line.text(Field.PROVIDER, model.provider()).text(Field.REQUEST_MODEL, model.name());
  }

  /** Writes whom something is for. */
  public static void attribution(JsonLine line, Attribution who) {
    line.text(Field.KEY, who.key())
        .text(Field.USER, who.user())
        .text(Field.TEAM, who.team())
        .text(Field.SESSION, who.session());
    if (!who.ancestors().isEmpty()) {
      line.texts(Field.PARENTS, who.ancestors());
    }
    line.text(Field.TASK_CLASS, who.taskClass());
    if (!who.tags().isEmpty()) {
      line.object(Field.TAGS);
      for (Map.Entry<String, String> tag : who.tags().entrySet()) {
        line.text(tag.getKey(), tag.getValue());
      }
      line.endObject();
    }
  }

  private static void models(JsonLine line, SpendRecord record) {
    if (!record.model().equals(record.requested())) {
      line.text(Field.ROUTED_PROVIDER, record.model().provider())
          .text(Field.ROUTED_MODEL, record.model().name());
    }
    line.text(Field.ROUTING, record.routing());
    ModelId answered = record.answered();
    if (answered != null) {
      line.text(Field.RESPONSE_MODEL, answered.name());
    }
    line.text(Field.RESPONSE_ID, record.responseId())
        .text(Field.SERVICE_TIER, record.serviceTier());
  }

  private static void usage(JsonLine line, SpendRecord record) {
    Usage usage = record.usage();
    line.number(Field.INPUT_TOKENS, usage.inputTokens())
        .number(Field.OUTPUT_TOKENS, usage.outputTokens())
        .object(Field.USAGE);
    for (int i = 0; i < KINDS.length; i++) {
      long count = usage.count(KINDS[i]);
      if (count > 0) {
        line.number(KIND_WORDS[i], count);
      }
    }
    line.endObject().text(Field.USAGE_SOURCE, SOURCES.get(record.usageSource()));
  }

  private static void exchange(JsonLine line, Exchange exchange) {
    line.number(Field.ATTEMPT, exchange.attempt()).flag(Field.STREAM, exchange.stream());
    Duration latency = exchange.latency();
    if (latency != null) {
      line.millis(Field.LATENCY, nanos(latency));
    }
    Duration firstChunk = exchange.firstChunk();
    if (firstChunk != null) {
      line.millis(Field.FIRST_CHUNK, nanos(firstChunk));
    }
    if (exchange.status() != 0) {
      line.number(Field.STATUS, exchange.status());
    }
    line.text(Field.ERROR_TYPE, exchange.errorType());
    String finish = exchange.finishReason();
    if (finish != null) {
      line.texts(Field.FINISH_REASONS, List.of(finish.split(",", -1)));
    }
    line.text(Field.PROMPT, exchange.prompt()).text(Field.ANSWER, exchange.answer());
  }

  private static long nanos(Duration time) {
    return time.compareTo(LONGEST) > 0 ? Long.MAX_VALUE : time.toNanos();
  }

  private static void refusal(JsonLine line, Refusal refusal, boolean enforced) {
    line.object(Field.REFUSAL)
        .flag(Field.ENFORCED, enforced)
        .text(Field.REASON, word(refusal.reason()))
        .text(Field.BUDGET, refusal.budget())
        .text(Field.SCOPE, refusal.scope())
        .text(Field.OWNER, refusal.owner())
        .text(Field.MESSAGE, refusal.message())
        .endObject();
  }

  private static void denial(JsonLine line, Denial denial) {
    line.object(Field.DENIAL)
        .text(Field.REASON, word(denial.reason()))
        .text(Field.KEY, denial.key())
        .text(Field.OWNER, denial.owner())
        .text(Field.MESSAGE, denial.message())
        .endObject();
  }
}
