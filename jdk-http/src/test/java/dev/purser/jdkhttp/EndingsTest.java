package dev.purser.jdkhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.Usd;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import okhttp3.mockwebserver.SocketPolicy;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However a call ends, it ends once: charged what is known of it, and nothing stays held. */
class EndingsTest extends OverJdk {

  @Test
  void aStreamThatItsReaderClosesIsChargedByWhatWasSeen() throws Exception {
    server.enqueue(events(delta("one") + delta("two ".repeat(4000)) + DONE_EVENT)
        .throttleBody(64, 50, TimeUnit.MILLISECONDS));
    try (InputStream body =
        http.send(ask(ASK_STREAM), BodyHandlers.ofInputStream()).body()) {
      assertThat(body.read()).isEqualTo('d');
    }
    assertThat(http.toString()).startsWith("BudgetedHttpClient of");
    Awaitility.await().until(() -> !records().isEmpty());
    assertThat(records())
        .singleElement()
        .satisfies(
            record -> assertThat(record.outcome()).isIn(Outcome.ESTIMATED, Outcome.ABANDONED));
    assertCharged(Usd.ofNanos(records().get(0).costNanoUsd()));
  }

  @Test
  void aCallThatIsCancelledInItsMiddleEndsOnce() throws Exception {
    server.enqueue(events(delta("one") + delta("two ".repeat(4000)))
        .throttleBody(64, 50, TimeUnit.MILLISECONDS));
    CompletableFuture<HttpResponse<String>> future =
        http.sendAsync(ask(ASK_STREAM), BodyHandlers.ofString());
    received();

    assertThat(future.cancel(true)).isTrue();

    Awaitility.await().until(() -> !records().isEmpty());
    assertThat(records()).singleElement().satisfies(record -> {
      assertThat(record.costNanoUsd()).isPositive();
      assertThat(record.exchange().errorType()).isNull();
    });
    assertCharged(Usd.ofNanos(records().get(0).costNanoUsd()));
  }

  @Test
  void aConnectionThatBreaksIsChargedAndToldAsItIs() {
    server.enqueue(json(ANSWER).setSocketPolicy(SocketPolicy.DISCONNECT_DURING_RESPONSE_BODY));
    assertThatThrownBy(() -> send(ASK)).isInstanceOf(IOException.class);
    assertThat(records()).singleElement().satisfies(record -> {
      assertThat(record.outcome()).isIn(Outcome.ABANDONED, Outcome.ESTIMATED);
      assertThat(record.exchange().errorType()).isNotNull();
    });
  }

  @Test
  void aProviderThatIsNotThereIsNotCharged() throws Exception {
    HttpRequest nowhere = ask(ASK);
    server.shutdown();
    assertThatThrownBy(() -> http.send(nowhere, BodyHandlers.ofString()))
        .isInstanceOf(IOException.class);
    assertCharged(Usd.ZERO);
    assertThat(records()).extracting(SpendRecord::outcome).containsExactly(Outcome.RELEASED);
  }

  @Test
  void anErrorOfTheProvidersIsNotChargedAndToldWhole() throws Exception {
    String error = "{\"error\":{\"message\":\"no such model\",\"code\":\"model_not_found\"}}";
    server.enqueue(json(error).setResponseCode(404));
    HttpResponse<String> answer = send(ASK);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).isEqualTo(error);
    assertCharged(Usd.ZERO);
    assertThat(records().get(0).exchange().errorType()).isEqualTo("model_not_found");
  }

  @Test
  void aHandlerThatThrowsFailsItsCallAndNothingStaysHeld() {
    server.enqueue(json(ANSWER));
    assertThatThrownBy(() -> http.send(ask(ASK), info -> {
          throw new IllegalStateException("theirs");
        }))
        .hasMessageContaining("theirs");
    Awaitility.await().until(() -> !records().isEmpty());
    assertThat(records()).extracting(SpendRecord::outcome).containsExactly(Outcome.ABANDONED);
  }

  /** Does something odd with the first bytes that it gets. */
  private static final class OddReader implements Flow.Subscriber<List<ByteBuffer>> {
    private final CompletableFuture<Throwable> told = new CompletableFuture<>();
    private final boolean throwing;
    private Flow.Subscription subscription;

    OddReader(boolean throwing) {
      this.throwing = throwing;
    }

    @Override
    public void onSubscribe(Flow.Subscription to) {
      subscription = to;
      to.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> items) {
      if (throwing) {
        throw new IllegalStateException("theirs");
      }
      subscription.request(0);
    }

    @Override
    public void onError(Throwable failure) {
      told.complete(failure);
    }

    @Override
    public void onComplete() {
      told.complete(new AssertionError("completed"));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aSubscriberThatBreaksTheRulesIsToldAndNothingStaysHeld(boolean throwing) throws Exception {
    server.enqueue(events(delta("one") + delta("two ".repeat(4000)) + USAGE_EVENT + DONE_EVENT));
    OddReader reader = new OddReader(throwing);

    var unused = http.sendAsync(ask(ASK_STREAM), BodyHandlers.fromSubscriber(reader));

    assertThat(reader.told.get(1, TimeUnit.MINUTES))
        .isInstanceOf(throwing ? IllegalStateException.class : IllegalArgumentException.class);
    Awaitility.await().until(() -> !records().isEmpty());
    assertCharged(Usd.ofNanos(records().get(0).costNanoUsd()));
  }

  @Test
  void aBodyThatCannotBePublishedFailsTheCallBeforeItIsAdmitted() {
    HttpRequest broken = to(CHAT)
        .POST(BodyPublishers.fromPublisher(
            subscriber -> subscriber.onSubscribe(new Flow.Subscription() {
              @Override
              public void request(long items) {
                subscriber.onError(new IOException("their disk"));
              }

              @Override
              public void cancel() {}
            })))
        .build();
    assertThatThrownBy(() -> http.send(broken, BodyHandlers.ofString()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("their disk");
    assertThat(records()).isEmpty();
    assertThat(server.getRequestCount()).isZero();
  }
}
