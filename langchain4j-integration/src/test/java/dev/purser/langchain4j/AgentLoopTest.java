package dev.purser.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.UserMessage;
import dev.purser.api.Attribution;
import dev.purser.api.AttributionScope;
import dev.purser.api.BudgetExceededException;
import dev.purser.api.Ceiling;
import dev.purser.core.Purser;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.Test;

/** AI services whose loops of tools would go on for ever, and conversations. */
class AgentLoopTest extends Loopback {

  private static final String CAP = "0.05";
  private static final long CAP_NANOS = 50_000_000;

  private final AtomicInteger looked = new AtomicInteger();

  interface Assistant {
    String chat(String message);
  }

  interface StreamingAssistant {
    TokenStream chat(String message);
  }

  interface Conversations {
    String chat(@MemoryId String id, @UserMessage String message);
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

  /** Asks another model, as agents do, and wraps what goes wrong, as applications do. */
  static final class Expert {
    private final ChatModel model;

    Expert(ChatModel model) {
      this.model = model;
    }

    @Tool("Asks an expert")
    String ask(String question) {
      try {
        return model.chat(question);
      } catch (RuntimeException e) {
        throw new IllegalStateException("the expert does not answer", e);
      }
    }
  }

  private void always(MockResponse answer) {
    server.setDispatcher(new Dispatcher() {
      @Override
      public MockResponse dispatch(RecordedRequest request) {
        billed.addAndGet(Bodies.GPT_BILL);
        return answer.clone();
      }
    });
  }

  @Test
  void aCapEndsAnEndlessLoopOfToolsInItsCallersHands() {
    always(Bodies.gptCalls("lookUp", "{\"arg0\":\"purser\",\"word\":\"purser\"}"));
    Purser purser = purser(CAP).build();
    Assistant assistant = AiServices.builder(Assistant.class)
        .chatModel(BudgetedChatModel.wrap(openAi().maxTokens(200).build(), purser))
        .tools(new Library())
        .toolExecutionErrorHandler(new RefusalEndsLoop())
        .maxToolCallingRoundTrips(1_000)
        .build();

    assertThatThrownBy(() -> assistant.chat("What is a purser?"))
        .isInstanceOf(BudgetExceededException.class);

    assertThat(looked.get()).isGreaterThan(15).isEqualTo(server.getRequestCount());
    assertThat(billed.get()).isLessThanOrEqualTo(CAP_NANOS);
    assertBilledIsSettled(purser);
  }

  @Test
  void aCapEndsAStreamedLoopOfToolsInItsCallersHands() throws Exception {
    always(Bodies.gptStreamCalls("lookUp", "{\"arg0\":\"purser\",\"word\":\"purser\"}"));
    Purser purser = purser(CAP).build();
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    StreamingAssistant assistant = AiServices.builder(StreamingAssistant.class)
        .streamingChatModel(
            BudgetedStreamingChatModel.wrap(openAiStream().maxTokens(200).build(), purser))
        .tools(new Library())
        .toolExecutionErrorHandler(new RefusalEndsLoop())
        .maxToolCallingRoundTrips(1_000)
        .build();

    try (AttributionScope run = Attribution.key("alice").open();
        Ceiling ceiling = Ceiling.open()) {
      assistant
          .chat("What is a purser?")
          .onPartialResponse(part -> {})
          .onCompleteResponse(response -> end.completeExceptionally(new AssertionError("complete")))
          .onError(end::complete)
          .start();
      assertThat(end.get(20, TimeUnit.SECONDS)).isInstanceOf(BudgetExceededException.class);
      assertThat(run.spent().nanos()).isEqualTo(billed.get());
      assertThat(ceiling.spent().nanos()).isEqualTo(billed.get());
    }

    assertThat(looked.get()).isGreaterThan(15);
    assertThat(billed.get()).isLessThanOrEqualTo(CAP_NANOS);
    assertBilledIsSettled(purser);
    // The rounds after the first are asked on the stream's thread.
    assertThat(records)
        .allSatisfy(record -> assertThat(record.attribution().key()).isEqualTo("alice"));
  }

  @Test
  void aRefusalInsideAToolEndsTheLoopAlthoughTheToolWrappedIt() {
    always(Bodies.gptCalls("ask", "{\"arg0\":\"purser\",\"question\":\"purser\"}"));
    Purser rich = purser("1").build();
    Purser poor = purser("0.000001").build();
    Assistant assistant = AiServices.builder(Assistant.class)
        .chatModel(BudgetedChatModel.wrap(openAi().build(), rich))
        .tools(new Expert(BudgetedChatModel.wrap(openAi().build(), poor)))
        .toolExecutionErrorHandler(new RefusalEndsLoop())
        .build();

    assertThatThrownBy(() -> assistant.chat("What is a purser?"))
        .isInstanceOf(BudgetExceededException.class);

    assertThat(server.getRequestCount()).isEqualTo(1);
    poor.close();
    rich.close();
  }

  @Test
  void aRefusalInsideAToolOfAStreamedLoopReachesItsCaller() throws Exception {
    always(Bodies.gptStreamCalls("ask", "{\"arg0\":\"purser\",\"question\":\"purser\"}"));
    Purser rich = purser("1").build();
    Purser poor = purser("0.000001").build();
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    StreamingAssistant assistant = AiServices.builder(StreamingAssistant.class)
        .streamingChatModel(BudgetedStreamingChatModel.wrap(openAiStream().build(), rich))
        .tools(new Expert(BudgetedChatModel.wrap(openAi().build(), poor)))
        .toolExecutionErrorHandler(new RefusalEndsLoop())
        .build();

    assistant
        .chat("What is a purser?")
        .onPartialResponse(part -> {})
        .onCompleteResponse(response -> end.completeExceptionally(new AssertionError("complete")))
        .onError(end::complete)
        .start();

    assertThat(end.get(20, TimeUnit.SECONDS)).isInstanceOf(BudgetExceededException.class);
    assertThat(server.getRequestCount()).isEqualTo(1);
    poor.close();
    assertThat(all(rich).held()).isZero();
    assertThat(all(rich).spent()).isEqualTo(Bodies.GPT_BILL);
    rich.close();
  }

  @Test
  void anotherErrorOfAToolIsShownToTheModelAsBefore() {
    enqueue(Bodies.gptCalls("ask", "{\"arg0\":\"purser\"}"), Bodies.GPT_BILL);
    enqueue(Bodies.gpt("I could not find out."), Bodies.GPT_BILL);
    Purser purser = purser("1").build();
    ChatModel broken = new ChatModel() {
      @Override
      public ChatResponse doChat(dev.langchain4j.model.chat.request.ChatRequest request) {
        throw new IllegalArgumentException("broken");
      }
    };
    Assistant assistant = AiServices.builder(Assistant.class)
        .chatModel(BudgetedChatModel.wrap(openAi().build(), purser))
        .tools(new Expert(broken))
        .toolExecutionErrorHandler(new RefusalEndsLoop())
        .build();

    assertThat(assistant.chat("What is a purser?")).isEqualTo("I could not find out.");
    assertBilledIsSettled(purser);
  }

  @Test
  void theMemoryOfAConversationIsTheSessionOfItsCallsAndOfTheRoundsOfTools() {
    enqueue(Bodies.gptCalls("lookUp", "{\"arg0\":\"purser\"}"), Bodies.GPT_BILL);
    enqueue(Bodies.gpt("It."), Bodies.GPT_BILL);
    enqueue(Bodies.gpt("Them."), Bodies.GPT_BILL);
    Purser purser = purser("1").build();
    Conversations assistant = AiServices.builder(Conversations.class)
        .chatModel(BudgetedChatModel.wrap(openAi().build(), purser))
        .chatMemoryProvider(id -> MessageWindowChatMemory.withMaxMessages(20))
        .chatRequestTransformer(new MemorySessions())
        .tools(new Library())
        .build();

    assistant.chat("ann", "What is a purser?");
    try (AttributionScope night = Attribution.NONE.session("night").open()) {
      assistant.chat("bob", "What are pursers?");
      assertThat(night.spent().nanos()).isEqualTo(Bodies.GPT_BILL);
    }

    assertThat(
            purser.balances().account("sessions", "session=ann").orElseThrow().spent())
        .isEqualTo(2 * Bodies.GPT_BILL);
    assertThat(
            purser.balances().account("sessions", "session=night").orElseThrow().spent())
        .isEqualTo(Bodies.GPT_BILL);
    assertBilledIsSettled(purser);
    assertThat(records)
        .extracting(record -> record.attribution().session())
        .containsExactly("ann", "ann", "bob");
    assertThat(records.get(2).attribution().parent()).isEqualTo("night");
  }

  @Test
  void aServiceWithoutMemoryIdsSaysNothingOfASession() {
    enqueue(Bodies.gpt("It."), Bodies.GPT_BILL);
    Purser purser = purser("1").build();
    Assistant assistant = AiServices.builder(Assistant.class)
        .chatModel(BudgetedChatModel.wrap(openAi().build(), purser))
        .chatMemory(MessageWindowChatMemory.withMaxMessages(20))
        .chatRequestTransformer(new MemorySessions())
        .build();

    assistant.chat("What is a purser?");

    assertBilledIsSettled(purser);
    assertThat(records).hasSize(1);
    assertThat(records.get(0).attribution().session()).isNull();
  }

  @Test
  void structuredOutputIsChargedAndItsFormatCountedInTheHold() throws Exception {
    enqueue(Bodies.gpt("{\"name\":\"Fritz\",\"chests\":3}"), Bodies.GPT_BILL);
    enqueue(Bodies.gpt("It."), Bodies.GPT_BILL);
    Purser purser = purser("1").build();
    ChatModel model = BudgetedChatModel.wrap(
        openAi()
            .maxTokens(100)
            .supportedCapabilities(
                dev.langchain4j.model.chat.Capability.RESPONSE_FORMAT_JSON_SCHEMA)
            .strictJsonSchema(true)
            .build(),
        purser);

    Officer officer = AiServices.create(Extractor.class, model).read("Fritz keeps three chests.");
    AiServices.create(Assistant.class, model).chat("Fritz keeps three chests.");

    assertThat(officer).isEqualTo(new Officer("Fritz", 3));
    assertThat(receivedBody()).contains("json_schema");
    assertBilledIsSettled(purser);
    assertThat(records.get(0).reservedNanoUsd()).isGreaterThan(records.get(1).reservedNanoUsd());
  }
}
