package dev.purser.jdkhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Attribution;
import dev.purser.api.AttributionScope;
import dev.purser.api.Ceiling;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.Usd;
import dev.purser.http.AttributionHeaders;
import java.io.ByteArrayInputStream;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;
import okio.Buffer;
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
