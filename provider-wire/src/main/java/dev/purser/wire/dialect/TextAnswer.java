package dev.purser.wire.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.wire.Meter;
import dev.purser.wire.answer.AnswerReader;
import dev.purser.wire.answer.Findings;
import dev.purser.wire.json.Pick;
import org.jspecify.annotations.Nullable;

/** Reads answers that count nothing: what they cost is bounded by their text. */
final class TextAnswer implements AnswerReader {

  private final Findings findings;
  private final Pick pick;
  private final String end;

  /**
   * Creates a reader.
   *
   * @param provider the provider known by its host, or null
   * @param text the field of the text
   * @param end the field that is a string as soon as all of the text was written
   */
  TextAnswer(@Nullable String provider, String text, String end) {
    findings = new Findings(provider);
    pick = Pick.of("id", "model", "error", end).showing(text);
    this.end = end;
  }

  @Override
  public Pick pick() {
    return pick;
  }

  @Override
  public void text(byte[] bytes, int from, int to, boolean first) {
    findings.visible().add(bytes, from, to, first);
  }

  @Override
  public void read(JsonNode piece) {
    findings.id(piece.path("id"));
    findings.model(piece.path("model"));
    if (piece.path("error").isObject()) {
      findings.error();
    } else if (piece.path(end).isTextual()) {
      findings.over();
    }
  }

  @Override
  public void malformed() {
    findings.malformed();
  }

  @Override
  public Meter.Reading reading(State state) {
    return findings.reading(state);
  }
}
