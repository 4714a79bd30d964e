package dev.purser.api;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of a call besides its cost.
 *
 * @param attempt which attempt it was, from 1: whoever retries makes another call
 * @param stream whether the answer was asked for in parts
 * @param latency from the admission to the end, or null if it was not made
 * @param firstChunk from the admission to the first part of the answer, or null if none was seen
 * @param status the HTTP status, or 0 if nobody said
 * @param errorType a class of errors, or null
 * @param finishReason why the model stopped, in the provider's word, or null
 * @param prompt what was sent, redacted and cut; null unless asked for
 * @param answer what was answered, redacted and cut; null unless asked for
 */
public record Exchange(
    int attempt,
    boolean stream,
    @Nullable Duration latency,
    @Nullable Duration firstChunk,
    int status,
    @Nullable String errorType,
    @Nullable String finishReason,
    @Nullable String prompt,
    @Nullable String answer) {

  /** Nothing was seen. */
  public static final Exchange NONE = asked(1, false);

  /** Returns what there is to know of a call that was not made. */
  public static Exchange asked(int attempt, boolean stream) {
    return new Exchange(attempt, stream, null, null, 0, null, null, null, null);
  }

  /** Leaves prompt and answer out, which nobody may see by accident. */
  @Override
  public String toString() {
    return "Exchange attempt " + attempt + (stream ? " stream" : "") + " status " + status
        + " latency " + latency + " first chunk " + firstChunk + " error " + errorType + " finish "
        + finishReason;
  }
}
