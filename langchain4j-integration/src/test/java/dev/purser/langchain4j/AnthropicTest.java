package dev.purser.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.TokenStream;
import dev.purser.api.BudgetExceededException;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.core.Purser;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.Test;

/** Anthropic's models of LangChain4j, in all that an application does with them. */
class AnthropicTest extends Loopback {

  private static final long CAP_NANOS = 50_000_000;
  private static final String WORD = "{\"arg0\":\"purser\",\"word\":\"purser\"}";

  private final AtomicInteger looked = new AtomicInteger();

  interface Conversations {
    String chat(@MemoryId String id, @dev.langchain4j.service.UserMessage String message);
  }

  interface Streaming {
    TokenStream chat(String message);
  }

  record Officer(String name, int chests) {}

  interface Extractor {
    Officer read(String text);
  }

  final class Library {
    @Tool("Looks a word up")
    String lookUp(String word) {
      looked.incrementAndGet();
      return "see " + word;
    }
  }

  private void always(MockResponse answer) {
    server.setDispatcher(new Dispatcher() {
      @Override
      public MockResponse dispatch(RecordedRequest request) {
        billed.addAndGet(Bodies.HAIKU_BILL);
        return answer.clone();
      }
    });
  }

  @Test
  void aCapEndsAnEndlessLoopOfTools() {
    always(Bodies.haikuCalls("lookUp", WORD));
    Purser purser = purser("0.05").build();
    Conversations assistant = AiServices.builder(Conversations.class)
        .chatModel(BudgetedChatModel.wrap(claude().maxTokens(400).build(), purser))
        .chatMemoryProvider(id -> MessageWindowChatMemory.withMaxMessages(20))
        .chatRequestTransformer(new MemorySessions())
        .tools(new Library())
        .toolExecutionErrorHandler(new RefusalEndsLoop())
        .maxToolCallingRoundTrips(1_000)
        .build();

    assertThatThrownBy(() -> assistant.chat("ann", "What is a purser?"))
        .isInstanceOf(BudgetExceededException.class);

    assertThat(looked.get()).isGreaterThan(15).isEqualTo(server.getRequestCount());
    assertThat(billed.get()).isLessThanOrEqualTo(CAP_NANOS);
    assertBilledIsSettled(purser);
    assertThat(records)
        .allSatisfy(record -> assertThat(record.attribution().session()).isEqualTo("ann"))
        .filteredOn(record -> record.outcome() == Outcome.SETTLED)
        .extracting(record -> record.exchange().finishReason())
        .containsOnly("tool_use");
  }

  @Test
  void aCapEndsAStreamedLoopOfTools() throws Exception {
    always(Bodies.haikuStreamCalls("lookUp", WORD));
    Purser purser = purser("0.05").build();
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    AiServices.builder(Streaming.class)
        .streamingChatModel(
            BudgetedStreamingChatModel.wrap(claudeStream().maxTokens(400).build(), purser))
        .tools(new Library())
        .toolExecutionErrorHandler(new RefusalEndsLoop())
        .maxToolCallingRoundTrips(1_000)
        .build()
        .chat("What is a purser?")
        .onPartialResponse(part -> {})
        .onCompleteResponse(response -> end.completeExceptionally(new AssertionError("complete")))
        .onError(end::complete)
        .start();

    assertThat(end.get(20, TimeUnit.SECONDS)).isInstanceOf(BudgetExceededException.class);
    assertThat(looked.get()).isGreaterThan(15);
    assertThat(billed.get()).isLessThanOrEqualTo(CAP_NANOS);
    assertBilledIsSettled(purser);
  }

  @Test
  void structuredOutputIsCharged() {
    enqueue(Bodies.haiku("{\"name\":\"Fritz\",\"chests\":3}"), Bodies.HAIKU_BILL);
    Purser purser = purser("1").build();
    ChatModel model = BudgetedChatModel.wrap(claude().build(), purser);

    assertThat(AiServices.create(Extractor.class, model).read("Fritz keeps three chests."))
        .isEqualTo(new Officer("Fritz", 3));
    assertBilledIsSettled(purser);
  }

  @Test
  void aHandlerThatThrowsDoesNotEndTheStream() throws Exception {
    enqueue(Bodies.haikuStream("The ", "officer"), Bodies.HAIKU_BILL);
    Purser purser = purser("1").build();
    Collected handler = new Collected() {
      @Override
      public void onPartialResponse(PartialResponse part, PartialResponseContext context) {
        throw new IllegalStateException("mine");
      }
    };

    BudgetedStreamingChatModel.wrap(claudeStream().build(), purser).chat("What?", handler);

    assertThat(handler.end()).isEqualTo("error");
    assertThat(handler.end()).isEqualTo("error");
    assertThat(handler.end()).isEqualTo("complete");
    assertBilledIsSettled(purser);
    assertThat(records).extracting(SpendRecord::outcome).containsExactly(Outcome.SETTLED);
  }

  @Test
  void aCancelledStreamIsChargedForWhatItShowed() throws Exception {
    server.enqueue(Bodies.haikuStream("The ", "officer ", "who ", "keeps ", "the ", "money")
        .throttleBody(700, 200, TimeUnit.MILLISECONDS));
    Purser purser = purser("1").build();
    CountDownLatch cancelled = new CountDownLatch(1);
    Collected handler = new Collected() {
      @Override
      public void onPartialResponse(PartialResponse part, PartialResponseContext context) {
        context.streamingHandle().cancel();
        cancelled.countDown();
      }
    };

    BudgetedStreamingChatModel.wrap(claudeStream().build(), purser).chat("What?", handler);

    assertThat(cancelled.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(all(purser).held()).isZero();
    purser.close();
    assertThat(records).singleElement().satisfies(record -> {
      assertThat(record.outcome()).isEqualTo(Outcome.ESTIMATED);
      assertThat(record.reason()).isEqualTo("closed_early");
    });
    assertThat(handler.errors).isEmpty();
  }

  @Test
  void anErrorInTheMiddleOfAStreamIsToldAndNothingStaysHeld() throws Exception {
    String start = "event: message_start\ndata: {\"type\":\"message_start\",\"message\":"
        + "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":"
        + "\"claude-haiku-4-5\",\"content\":[],\"usage\":{\"input_tokens\":30,\"output_tokens\":1}}}\n\n";
    String error = "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":"
        + "\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n";
    server.enqueue(Bodies.events(start + error));
    Purser purser = purser("1").build();
    Collected handler = new Collected();

    BudgetedStreamingChatModel.wrap(claudeStream().maxTokens(100).build(), purser)
        .chat("What?", handler);

    assertThat(handler.end()).isEqualTo("error");
    assertThat(all(purser).held()).isZero();
    purser.close();
    assertThat(records).hasSize(1);
    assertThat(records.get(0).costNanoUsd())
        .isPositive()
        .isLessThanOrEqualTo(records.get(0).reservedNanoUsd());
  }

  @Test
  void aCapThatIsLoweredStaysOneAndOneBesideThinkingIsLeftAsItIs() throws Exception {
    Purser purser = purser("0.002").fit(dev.purser.api.Fit.ALL).build();
    enqueue(Bodies.haiku("It."), 0);
    BudgetedChatModel.wrap(claude().maxTokens(4_000).build(), purser).chat("What?");
    assertThat(receivedBody()).containsPattern("\"max_tokens\" : 3\\d\\d\\D");
    assertThatThrownBy(() -> BudgetedChatModel.wrap(
                claude()
                    .maxTokens(4_000)
                    .thinkingType("enabled")
                    .thinkingBudgetTokens(1_024)
                    .build(),
                purser)
            .chat(UserMessage.from("What?")))
        .isInstanceOf(BudgetExceededException.class);
    assertThat(server.getRequestCount()).isEqualTo(1);
    purser.close();
  }
}
