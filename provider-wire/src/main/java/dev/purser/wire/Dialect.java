package dev.purser.wire;

import dev.purser.api.Denial;
import dev.purser.api.Refusal;
import org.jspecify.annotations.Nullable;

/** One API of a provider. Stateless and safe for use by several threads. */
public interface Dialect {

  /** Returns the API's name, such as {@code openai.chat.completions}. */
  String name();

  /**
   * Whether a model converses here, so that one may stand in for another: an embedding of one model is of
   * no use beside those of another, and no picture comes from a model that writes.
   */
  default boolean isConversation() {
    return false;
  }

  /** Whether a request of this shape may be a call, so that its body is worth reading. */
  boolean speaks(String method, String host, String path);

  /**
   * Reads a request.
   *
   * @return the call, or null if the body is none of this API
   */
  @Nullable WireCall read(WireRequest request);

  /** Returns the JSON body of an answer that refuses a call, in the API's own error shape. */
  String refusalBody(Refusal refusal);

  /** Returns the JSON body of an answer that denies a call, in the API's own error shape. */
  String denialBody(Denial denial);
}
