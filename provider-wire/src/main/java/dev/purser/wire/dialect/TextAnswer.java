package dev.purser.wire.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.wire.answer.Findings;
import dev.purser.wire.answer.FindingsReader;
import dev.purser.wire.json.Pick;
import org.jspecify.annotations.Nullable;

/** Reads answers that count nothing: what they cost is bounded by their text. */
final class TextAnswer extends FindingsReader {

  private final String end;

  /**
   * Creates a reader.
   *
   * @param provider the provider known by its host, or null
   * @param text the field of the text
   * @param end the field that is a string as soon as all of the text was written
   */
  TextAnswer(@Nullable String provider, String text, String end) {
    super(new Findings(provider), Pick.of("id", "model", "error", end).showing(text));
    this.end = end;
  }

  @Override
  public void read(JsonNode piece) {
    findings.id(piece.path("id"));
    findings.model(piece.path("model"));
    if (piece.path("error").isObject()) {
      findings.error(piece.path("error"));
    } else if (piece.path(end).isTextual()) {
      findings.notes().finished(piece.path(end));
      findings.over();
    }
  }
}
