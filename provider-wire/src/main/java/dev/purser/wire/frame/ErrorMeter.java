package dev.purser.wire.frame;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.wire.Meter;
import dev.purser.wire.Remarks;
import dev.purser.wire.WireCall.AnswerHead;
import dev.purser.wire.answer.Notes;
import dev.purser.wire.json.Pick;
import dev.purser.wire.json.Picker;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Passes an answer that costs nothing because it reports an error, and reads what the provider calls it:
 * in a header of AWS's, or in a JSON body, whether or not the error is an object of its own there.
 */
final class ErrorMeter implements Meter, Remarks {

  private static final String AWS = "x-amzn-errortype";
  private static final String[] WORDS = {"code", "type", "__type", "status", "error_code"};
  private static final Pick PICK =
      Pick.of(Stream.concat(Stream.of(WORDS), Stream.of(WORDS).map(word -> "error." + word))
          .toArray(String[]::new));

  private final Picker picker = new Picker(PICK, (bytes, from, to, first) -> {});
  private @Nullable String type;

  ErrorMeter(AnswerHead head) {
    String stated = head.headers().apply(AWS);
    type = stated == null ? null : Notes.word(stated.split("[:;]", 2)[0].strip());
  }

  @Override
  public void accept(byte[] bytes, int offset, int length, Output output) {
    output.write(bytes, offset, length);
    if (type != null || picker.done() || picker.broken()) {
      return;
    }
    picker.scan(bytes, offset, offset + length);
    if (picker.done()) {
      JsonNode picked = picker.picked();
      JsonNode said = picked.isArray() ? picked.path(0) : picked; // so Google's streams begin
      String inner = Notes.errorType(said.path("error"));
      type = inner == null ? Notes.errorType(said) : inner;
    }
  }

  @Override
  public void end(Output output) {}

  @Override
  public Reading reading() {
    return new Reading(true, null, null);
  }

  @Override
  public Remarks remarks() {
    return this;
  }

  @Override
  public @Nullable String errorType() {
    return type;
  }
}
