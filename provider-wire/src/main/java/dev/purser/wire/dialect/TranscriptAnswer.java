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
 * Reads texts of recordings, billed by tokens or by the seconds of sound, as their usage says; in one
 * that states none, but how long the recording is, by that. Plain text and subtitles say nothing.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/audio/json-object">OpenAI: usage by
 *     tokens and by duration</a>
 * @see <a href="https://console.groq.com/docs/speech-to-text">Groq: at least ten seconds are billed</a>
 */
final class TranscriptAnswer extends FindingsReader {

  private static final Pick PICK =
      Pick.of("type", "model", "usage", "duration", "error").showing("text", "delta");

  private static final long GROQ_LEAST = 10;

  private final @Nullable String provider;

  /**
   * Creates a reader.
   *
   * @param provider the provider known by its host, or null
   */
  TranscriptAnswer(@Nullable String provider) {
    super(new Findings(provider), PICK);
    this.provider = provider;
  }

  @Override
  public boolean takesAnything() {
    return true;
  }

  @Override
  public void read(JsonNode piece) {
    findings.model(piece.path("model"));
    String type = piece.path("type").asText("");
    if (piece.path("error").isObject() || piece.path("error").isTextual() || type.equals("error")) {
      findings.error();
    }
    JsonNode usage = piece.path("usage");
    JsonNode seconds = Counts.first(usage.path("seconds"), piece.path("duration"));
    if (ChatUsage.says(usage) && usage.isObject()) {
      findings.usage(ChatUsage.read(usage));
      findings.cost(ProviderCost.of(provider, usage));
    } else if (seconds.isNumber()) { // in an answer without usage some write "3.5"
      Counts counts = new Counts();
      long billed = counts.roundedUp(seconds);
      findings.usage(counts.plausible() ? ofSeconds(billed) : null);
      findings.cost(ProviderCost.of(provider, usage));
    }
    if (type.endsWith(".done")) {
      findings.over();
    }
  }

  private Usage ofSeconds(long seconds) {
    long billed = "groq".equals(provider) ? Math.max(seconds, GROQ_LEAST) : seconds;
    return Usage.builder().add(UsageKind.SECOND, billed).build();
  }

  @Override
  public boolean isLast(String text) {
    return text.strip().equals("[DONE]");
  }
}
