package dev.purser.wire.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.wire.answer.Findings;
import dev.purser.wire.answer.FindingsReader;
import dev.purser.wire.json.Pick;
import java.util.function.BiConsumer;

/** Reads answers of APIs that never stream: all that matters stands in one object. */
final class OneAnswer extends FindingsReader {

  private final BiConsumer<JsonNode, Findings> teller;

  /**
   * Creates a reader.
   *
   * @param pick what of the answer is wanted
   * @param teller takes that and says what it means
   */
  OneAnswer(Findings findings, Pick pick, BiConsumer<JsonNode, Findings> teller) {
    super(findings, pick);
    this.teller = teller;
  }

  @Override
  public void read(JsonNode piece) {
    teller.accept(piece, findings);
  }
}
