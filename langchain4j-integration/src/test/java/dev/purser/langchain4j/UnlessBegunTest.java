package dev.purser.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnlessBegunTest {

  private final List<Throwable> told = new ArrayList<>();
  private final List<Throwable> seenTo = new ArrayList<>();

  private UnlessBegun over(Runnable onRawEvent) {
    StreamingChatResponseHandler handler = new StreamingChatResponseHandler() {
      @Override
      public void onUnmappedRawEvent(Object rawEvent) {
        onRawEvent.run();
      }

      @Override
      public void onCompleteResponse(ChatResponse completeResponse) {}

      @Override
      public void onError(Throwable error) {
        told.add(error);
      }
    };
    return new UnlessBegun(handler, error -> {
      seenTo.add(error);
      return null;
    });
  }

  @Test
  void whatTheHandlerThrowsAtARawEventIsForwardedAndNoOutage() {
    UncheckedIOException thrown = new UncheckedIOException(new IOException("the browser has gone"));
    UnlessBegun handler = over(() -> {
      throw thrown;
    });
    assertThatThrownBy(() -> handler.onUnmappedRawEvent("ping")).isSameAs(thrown);
    handler.onError(thrown);
    assertThat(told).containsExactly(thrown);
    assertThat(seenTo).isEmpty();
  }

  @Test
  void anErrorAfterARawEventIsStillOneBeforeTheFirstPart() {
    UnlessBegun handler = over(() -> {});
    handler.onUnmappedRawEvent("ping");
    IOException error = new IOException("reset");
    handler.onError(error);
    assertThat(seenTo).containsExactly(error);
    assertThat(told).isEmpty();
  }
}
