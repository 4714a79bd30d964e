package dev.purser.wire.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.wire.answer.Counts;
import dev.purser.wire.answer.Findings;
import dev.purser.wire.answer.FindingsReader;
import dev.purser.wire.json.Pick;
import org.jspecify.annotations.Nullable;

/** Reads how many pages were read of a document. */
final class OcrAnswer extends FindingsReader {

  private static final Pick PICK = Pick.of("model", "usage_info", "error");

  /**
   * Creates a reader.
   *
   * @param provider the provider known by its host, or null
   */
  OcrAnswer(@Nullable String provider) {
    super(new Findings(provider), PICK);
  }

  @Override
  public void text(byte[] bytes, int from, int to, boolean first) {}

  @Override
  public void read(JsonNode piece) {
    findings.model(piece.path("model"));
    if (piece.path("error").isObject() || piece.path("error").isTextual()) {
      findings.error();
    }
    JsonNode pages = piece.path("usage_info").path("pages_processed");
    if (Counts.isStated(pages)) {
      Counts counts = new Counts();
      long read = counts.of(pages);
      findings.usage(
          counts.plausible() ? Usage.builder().add(UsageKind.PAGE, read).build() : null);
    }
  }
}
