package dev.purser.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import dev.langchain4j.model.output.TokenUsage;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.core.Purser;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What reaches the caller's handler, from a model that tells everything there is. */
class ForwardingTest extends Loopback {

  private static final PartialToolCall CALL = PartialToolCall.builder()
      .index(0)
      .id("call_1")
      .name("lookUp")
      .partialArguments("{}")
      .build();

  private static final ChatResponse COMPLETE = ChatResponse.builder()
      .aiMessage(AiMessage.from("The"))
      .tokenUsage(new TokenUsage(12, 7))
      .build();

  private final StreamingHandle handle = new StreamingHandle() {
    private boolean cancelled;

    @Override
    public void cancel() {
      cancelled = true;
    }

    @Override
    public boolean isCancelled() {
      return cancelled;
    }
  };

  private static StreamingChatModel telling(Consumer<StreamingChatResponseHandler> tell) {
    return new StreamingChatModel() {
      @Override
      public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        tell.accept(handler);
      }
    };
  }

  @Test
  void allThatAHandlerCanBeToldIsForwardedAndNothingElse() {
    Purser purser = purser("1").build();
    List<String> told = new ArrayList<>();
    StreamingChatResponseHandler mine = (StreamingChatResponseHandler) Proxy.newProxyInstance(
        getClass().getClassLoader(),
        new Class<?>[] {StreamingChatResponseHandler.class},
        (proxy, method, args) -> {
          told.add(method.getName() + args.length);
          return null;
        });
    StreamingChatModel model = telling(handler -> {
      handler.onPartialResponse("The");
      handler.onPartialResponse(new PartialResponse("The"), new PartialResponseContext(handle));
      handler.onPartialThinking(new PartialThinking("Hm"));
      handler.onPartialThinking(new PartialThinking("Hm"), new PartialThinkingContext(handle));
      handler.onPartialToolCall(CALL);
      handler.onPartialToolCall(CALL, new PartialToolCallContext(handle));
      handler.onCompleteToolCall(new CompleteToolCall(
          0, ToolExecutionRequest.builder().name("lookUp").arguments("{}").build()));
      handler.onUnmappedRawEvent("raw");
      handler.onError(new IllegalStateException("one event"));
      handler.onCompleteResponse(COMPLETE);
    });

    BudgetedStreamingChatModel.wrap(model, purser, CallOptions.DEFAULT.provider("openai"))
        .doChat(
            ChatRequest.builder()
                .messages(dev.langchain4j.data.message.UserMessage.from("What?"))
                .modelName("gpt-4o")
                .build(),
            mine);

    assertThat(told)
        .containsExactly(
            "onPartialResponse1",
            "onPartialResponse2",
            "onPartialThinking1",
            "onPartialThinking2",
            "onPartialToolCall1",
            "onPartialToolCall2",
            "onCompleteToolCall1",
            "onUnmappedRawEvent1",
            "onError1",
            "onCompleteResponse1");
    assertThat(Arrays.stream(StreamingChatResponseHandler.class.getMethods())
            .filter(method -> method.getName().startsWith("on"))
            .map(Method::toString)
            .distinct())
        .hasSize(told.size());
    // The error, after which more came, was charged as it was reserved; the usage corrected that.
    assertSpent(purser, 12 * Bodies.GPT_INPUT + 7 * Bodies.GPT_OUTPUT);
    assertThat(records)
        .extracting(record -> record.outcome())
        .containsExactly(Outcome.ABANDONED, Outcome.CORRECTED);
  }

  @Test
  void cancellingByAnyHandleEndsTheCall() {
    for (int way = 0; way < 3; way++) {
      records.clear();
      int chosen = way;
      Purser purser = purser("1").build();
      StreamingChatModel model = telling(handler -> {
        switch (chosen) {
          case 0 ->
            handler.onPartialResponse(
                new PartialResponse("The"), new PartialResponseContext(handle));
          case 1 ->
            handler.onPartialThinking(
                new PartialThinking("Hm"), new PartialThinkingContext(handle));
          default -> handler.onPartialToolCall(CALL, new PartialToolCallContext(handle));
        }
      });
      StreamingChatResponseHandler cancelling = new Collected() {
        @Override
        public void onPartialResponse(PartialResponse part, PartialResponseContext context) {
          context.streamingHandle().cancel();
        }

        @Override
        public void onPartialThinking(PartialThinking part, PartialThinkingContext context) {
          context.streamingHandle().cancel();
        }

        @Override
        public void onPartialToolCall(PartialToolCall part, PartialToolCallContext context) {
          context.streamingHandle().cancel();
        }
      };

      BudgetedStreamingChatModel.wrap(model, purser).chat("What?", cancelling);

      assertThat(handle.isCancelled()).isTrue();
      assertThat(all(purser).held()).isZero();
      purser.close();
      assertThat(records)
          .singleElement()
          .satisfies(record -> assertThat(record.reason()).isEqualTo("closed_early"));
    }
  }

  @Test
  void aModelThatThrowsInsteadOfTellingItsHandlerEndsTheCallAndThrows() {
    Purser purser = purser("1").build();
    StreamingChatModel model = telling(handler -> {
      throw new IllegalArgumentException("not so");
    });

    assertThatThrownBy(
            () -> BudgetedStreamingChatModel.wrap(model, purser).chat("What?", new Collected()))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(all(purser).held()).isZero();
    purser.close();
    assertThat(records).extracting(record -> record.reason()).containsExactly("call_failed");
  }
}
