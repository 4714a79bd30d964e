package dev.purser.junit;

import dev.purser.api.Ceiling;
import dev.purser.api.SpendRecord;
import dev.purser.api.Usd;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was spent, by which calls, on which models.
 *
 * @param nanoUsd nano-dollars
 * @param tokens read and written
 * @param requests how many calls were charged
 * @param calls what is known of each, in the order of their ends
 * @param refusals a sentence for each call that was refused
 * @param unmetered a sentence for each call that left without being counted
 */
record Spending(
    long nanoUsd,
    long tokens,
    long requests,
    List<SpendRecord> calls,
    List<String> refusals,
    List<String> unmetered) {

  private static final int MOST_LISTED = 20;

  static Spending of(Ceiling ceiling) {
    return new Spending(
        ceiling.spent().nanos(),
        ceiling.tokens(),
        ceiling.requests(),
        ceiling.calls(),
        ceiling.refused().stream()
            .map(call -> call.model() + ": " + call.refusal().message())
            .toList(),
        ceiling.unmetered().stream()
            .map(call -> call.endpoint() + ": " + call.why())
            .toList());
  }

  static Spending of(List<SpendRecord> records) {
    Map<String, SpendRecord> charged = new LinkedHashMap<>();
    List<String> refusals = new ArrayList<>();
    List<String> unmetered = new ArrayList<>();
    long nanoUsd = 0;
    for (SpendRecord record : records) {
      nanoUsd += record.spentNanoUsd();
      switch (record.outcome()) {
        // The last word on a call; one that was not billed is none.
        case RELEASED, WRITTEN_OFF -> charged.remove(record.id());
        case SETTLED, CORRECTED, ABANDONED, ESTIMATED -> charged.put(record.id(), record);
        case REFUSED -> refusals.add(record.requested() + ": " + refusal(record));
        case DENIED -> refusals.add(record.requested() + ": " + denial(record));
        case UNMETERED -> unmetered.add(record.api() + ": " + record.reason());
        case OBSERVED -> {}
      }
    }
    List<SpendRecord> calls = List.copyOf(charged.values());
    long tokens = calls.stream().mapToLong(call -> call.usage().totalTokens()).sum();
    return new Spending(nanoUsd, tokens, calls.size(), calls, refusals, unmetered);
  }

  private static String refusal(SpendRecord record) {
    return record.refusal() == null ? "refused" : record.refusal().message();
  }

  private static String denial(SpendRecord record) {
    return record.denial() == null ? "denied" : record.denial().message();
  }

  boolean isNothing() {
    return requests == 0 && refusals.isEmpty() && unmetered.isEmpty();
  }

  /** Returns what reports of tests show. */
  Map<String, String> entries() {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("purser.usd", usd(nanoUsd).toString());
    entries.put("purser.calls", Long.toString(requests));
    entries.put("purser.tokens", Long.toString(tokens));
    entries.put("purser.refused", Integer.toString(refusals.size()));
    if (!calls.isEmpty()) {
      entries.put("purser.models", String.join(" ", modelNames()));
    }
    return entries;
  }

  /** {@code $0.18 was spent by 2 calls}. */
  String sentence() {
    return "$" + usd(nanoUsd) + " was spent by " + count(requests, "call");
  }

  static Usd usd(long nanoUsd) {
    return Usd.ofNanos(nanoUsd);
  }

  static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  /** The models, then the calls, each on a line of its own. */
  String details() {
    StringBuilder lines = new StringBuilder();
    models().forEach((model, sum) -> lines.append("\n  ").append(sum.line(model)));
    if (calls.size() > 1) {
      list(lines, "calls:", calls.stream().map(Spending::line).toList());
    }
    list(lines, "refused:", refusals);
    list(lines, "not counted:", unmetered);
    return lines.toString();
  }

  private static void list(StringBuilder lines, String title, List<String> entries) {
    if (!entries.isEmpty()) {
      lines.append('\n').append(title);
      entries.stream().limit(MOST_LISTED).forEach(entry -> lines.append("\n  ").append(entry));
      if (entries.size() > MOST_LISTED) {
        lines.append("\n  and ").append(entries.size() - MOST_LISTED).append(" more");
      }
    }
  }

  private static String line(SpendRecord call) {
    String how = switch (call.outcome()) {
      case SETTLED, CORRECTED -> "";
      default -> ", " + call.outcome().name().toLowerCase(Locale.ROOT);
    };
    return call.model()
        + " $"
        + usd(call.costNanoUsd())
        + ", "
        + call.usage().inputTokens()
        + " tokens in, "
        + call.usage().outputTokens()
        + " out"
        + how;
  }

  /** Returns the names of the models that were called. */
  List<String> modelNames() {
    return new ArrayList<>(models().keySet());
  }

  private Map<String, Sum> models() {
    Map<String, Sum> sums = new TreeMap<>();
    for (SpendRecord call : calls) {
      sums.merge(
          call.model().toString(),
          new Sum(
              1, call.costNanoUsd(), call.usage().inputTokens(), call.usage().outputTokens()),
          Sum::plus);
    }
    return sums;
  }

  private record Sum(long calls, long nanoUsd, long input, long output) {

    Sum plus(Sum more) {
      return new Sum(
          calls + more.calls, nanoUsd + more.nanoUsd, input + more.input, output + more.output);
    }

    String line(String model) {
      return model
          + ": "
          + count(calls, "call")
          + ", "
          + input
          + " tokens in, "
          + output
          + " out, $"
          + usd(nanoUsd);
    }
  }
}
