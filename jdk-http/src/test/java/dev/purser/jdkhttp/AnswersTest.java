package dev.purser.jdkhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.api.Attribution;
import dev.purser.api.AttributionScope;
import dev.purser.api.Ceiling;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.Usd;
import dev.purser.http.AttributionHeaders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;
import okio.Buffer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes back reaches the caller as it came, whatever reads it, and is charged to the nano-dollar. */
@SuppressWarnings("try")
class AnswersTest extends OverJdk {

  private static final String STREAM = delta("The officer") + delta(" who keeps") + DONE_EVENT;
  private static final String STREAM_WITH_USAGE =
      delta("The officer") + delta(" who keeps") + USAGE_EVENT + DONE_EVENT;

  @Test
  void aPlainAnswerIsMetered() throws Exception {
    server.enqueue(json(ANSWER).setHeader("x-request-id", "r1"));

    HttpResponse<String> answer = send(ASK);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(ANSWER);
    assertThat(answer.headers().firstValue("x-request-id")).hasValue("r1");
    assertThat(answer.request()).isEqualTo(ask(ASK));
    assertThat(answer.uri()).isEqualTo(answer.request().uri());
    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    assertThat(answer.previousResponse()).isEmpty();
    assertThat(text(received())).isEqualTo(ASK);
    assertCharged(COST);
    assertThat(records()).singleElement().satisfies(record -> {
      assertThat(record.outcome()).isEqualTo(Outcome.SETTLED);
      assertThat(record.exchange().status()).isEqualTo(200);
      assertThat(record.exchange().finishReason()).isEqualTo("stop");
    });
  }

  @Test
  void aSynchronousAnswerIsReadByAnyHandler() throws Exception {
    for (int i = 0; i < 3; i++) {
      server.enqueue(json(ANSWER));
    }
    assertThat(http.send(ask(ASK), BodyHandlers.ofByteArray()).body())
        .isEqualTo(ANSWER.getBytes(StandardCharsets.UTF_8));
    assertThat(http.send(ask(ASK), BodyHandlers.ofLines()).body()).containsExactly(ANSWER);
    try (InputStream body = http.send(ask(ASK), BodyHandlers.ofInputStream()).body()) {
      assertThat(body).hasContent(ANSWER);
    }
    assertCharged(Usd.ofNanos(3 * COST.nanos()));
  }

  @Test
  void anAsynchronousAnswerIsMetered() throws Exception {
    server.enqueue(json(ANSWER));
    assertThat(http.sendAsync(ask(ASK), BodyHandlers.ofString()).get().body()).isEqualTo(ANSWER);
    assertCharged(COST);
  }

  @Test
  void aPlainAnswerThatNobodyReadsIsChargedAllTheSame() throws Exception {
    server.enqueue(json(ANSWER));
    HttpResponse<InputStream> unread = http.send(ask(ASK), BodyHandlers.ofInputStream());
    assertCharged(COST);
    unread.body().close();
    assertCharged(COST);
  }

  @Test
  void anAnswerThatIsDiscardedIsCharged() throws Exception {
    server.enqueue(json(ANSWER));
    http.send(ask(ASK), BodyHandlers.discarding());
    assertCharged(COST);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aStreamsUsageIsAskedForAndKeptFromWhoDidNotAsk(boolean async) throws Exception {
    server.enqueue(events(STREAM_WITH_USAGE));

    HttpResponse<String> answer =
        async ? http.sendAsync(ask(ASK_STREAM), BodyHandlers.ofString()).get() : send(ASK_STREAM);

    assertThat(answer.body()).isEqualTo(STREAM);
    assertThat(text(received())).contains("\"include_usage\":true");
    assertThat(answer.request()).isEqualTo(ask(ASK_STREAM));
    assertCharged(COST);
  }

  @Test
  void linesOfAStreamComeAsTheyAreWritten() throws Exception {
    server.enqueue(events(STREAM_WITH_USAGE));
    List<String> lines =
        http.send(ask(ASK_STREAM), BodyHandlers.ofLines()).body().toList();
    assertThat(lines).isEqualTo(STREAM.lines().toList());
    assertCharged(COST);
  }

  @Test
  void aCallerThatAskedForTheUsageGetsIt() throws Exception {
    String asking = ASK_STREAM.replace(
        "\"stream\":true", "\"stream\":true,\"stream_options\":{\"include_usage\":true}");
    server.enqueue(events(STREAM_WITH_USAGE));
    assertThat(send(asking).body()).isEqualTo(STREAM_WITH_USAGE);
    assertThat(text(received())).isEqualTo(asking);
    assertCharged(COST);
  }

  @Test
  void aStreamWaitsForWhoReadsIt() throws Exception {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      words.append(delta("word " + i));
    }
    server.enqueue(new MockResponse()
        .setHeader("Content-Type", "text/event-stream")
        .setChunkedBody(words + USAGE_EVENT + DONE_EVENT, 4096));
    SlowReader reader = new SlowReader();

    http.sendAsync(ask(ASK_STREAM), BodyHandlers.fromSubscriber(reader)).get(1, TimeUnit.MINUTES);

    assertThat(reader.most).isEqualTo(1);
    assertThat(reader.text()).isEqualTo(words + DONE_EVENT);
    assertCharged(COST);
  }

  /** Asks for one list at a time, and sees whether it gets more. */
  private static final class SlowReader implements Flow.Subscriber<List<ByteBuffer>> {
    private final Buffer bytes = new Buffer();
    private final CountDownLatch end = new CountDownLatch(1);
    private Flow.Subscription subscription;
    private int unasked;
    private int most;

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      this.subscription = subscription;
      subscription.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> items) {
      most = Math.max(most, ++unasked);
      for (ByteBuffer item : items) {
        byte[] copy = new byte[item.remaining()];
        item.get(copy);
        bytes.write(copy);
      }
      unasked--;
      subscription.request(1);
    }

    @Override
    public void onError(Throwable failure) {
      end.countDown();
    }

    @Override
    public void onComplete() {
      end.countDown();
    }

    String text() throws InterruptedException {
      assertThat(end.await(1, TimeUnit.MINUTES)).isTrue();
      return bytes.readUtf8();
    }
  }

  @Test
  void compressedAnswersAreMeteredAndDeliveredCompressed() throws Exception {
    Buffer compressed = new Buffer();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed.outputStream())) {
      gzip.write(ANSWER.getBytes(StandardCharsets.UTF_8));
    }
    byte[] bytes = compressed.readByteArray();
    server.enqueue(new MockResponse()
        .setHeader("Content-Type", "application/json")
        .setHeader("Content-Encoding", "gzip")
        .setBody(new Buffer().write(bytes)));
    HttpRequest request = to(CHAT)
        .header("Accept-Encoding", "gzip")
        .POST(BodyPublishers.ofString(ASK))
        .build();

    assertThat(http.send(request, BodyHandlers.ofByteArray()).body()).isEqualTo(bytes);
    assertCharged(COST);
  }

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

  @Test
  void aBodyOfUnknownLengthIsReadAndSentInChunks() throws Exception {
    server.enqueue(json(ANSWER));
    HttpRequest request = to(CHAT)
        .POST(BodyPublishers.ofInputStream(
            () -> new ByteArrayInputStream(ASK.getBytes(StandardCharsets.UTF_8))))
        .build();
    assertThat(http.send(request, BodyHandlers.ofString()).body()).isEqualTo(ANSWER);
    RecordedRequest sent = received();
    assertThat(text(sent)).isEqualTo(ASK);
    assertThat(sent.getHeader("Transfer-Encoding")).isEqualTo("chunked");
    assertCharged(COST);
  }

  @Test
  void whatIsNoCallPassesAndWhatCannotBeMeteredIsTold() throws Exception {
    server.enqueue(json("{\"data\":[]}"));
    server.enqueue(json("{}"));
    HttpRequest models = to("/v1/models").GET().build();
    assertThat(http.send(models, BodyHandlers.ofString()).body()).isEqualTo("{\"data\":[]}");
    HttpRequest odd = HttpRequest.newBuilder(to(CHAT).build().uri())
        .header("Content-Type", "text/plain")
        .POST(BodyPublishers.ofString("hello"))
        .build();
    assertThat(http.send(odd, BodyHandlers.ofString()).body()).isEqualTo("{}");
    assertThat(records()).singleElement().satisfies(record -> {
      assertThat(record.outcome()).isEqualTo(Outcome.UNMETERED);
      assertThat(record.reason()).isEqualTo("body of type text/plain");
    });
  }

  @Test
  void attributionComesFromTheThreadAndFromHeadersThatNeverLeave() throws Exception {
    server.enqueue(json(ANSWER));
    server.enqueue(json(ANSWER));
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try (AttributionScope scope = Attribution.key("alice").session("s1").open();
        Ceiling ceiling = Ceiling.open()) {
      send(ASK);
      Map<String, String> headers = AttributionHeaders.ofThisThread();
      pool.submit(() -> {
            HttpRequest.Builder request = to(CHAT).POST(BodyPublishers.ofString(ASK));
            headers.forEach(request::header);
            return http.sendAsync(request.build(), BodyHandlers.ofString()).get();
          })
          .get();
      assertThat(scope.spent()).isEqualTo(Usd.ofNanos(2 * COST.nanos()));
      assertThat(ceiling.requests()).isEqualTo(2);
    } finally {
      pool.shutdownNow();
    }
    for (int i = 0; i < 2; i++) {
      assertThat(received().getHeaders().names()).noneMatch(name -> name.startsWith("x-purser"));
    }
    assertThat(records()).hasSize(2).allSatisfy(record -> {
      assertThat(record.attribution().key()).isEqualTo("alice");
      assertThat(record.attribution().session()).isEqualTo("s1");
    });
  }

  @Test
  void aClientOverABudgetedOneCountsOnce() throws Exception {
    server.enqueue(json(ANSWER));
    HttpResponse<String> answer =
        BudgetedHttpClient.wrap(http, purser).send(ask(ASK), BodyHandlers.ofString());
    assertThat(answer.body()).isEqualTo(ANSWER);
    assertCharged(COST);
    assertThat(records()).hasSize(1);
  }
}
