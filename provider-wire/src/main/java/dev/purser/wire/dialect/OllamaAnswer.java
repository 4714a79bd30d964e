package dev.purser.wire.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.wire.answer.Counts;
import dev.purser.wire.answer.Findings;
import dev.purser.wire.answer.FindingsReader;
import dev.purser.wire.json.Pick;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads answers of Ollama's: one object, or several of which the last is {@code done}. Older versions left
 * {@code prompt_eval_count} away where the prompt was in the cache: then the input is not known, and it is
 * not zero. To load a model or to let go of it reads and writes nothing.
 */
final class OllamaAnswer extends FindingsReader {

  private static final Pick PICK = Pick.of(
          "model", "error", "done", "done_reason", "prompt_eval_count", "eval_count")
      .showing("response", "thinking", "message.content", "message.thinking", "message.tool_calls");

  private static final Set<String> NOTHING = Set.of("load", "unload");

  OllamaAnswer(String provider) {
    super(new Findings(provider), PICK);
  }

  @Override
  public void read(JsonNode piece) {
    findings.model(piece.path("model"));
    if (piece.path("error").isTextual() || piece.path("error").isObject()) {
      findings.error();
    }
    JsonNode input = piece.path("prompt_eval_count");
    JsonNode output = piece.path("eval_count");
    findings.notes().finished(piece.path("done_reason"));
    boolean done = piece.path("done").asBoolean();
    if (NOTHING.contains(piece.path("done_reason").asText())) {
      findings.usage(Usage.NONE);
    } else if (Counts.isStated(input)) {
      findings.usage(read(input, output));
    } else if (Counts.isStated(output)) {
      findings.usageSoFar(read(input, output), false, true);
    }
    if (done) {
      findings.over();
    }
  }

  private static @Nullable Usage read(JsonNode input, JsonNode output) {
    Counts counts = new Counts();
    Usage.Builder kinds = Usage.builder()
        .add(UsageKind.INPUT, counts.of(input))
        .add(UsageKind.OUTPUT, counts.of(output));
    return counts.plausible() ? kinds.build() : null;
  }
}
