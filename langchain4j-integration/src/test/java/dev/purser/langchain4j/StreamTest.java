package dev.purser.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.purser.api.Attribution;
import dev.purser.api.AttributionScope;
import dev.purser.api.BudgetExceededException;
import dev.purser.api.CallDeniedException;
import dev.purser.api.FreezeTarget;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.core.Purser;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.mockwebserver.MockResponse;
import org.junit.jupiter.api.Test;

class StreamTest extends Loopback {

  @Test
  void aStreamIsChargedWhatItsLastEventSays() throws Exception {
    enqueue(Bodies.gptStream("The ", "officer"), Bodies.GPT_BILL);
    enqueue(Bodies.haikuStream("The ", "officer"), Bodies.HAIKU_BILL);
    Purser purser = purser("1").build();
    Collected first = new Collected();
    Collected second = new Collected();

    BudgetedStreamingChatModel.wrap(openAiStream().build(), purser).chat("What?", first);
    assertThat(first.end()).isEqualTo("complete");
    BudgetedStreamingChatModel.wrap(claudeStream().build(), purser).chat("What?", second);
    assertThat(second.end()).isEqualTo("complete");

    assertThat(first.parts).containsExactly("The ", "officer");
    assertThat(second.parts).containsExactly("The ", "officer");
    assertBilledIsSettled(purser);
    assertThat(records).extracting(SpendRecord::outcome).containsOnly(Outcome.SETTLED);
    assertThat(records)
        .allSatisfy(record -> assertThat(record.exchange().firstChunk()).isNotNull());
  }

  @Test
  void aRefusalIsToldTheHandlerAndNotThrown() throws Exception {
    Purser purser = purser("0.0001").build();
    Collected handler = new Collected();

    StreamingChatModel model =
        BudgetedStreamingChatModel.wrap(openAiStream().maxCompletionTokens(500).build(), purser);
    model.chat("What?", handler);

    assertThat(handler.end()).isEqualTo("error");
    assertThat(handler.errors).singleElement().isInstanceOf(BudgetExceededException.class);
    assertThat(server.getRequestCount()).isZero();
    purser.close();
  }

  @Test
  void aHandlerThatThrowsIsToldOfItAndTheUsageThatStillComesIsCharged() throws Exception {
    enqueue(Bodies.gptStream("The ", "officer"), Bodies.GPT_BILL);
    Purser purser = purser("1").build();
    IllegalStateException mine = new IllegalStateException("mine");
    Collected handler = new Collected() {
      @Override
      public void onPartialResponse(PartialResponse part, PartialResponseContext context) {
        super.onPartialResponse(part, context);
        throw mine;
      }
    };

    BudgetedStreamingChatModel.wrap(openAiStream().build(), purser).chat("What?", handler);

    assertThat(handler.end()).isEqualTo("error");
    assertThat(handler.end()).isEqualTo("error");
    assertThat(handler.end()).isEqualTo("complete");
    assertThat(handler.errors).containsExactly(mine, mine);
    assertBilledIsSettled(purser);
    assertThat(records).extracting(SpendRecord::outcome).containsExactly(Outcome.SETTLED);
  }

  @Test
  void aCancelledStreamOfWhichNobodyIsToldIsChargedForWhatItShowed() throws Exception {
    server.enqueue(Bodies.gptStream("The ", "officer ", "who ", "keeps ", "the ", "money")
        .throttleBody(300, 200, TimeUnit.MILLISECONDS));
    Purser purser = purser("1").build();
    CountDownLatch cancelled = new CountDownLatch(1);
    Collected handler = new Collected() {
      @Override
      public void onPartialResponse(PartialResponse part, PartialResponseContext context) {
        super.onPartialResponse(part, context);
        context.streamingHandle().cancel();
        assertThat(context.streamingHandle().isCancelled()).isTrue();
        cancelled.countDown();
      }
    };

    BudgetedStreamingChatModel.wrap(openAiStream().build(), purser).chat("What?", handler);

    assertThat(cancelled.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(all(purser).held()).isZero();
    assertThat(all(purser).spent()).isPositive().isLessThan(1_000_000);
    purser.close();
    assertThat(handler.complete).isEmpty();
    assertThat(handler.errors).isEmpty();
    assertThat(records).singleElement().satisfies(record -> {
      assertThat(record.outcome()).isEqualTo(Outcome.ESTIMATED);
      assertThat(record.reason()).isEqualTo("closed_early");
      assertThat(record.usage().outputTokens()).isBetween(1L, 5L);
    });
  }

  @Test
  void aFreezeStopsAStreamAndTellsItsHandler() throws Exception {
    server.enqueue(Bodies.gptStream("The ", "officer ", "who ", "keeps ", "the ", "money")
        .throttleBody(300, 1, TimeUnit.SECONDS));
    Purser purser = purser("1").build();
    CountDownLatch begun = new CountDownLatch(1);
    Collected handler = new Collected() {
      @Override
      public void onPartialResponse(PartialResponse part, PartialResponseContext context) {
        super.onPartialResponse(part, context);
        begun.countDown();
      }
    };
    try (AttributionScope run = Attribution.key("alice").open()) {
      assertThat(AttributionScope.current()).isSameAs(run);
      BudgetedStreamingChatModel.wrap(openAiStream().build(), purser).chat("What?", handler);
    }
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();

    purser.freeze(FreezeTarget.key("alice"), OWNER, "runaway");

    assertThat(handler.end()).isEqualTo("error");
    assertThat(handler.errors).singleElement().isInstanceOf(CallDeniedException.class);
    assertThat(all(purser).held()).isZero();
    purser.close();
    assertThat(records)
        .filteredOn(record -> record.outcome() == Outcome.ESTIMATED)
        .singleElement()
        .satisfies(record -> assertThat(record.reason()).isEqualTo("frozen"));
    assertThat(handler.complete).isEmpty();
  }

  @Test
  void aStreamThatTheProviderCutsIsChargedForWhatWasSeen() throws Exception {
    server.enqueue(new MockResponse()
        .setHeader("Content-Type", "text/event-stream")
        .setBody(Bodies.gptText("The officer")));
    Purser purser = purser("1").build();
    Collected handler = new Collected();

    BudgetedStreamingChatModel.wrap(openAiStream().build(), purser).chat("What?", handler);

    assertThat(handler.end()).isEqualTo("complete");
    assertThat(all(purser).held()).isZero();
    purser.close();
    assertThat(records).singleElement().satisfies(record -> {
      assertThat(record.outcome()).isEqualTo(Outcome.ESTIMATED);
      assertThat(record.reason()).isEqualTo("stream_cut");
      assertThat(record.usage().outputTokens()).isBetween(2L, 6L);
    });
  }

  @Test
  void anAnswerWithAnErrorStatusIsNotBilled() throws Exception {
    server.enqueue(status(429));
    Purser purser = purser("1").build();
    Collected handler = new Collected();

    BudgetedStreamingChatModel.wrap(openAiStream().build(), purser).chat("What?", handler);

    assertThat(handler.end()).isEqualTo("error");
    assertBilledIsSettled(purser);
    assertThat(records).singleElement().satisfies(record -> {
      assertThat(record.outcome()).isEqualTo(Outcome.RELEASED);
      assertThat(record.exchange().status()).isEqualTo(429);
      assertThat(record.exchange().errorType()).isEqualTo("http_429");
    });
  }
}
