package dev.purser.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import dev.purser.api.CallDeniedException;
import dev.purser.api.FreezeTarget;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.core.Purser;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.mockwebserver.MockResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an outage of one provider does to calls: the next model, its price, each bill once. */
class OutageMatrixTest extends TwoProviders {

  private void assertGptServed(Purser purser, Outcome first) {
    assertThat(all(purser).held()).isZero();
    purser.close();
    assertThat(records)
        .extracting(OutageMatrixTest::said)
        .containsExactly("claude-haiku-4-5 " + first, "gpt-4o SETTLED");
    assertThat(records).extracting(each -> each.exchange().attempt()).containsExactly(1, 2);
    assertThat(records.get(1).routing())
        .isEqualTo("task routine; anthropic/claude-haiku-4-5 failed");
    assertThat(records.get(1).spentNanoUsd()).isEqualTo(Bodies.GPT_BILL);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 503, 529})
  void errorThatAnotherModelMayNotHave(int status) {
    anthropic.enqueue(status(status));
    enqueue(Bodies.gpt("It."), Bodies.GPT_BILL);
    Purser purser = routed("1").build();

    assertThat(both(purser).build().chat(ask("routine")).aiMessage().text()).isEqualTo("It.");

    assertBilledIsSettled(purser);
    assertGptServed(purser, Outcome.RELEASED);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 529})
  void errorBeforeAStreamBegins(int status) throws Exception {
    anthropic.enqueue(status(status));
    enqueue(Bodies.gptStream("It", "."), Bodies.GPT_BILL);
    Purser purser = routed("1").build();
    Collected handler = new Collected();

    streaming(purser, LONG).chat(ask("routine"), handler);

    assertThat(handler.end()).isEqualTo("complete");
    assertThat(handler.errors).isEmpty();
    assertThat(handler.parts).containsExactly("It", ".");
    assertBilledIsSettled(purser);
    assertGptServed(purser, Outcome.RELEASED);
  }

  @Test
  void connectionRefused() throws Exception {
    enqueue(Bodies.gpt("It."), Bodies.GPT_BILL);
    enqueue(Bodies.gptStream("It", "."), Bodies.GPT_BILL);
    Purser purser = routed("1").build();
    ChatModel model = RoutingChatModel.builder(purser)
        .model(HAIKU, claude().baseUrl(nobody()).maxTokens(200).maxRetries(0).build())
        .model(GPT, openAi().maxTokens(200).build())
        .build();
    Collected handler = new Collected();

    model.chat(ask("routine"));
    RoutingStreamingChatModel.builder(purser)
        .model(HAIKU, claudeStream().baseUrl(nobody()).maxTokens(200).build())
        .model(GPT, openAiStream().maxTokens(200).build())
        .build()
        .chat(ask("routine"), handler);

    assertThat(handler.end()).isEqualTo("complete");
    assertBilledIsSettled(purser);
    assertThat(records)
        .extracting(OutageMatrixTest::said)
        .containsExactly(
            "claude-haiku-4-5 RELEASED",
            "gpt-4o SETTLED",
            "claude-haiku-4-5 RELEASED",
            "gpt-4o SETTLED");
  }

  @Test
  void slowModelMayHaveBilledAndIsCharged() {
    anthropic.enqueue(silence());
    enqueue(Bodies.gpt("It."), Bodies.GPT_BILL);
    Purser purser = routed("1").build();

    both(purser, SHORT).build().chat(ask("routine"));

    assertGptServed(purser, Outcome.ABANDONED);
    assertThat(records.get(0).costNanoUsd()).isEqualTo(records.get(0).reservedNanoUsd());
    assertThat(records.get(0).costNanoUsd()).isPositive();
  }

  @Test
  void slowStreamMayHaveBilledAndIsCharged() throws Exception {
    anthropic.enqueue(silence());
    enqueue(Bodies.gptStream("It", "."), Bodies.GPT_BILL);
    Purser purser = routed("1").build();
    Collected handler = new Collected();

    streaming(purser, SHORT).chat(ask("routine"), handler);

    assertThat(handler.end()).isEqualTo("complete");
    assertGptServed(purser, Outcome.ABANDONED);
  }

  @Test
  void overloadThatAStreamTellsOfBeforeItsFirstPart() throws Exception {
    anthropic.enqueue(Bodies.events("event: error\ndata: {\"type\":\"error\",\"error\":"
        + "{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n"));
    enqueue(Bodies.gptStream("It", "."), Bodies.GPT_BILL);
    Purser purser = routed("1").build();
    Collected handler = new Collected();

    streaming(purser, LONG).chat(ask("routine"), handler);

    assertThat(handler.end()).isEqualTo("complete");
    assertThat(handler.errors).isEmpty();
    Awaitility.await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(all(purser).held()).isZero());
    purser.close();
    assertThat(records.stream()
            .filter(record -> record.model().name().equals(GPT))
            .mapToLong(SpendRecord::spentNanoUsd)
            .sum())
        .isEqualTo(Bodies.GPT_BILL);
  }

  @Test
  void errorInTheMiddleOfAStreamIsTheCallers() throws Exception {
    anthropic.enqueue(Bodies.haikuStreamFails("The officer who keeps "));
    Purser purser = routed("1").build();
    Collected handler = new Collected();

    streaming(purser, LONG).chat(ask("routine"), handler);

    assertThat(handler.end()).isEqualTo("error");
    assertThat(handler.parts).isNotEmpty();
    Awaitility.await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(all(purser).held()).isZero());
    assertThat(server.getRequestCount()).isZero();
    purser.close();
    assertThat(records.stream().mapToLong(SpendRecord::spentNanoUsd).sum()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404})
  void errorThatIsNoOutageIsTheCallers(int status) {
    anthropic.enqueue(status(status));
    Purser purser = routed("1").build();

    assertThatThrownBy(() -> both(purser).build().chat(ask("routine")))
        .isInstanceOfAny(
            InvalidRequestException.class,
            AuthenticationException.class,
            dev.langchain4j.exception.ModelNotFoundException.class);

    assertThat(server.getRequestCount()).isZero();
    assertSpent(purser, 0);
  }

  @Test
  void whereAllFailTheCallerGetsTheFirstFailure() throws Exception {
    anthropic.enqueue(status(500));
    anthropic.enqueue(status(500));
    server.enqueue(status(400));
    server.enqueue(status(429));
    Purser purser = routed("1").build();

    assertThatThrownBy(() -> both(purser).build().chat(ask("routine")))
        .isInstanceOf(InternalServerException.class)
        .satisfies(error ->
            assertThat(error.getSuppressed()).hasOnlyElementsOfType(InvalidRequestException.class));
    Collected handler = new Collected();
    streaming(purser, LONG).chat(ask("routine"), handler);

    assertThat(handler.end()).isEqualTo("error");
    assertThat(handler.errors).singleElement().isInstanceOf(InternalServerException.class);
    assertSpent(purser, 0);
  }

  @Test
  void modelWithoutAnotherIsAskedOnce() {
    anthropic.enqueue(status(500));
    Purser purser = purser("1").build();

    assertThatThrownBy(() -> both(purser).build().chat("What?"))
        .isInstanceOf(InternalServerException.class);

    assertThat(anthropic.getRequestCount()).isEqualTo(1);
    assertSpent(purser, 0);
  }

  @Test
  void freezeEndsTheAttempts() {
    Purser purser = routed("1").build();
    anthropic.setDispatcher(new okhttp3.mockwebserver.Dispatcher() {
      @Override
      public MockResponse dispatch(okhttp3.mockwebserver.RecordedRequest request) {
        purser.freeze(FreezeTarget.everything(), "dana", "too much");
        return status(500);
      }
    });

    assertThatThrownBy(() -> both(purser).build().chat(ask("routine")))
        .isInstanceOfAny(CallDeniedException.class, InternalServerException.class);

    assertThat(server.getRequestCount()).isZero();
    purser.close();
  }

  @Test
  void modelThatGoesOnFailingIsNotAskedUntilTwoCallsHaveTriedIt() {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-01T10:00:00Z"));
    InstantSource clock = now::get;
    Purser purser = routed("1").clock(clock).build();
    ChatModel model = both(purser).build();
    for (int i = 0; i < 5; i++) {
      anthropic.enqueue(status(i % 2 == 0 ? 503 : 429));
      enqueue(Bodies.gpt("It."), Bodies.GPT_BILL);
      model.chat(ask("routine"));
    }
    enqueue(Bodies.gpt("It."), Bodies.GPT_BILL);
    model.chat(ask("routine"));
    assertThat(anthropic.getRequestCount()).as("out of order").isEqualTo(5);

    now.set(now.get().plus(Duration.ofSeconds(31)));
    for (int i = 0; i < 3; i++) {
      enqueueAnthropic(Bodies.haiku("It."), Bodies.HAIKU_BILL);
      model.chat(ask("routine"));
    }

    assertThat(anthropic.getRequestCount()).isEqualTo(8);
    assertThat(server.getRequestCount()).isEqualTo(6);
    assertBilledIsSettled(purser);
  }

  @Test
  void freezeOfTheNextAttemptIsToldAsOne() throws Exception {
    Purser purser = routed("1").build();
    anthropic.enqueue(status(500));
    anthropic.enqueue(status(500));
    server.setDispatcher(new okhttp3.mockwebserver.Dispatcher() {
      @Override
      public MockResponse dispatch(okhttp3.mockwebserver.RecordedRequest request) {
        purser.freeze(FreezeTarget.everything(), "dana", "too much");
        return silence();
      }
    });
    Collected handler = new Collected();

    streaming(purser, LONG).chat(ask("routine"), handler);
    assertThat(handler.end()).isEqualTo("error");
    assertThat(handler.errors).singleElement().isInstanceOf(CallDeniedException.class);

    purser.unfreeze(FreezeTarget.everything(), "dana", "again");
    assertThatThrownBy(() -> both(purser).build().chat(ask("routine")))
        .isInstanceOf(CallDeniedException.class);
    assertThat(all(purser).held()).isZero();
    purser.close();
  }

  interface StreamingAssistant {
    TokenStream chat(String message);
  }

  static final class Library {
    @Tool("Looks a word up")
    String lookUp(String word) {
      return "see " + word;
    }
  }

  @Test
  void streamedToolLoopGoesOnWithTheOtherProvider() throws Exception {
    enqueueAnthropic(Bodies.haikuStreamCalls("lookUp", "{\"word\":\"a\"}"), Bodies.HAIKU_BILL);
    anthropic.enqueue(status(529));
    enqueue(Bodies.gptStream("It", "."), Bodies.GPT_BILL);
    Purser purser = routed("1").routing(rules -> rules.otherwise("routine")).build();
    CompletableFuture<String> answer = new CompletableFuture<>();

    AiServices.builder(StreamingAssistant.class)
        .streamingChatModel(streaming(purser, LONG))
        .tools(new Library())
        .build()
        .chat("What?")
        .onPartialResponse(part -> {})
        .onCompleteResponse(response -> answer.complete(response.aiMessage().text()))
        .onError(answer::completeExceptionally)
        .start();

    assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo("It.");
    assertBilledIsSettled(purser);
    assertThat(records)
        .extracting(OutageMatrixTest::said)
        .containsExactly("claude-haiku-4-5 SETTLED", "claude-haiku-4-5 RELEASED", "gpt-4o SETTLED");
  }
}
