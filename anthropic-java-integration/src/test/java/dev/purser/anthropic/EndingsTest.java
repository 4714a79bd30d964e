package dev.purser.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicIoException;
import com.anthropic.errors.InternalServerException;
import com.anthropic.models.messages.RawMessageStreamEvent;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Promise 2: each attempt is ended once, at the first of the events that can end it. */
class EndingsTest extends OverSdk {

  @ParameterizedTest
  @EnumSource(Mode.class)
  void eachAttemptHasAHoldOfItsOwnAndFailedOnesAreGivenBack(Mode mode) throws Exception {
    server.enqueue(new MockResponse().setResponseCode(500).setBody("{\"type\":\"error\"}"));
    server.enqueue(new MockResponse().setResponseCode(429).setBody("{\"type\":\"error\"}"));
    server.enqueue(answer(mode));

    assertThat(call(mode, ask().build())).isEqualTo(TEXT);

    for (String attempt : List.of("0", "1", "2")) {
      assertThat(received().getHeader("X-Stainless-Retry-Count")).isEqualTo(attempt);
    }
    assertThat(outcomes()).containsExactly(Outcome.RELEASED, Outcome.RELEASED, Outcome.SETTLED);
    assertThat(charged()).isEqualTo(COST);
  }

  @Test
  void anErrorThatStaysCostsNothing() {
    for (int i = 0; i < 3; i++) {
      server.enqueue(new MockResponse().setResponseCode(500).setBody("{}"));
    }
    assertThatExceptionOfType(InternalServerException.class)
        .isThrownBy(() -> call(Mode.ASYNC, ask().build()));
    assertThat(outcomes()).containsExactly(Outcome.RELEASED, Outcome.RELEASED, Outcome.RELEASED);
  }

  @Test
  void aCallThatNeverReachedAnybodyCostsNothing() throws Exception {
    String nowhere = url();
    server.shutdown();
    assertThatExceptionOfType(AnthropicIoException.class)
        .isThrownBy(
            () -> blocking(interceptor(), nowhere).messages().create(ask().build()));
    assertThat(outcomes()).containsExactly(Outcome.RELEASED, Outcome.RELEASED, Outcome.RELEASED);
  }

  @Test
  void aCallThatWasSentAndNotAnsweredIsChargedForEachAttempt() {
    for (int i = 0; i < 3; i++) {
      server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST));
    }
    assertThatExceptionOfType(AnthropicIoException.class)
        .isThrownBy(() -> call(Mode.BLOCKING, ask().build()));
    outcomes();
    assertThat(records)
        .hasSize(3)
        .allSatisfy(record -> assertThat(record.reason()).isEqualTo("call_failed"));
  }

  @Test
  void aStreamThatIsClosedAfterItsLastEventIsChargedAtWhatItSaid() {
    server.enqueue(events(EVENTS + ": more\n\n".repeat(2000)));
    try (StreamResponse<RawMessageStreamEvent> events =
        blocking().messages().createStreaming(ask().build())) {
      Iterator<RawMessageStreamEvent> all = events.stream().iterator();
      while (!all.next().isMessageStop()) {
        // up to the last one
      }
    }
    assertThat(outcomes()).containsExactly(Outcome.SETTLED);
    assertThat(charged()).isEqualTo(COST);
  }

  @Test
  void aStreamThatIsClosedEarlyIsChargedForWhatWasSeenAtLeast() {
    server.enqueue(events(START + OPENED + delta("The officer ").repeat(2000) + END));
    try (StreamResponse<RawMessageStreamEvent> events =
        blocking().messages().createStreaming(ask().build())) {
      assertThat(events.stream().iterator().next().isMessageStart()).isTrue();
    }
    assertClosedEarly();
  }

  @Test
  void anAsyncStreamThatIsClosedUnderItsReaderIsChargedOnce() {
    server.enqueue(events(START + OPENED + delta("The officer ").repeat(2000) + END));
    var events = async().messages().createStreaming(ask().build());
    events.subscribe(each -> events.close());
    joined(events.onCompleteFuture());
    awaitRecord();
    assertClosedEarly();
  }

  private void awaitRecord() {
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !records.isEmpty());
  }

  private void assertClosedEarly() {
    outcomes();
    assertThat(records).singleElement().satisfies(record -> {
      assertThat(record.outcome()).isIn(Outcome.ABANDONED, Outcome.ESTIMATED);
      assertThat(record.reason()).isEqualTo("closed_early");
      assertThat(record.costNanoUsd()).isBetween(36_000L, record.reservedNanoUsd());
    });
  }

  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"BLOCKING_STREAM", "ASYNC_STREAM"})
  void aStreamThatTheNetworkCutsIsChargedOnceAndItsReaderIsTold(Mode mode) {
    server.enqueue(events(START + OPENED + delta("The officer ").repeat(2000) + END)
        .setSocketPolicy(SocketPolicy.DISCONNECT_DURING_RESPONSE_BODY));
    assertThatExceptionOfType(AnthropicIoException.class)
        .isThrownBy(() -> call(mode, ask().build()));
    outcomes();
    assertThat(records).singleElement().satisfies(record -> {
      assertThat(record.reason()).isEqualTo("call_failed");
      assertThat(record.costNanoUsd()).isPositive();
    });
  }

  /** Traps 14 and 22: nobody reads or closes the answer of a future that was cancelled. */
  @Test
  void aFutureThatIsCancelledBeforeItsAnswerComesIsChargedWhenItDoes() {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    server.setDispatcher(new Dispatcher() {
      @Override
      public MockResponse dispatch(RecordedRequest request) {
        asked.countDown();
        await(cancelled);
        return json(ANSWER);
      }
    });
    CompletableFuture<?> future = async().messages().create(ask().build());
    await(asked);
    assertThat(future.cancel(true)).isTrue();
    cancelled.countDown();

    awaitRecord();
    assertThat(outcomes()).containsExactly(Outcome.SETTLED);
    assertThat(charged()).isEqualTo(COST);
  }

  @Test
  void anAnswerThatNobodyReadsIsCharged() {
    server.enqueue(json(ANSWER));
    joined(async().messages().withRawResponse().create(ask().build()));
    assertThat(outcomes()).containsExactly(Outcome.SETTLED);
    assertThat(charged()).isEqualTo(COST);
  }

  @Test
  void aLargeAnswerIsDeliveredWholeAndChargedBeforeItIsClosed() {
    String large = "x".repeat(2 * MeteredResponse.EAGER_BYTES);
    server.enqueue(json(ANSWER.replace(TEXT, large)));
    assertThat(call(Mode.BLOCKING, ask().build())).isEqualTo(large);
    assertThat(outcomes()).containsExactly(Outcome.SETTLED);
    assertThat(records).extracting(SpendRecord::costNanoUsd).containsExactly(COST);
  }
}
