package dev.purser.wire.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.wire.answer.Counts;
import dev.purser.wire.answer.Findings;
import dev.purser.wire.answer.FindingsReader;
import dev.purser.wire.json.Pick;
import org.jspecify.annotations.Nullable;

/**
 * Reads speech: sound, of which the characters that were read are billed however much of it is heard, or
 * events, of which the last states tokens of text and of sound.
 */
final class SpeechAnswer extends FindingsReader {

  private static final Pick PICK = Pick.of("type", "usage", "error");

  /**
   * Creates a reader.
   *
   * @param provider the provider known by its host, or null
   * @param characters how many are billed; 0 for a model that is billed by tokens
   */
  SpeechAnswer(@Nullable String provider, long characters) {
    super(new Findings(provider), PICK);
    if (characters > 0) {
      findings.usage(Usage.builder().add(UsageKind.CHARACTER, characters).build());
    } else {
      findings.hidden(); // nobody can tell the tokens of sound by its bytes
    }
  }

  @Override
  public boolean takesAnything() {
    return true;
  }

  @Override
  public void text(byte[] bytes, int from, int to, boolean first) {}

  @Override
  public void read(JsonNode piece) {
    String type = piece.path("type").asText("");
    if (piece.path("error").isObject() || type.equals("error")) {
      findings.error();
    }
    JsonNode usage = piece.path("usage");
    if (usage.isObject() && ChatUsage.says(usage)) {
      Counts counts = new Counts();
      Usage.Builder kinds = Usage.builder()
          .add(UsageKind.INPUT, counts.of(usage.path("input_tokens")))
          .add(UsageKind.OUTPUT_AUDIO, counts.of(usage.path("output_tokens")));
      findings.usage(counts.plausible() ? kinds.build() : null);
    }
    if (type.endsWith(".done")) {
      findings.over();
    }
  }

  @Override
  public boolean isLast(String text) {
    return text.strip().equals("[DONE]");
  }
}
