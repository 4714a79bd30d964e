package dev.purser.core.pipeline;

import dev.purser.api.ModelId;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Models that think before they write, inside the output cap. Cut to a few tokens they are billed for
 * thoughts and answer nothing (OpenAI, "Reasoning models": reserve room for reasoning tokens).
 */
final class ReasoningModels {

  /** How many times the least useful answer of another model one of theirs is. */
  private static final int TIMES = 8;

  private static final Pattern NAMES = Pattern.compile(
      "(?:.*/)?(?:o\\d(?:-.*)?|gpt-(?:[5-9]|[12]\\d).*|.*reason.*|.*think.*|deepseek-r\\d.*"
          + "|qwq.*|magistral.*|gpt-oss.*|gemini-(?:2\\.5|[3-9]).*)");

  private ReasoningModels() {}

  /** Returns the least useful output of a model in tokens, from that of one that does not think. */
  static long leastUseful(ModelId model, long plain) {
    return thinks(model) ? TIMES * plain : plain;
  }

  /** Whether a model thinks unasked. */
  static boolean thinks(ModelId model) {
    return NAMES.matcher(model.name().toLowerCase(Locale.ROOT)).matches();
  }
}
