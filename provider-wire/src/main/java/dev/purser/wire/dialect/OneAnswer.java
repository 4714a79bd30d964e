package dev.purser.wire.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.wire.Meter;
import dev.purser.wire.answer.AnswerReader;
import dev.purser.wire.answer.Findings;
import dev.purser.wire.json.Pick;
import java.util.function.BiConsumer;

/** Reads answers of APIs that never stream: all that matters stands in one object. */
final class OneAnswer implements AnswerReader {

  private final Findings findings;
  private final Pick pick;
  private final BiConsumer<JsonNode, Findings> teller;

  /**
   * Creates a reader.
   *
   * @param pick what of the answer is wanted
   * @param teller takes that and says what it means
   */
  OneAnswer(Findings findings, Pick pick, BiConsumer<JsonNode, Findings> teller) {
    this.findings = findings;
    this.pick = pick;
    this.teller = teller;
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
    teller.accept(piece, findings);
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
