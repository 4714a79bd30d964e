package dev.purser.wire.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.wire.answer.Notes;
import java.util.List;

/** Where the families of models on Bedrock say why they stopped to write. */
final class BedrockReasons {

  private static final List<String> NAMES =
      List.of("stop_reason", "stopReason", "finish_reason", "completionReason");

  /** One element for each answer. */
  private static final List<String> ANSWERS =
      List.of("choices", "outputs", "results", "generations");

  private BedrockReasons() {}

  static void read(JsonNode piece, Notes notes) {
    own(piece, notes);
    own(piece.path("messageStop"), notes);
    for (String answers : ANSWERS) {
      piece.path(answers).forEach(each -> own(each, notes));
    }
    piece
        .path("completions")
        .forEach(each -> notes.finished(each.path("finishReason").path("reason")));
  }

  private static void own(JsonNode said, Notes notes) {
    for (String name : NAMES) {
      notes.finished(said.path(name));
    }
  }
}
