package dev.purser.langchain4j;

import dev.langchain4j.model.chat.request.ChatRequest;
import dev.purser.api.Attribution;
import java.util.Objects;

/**
 * A request that says whom it is for. Only the wrapped models of this package read that; nothing of it
 * is sent. Parts that it does not state are those of the thread's scope.
 *
 * <p>Immutable. {@code toBuilder()} makes a request without attribution.
 */
public final class AttributedChatRequest extends ChatRequest {

  private final Attribution attribution;

  private AttributedChatRequest(ChatRequest request, Attribution attribution) {
    super(request.toBuilder());
    this.attribution = Objects.requireNonNull(attribution, "attribution");
  }

  /** Returns a request with an attribution; one that has some already keeps what is not stated anew. */
  public static AttributedChatRequest of(ChatRequest request, Attribution attribution) {
    return new AttributedChatRequest(
        request,
        request instanceof AttributedChatRequest before
            ? attribution.orElse(before.attribution)
            : attribution);
  }

  /** Returns whom the request is for. */
  public Attribution attribution() {
    return attribution;
  }

  @Override
  public boolean equals(Object other) {
    return super.equals(other)
        && other instanceof AttributedChatRequest that
        && attribution.equals(that.attribution);
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), attribution);
  }
}
