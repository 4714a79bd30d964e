package dev.purser.wire.corpus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.purser.api.UsageKind;

/**
 * Compares tokens with {@code expected}. The corpus groups them by what they were, overlapping; ours
 * are disjoint:
 *
 * <ul>
 *   <li>{@code input_total}, {@code output_total}: the sums of all input and of all output kinds;
 *       what tools put into the prompt ({@code tool_prompt_in}) is in the first, as text
 *   <li>{@code cache_read}: the three kinds of cached input; {@code cache_write_1h} is a kind, and all
 *       other written input, without a stated time too, is {@code CACHE_WRITE_5M}
 *   <li>{@code audio_in}, {@code image_in}: cached and not; {@code video_in}: there is no kind for
 *       cached video, which costs what cached text does, so that only the rest of it is video
 *   <li>{@code audio_out}, {@code image_out}: kinds; {@code reasoning}: what these leave of the output
 *       at most, since one recording reports 3 reasoning and 4 audio tokens of 4
 *   <li>{@code input_uncached} of null: the provider's numbers contradict each other; the total holds,
 *       and all of it is cached or written
 * </ul>
 *
 * <p>A null compares as 0. Where {@code extra.all_iterations} says what was used beside the
 * top-level numbers, by advisors or for compaction, that is what all models together must have used.
 */
final class TokenFacts {

  private TokenFacts() {}

  static void compare(Exchange exchange, Totals totals, Disagreements into) {
    JsonNode expected = exchange.expected();
    JsonNode sums = exchange.extra().path("all_iterations").isObject()
        ? sums(exchange.extra().path("iterations"))
        : expected;
    long output = sums.path("output_total").asLong();
    into.check("input_total", sums.path("input_total").asLong(), totals.input());
    into.check("output_total", output, totals.output());
    if (expected.path("input_uncached").isNull()
        && !expected.path("input_total").isNull()) {
      into.check(
          "cached or written of a contradicting input",
          totals.input(),
          totals.cached() + totals.written());
    } else {
      long hour = sums.path("cache_write_1h").asLong();
      into.check("input_uncached", sums.path("input_uncached").asLong(), totals.uncached());
      into.check("cache_read", sums.path("cache_read").asLong(), totals.cached());
      into.check("cache_write_1h", hour, totals.count(UsageKind.CACHE_WRITE_1H));
      into.check(
          "cache_write_5m and no_ttl",
          sums.path("cache_write_total").asLong() - hour,
          totals.count(UsageKind.CACHE_WRITE_5M));
    }
    inputKinds(exchange, totals, into);
    outputKinds(expected, output, totals, into);
  }

  private static JsonNode sums(JsonNode iterations) {
    ObjectNode sums = JsonNodeFactory.instance.objectNode();
    for (JsonNode each : iterations) {
      each.properties().forEach(field -> {
        String name = field.getKey();
        sums.put(name, sums.path(name).asLong() + field.getValue().asLong());
      });
    }
    return sums;
  }

  private static void inputKinds(Exchange exchange, Totals totals, Disagreements into) {
    JsonNode expected = exchange.expected();
    into.check(
        "audio_in",
        expected.path("audio_in").asLong(),
        totals.count(UsageKind.INPUT_AUDIO, UsageKind.CACHE_READ_AUDIO));
    into.check(
        "image_in",
        expected.path("image_in").asLong(),
        totals.count(UsageKind.INPUT_IMAGE, UsageKind.CACHE_READ_IMAGE));
    long cached = exchange.extra().path("cache_read_by_modality").path("VIDEO").asLong();
    into.check(
        "video_in not cached",
        expected.path("video_in").asLong() - cached,
        totals.count(UsageKind.INPUT_VIDEO));
  }

  private static void outputKinds(
      JsonNode expected, long output, Totals totals, Disagreements into) {
    long audio = expected.path("audio_out").asLong();
    long image = expected.path("image_out").asLong();
    into.check("audio_out", audio, totals.count(UsageKind.OUTPUT_AUDIO));
    into.check("image_out", image, totals.count(UsageKind.OUTPUT_IMAGE));
    into.check(
        "reasoning",
        Math.min(expected.path("reasoning").asLong(), output - audio - image),
        totals.count(UsageKind.REASONING));
  }
}
