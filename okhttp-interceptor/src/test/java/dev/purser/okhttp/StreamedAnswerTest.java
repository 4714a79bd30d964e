package dev.purser.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.api.AbandonReason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.sse.EventSource;
import okhttp3.sse.EventSourceListener;
import okhttp3.sse.EventSources;
import okio.BufferedSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamedAnswerTest extends OverHttp {

  private static final String TALK = delta("The officer") + delta(" who keeps") + delta(" money.");
  private static final String FULL = TALK + USAGE_EVENT + DONE_EVENT;

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 64, 10_000})
  void usageThatWeAskedForIsSettledAndHidden(int chunkSize) throws Exception {
    server.enqueue(events("").setChunkedBody(FULL, chunkSize));
    assertThat(send(ask(ASK_STREAM))).isEqualTo(TALK + DONE_EVENT);

    String received = text(received());
    assertThat(received).contains("\"include_usage\":true");
    assertThat(received.replace("\"stream_options\":{\"include_usage\":true},", ""))
        .isEqualTo(ASK_STREAM);
    assertSettledOnce();
  }

  @Test
  void aHiddenEventLeavesNoStaleContentLength() throws Exception {
    server.enqueue(
        new MockResponse().setHeader("Content-Type", "text/event-stream").setBody(FULL));
    try (Response response = client.newCall(ask(ASK_STREAM)).execute()) {
      assertThat(response.header("Content-Length")).isNull();
      assertThat(response.body().contentLength()).isEqualTo(-1);
      assertThat(response.body().bytes()).asString().isEqualTo(TALK + DONE_EVENT);
    }
    assertSettledOnce();
  }

  @Test
  void usageThatTheCallerAskedForIsSettledAndDelivered() throws Exception {
    server.enqueue(events(FULL));
    assertThat(send(ask(ASK_STREAM_USAGE))).isEqualTo(FULL);
    assertThat(text(received())).isEqualTo(ASK_STREAM_USAGE);
    assertSettledOnce();
  }

  @Test
  void aStreamWithoutUsageIsCharged() throws Exception {
    server.enqueue(events(TALK + DONE_EVENT));
    assertThat(send(ask(ASK_STREAM))).isEqualTo(TALK + DONE_EVENT);
    assertAbandonedOnce(AbandonReason.NO_USAGE);
  }

  @Test
  void aStreamThatEndsBeforeItsEndIsCharged() throws Exception {
    server.enqueue(events(TALK));
    assertThat(send(ask(ASK_STREAM))).isEqualTo(TALK);
    assertAbandonedOnce(AbandonReason.STREAM_CUT);
  }

  @Test
  void aCallerThatAsksForGzipGetsAStreamWhoseExtraEventCanBeHidden() throws Exception {
    server.enqueue(events(FULL));
    Request request =
        ask(ASK_STREAM).newBuilder().header("Accept-Encoding", "gzip").build();
    assertThat(send(request)).isEqualTo(TALK + DONE_EVENT);
    RecordedRequest received = received();
    assertThat(received.getHeader("Accept-Encoding")).isEqualTo("identity");
    assertSettledOnce();
  }

  @Test
  void aStreamThatIsRefusedWithJsonIsDeliveredWhole() throws Exception {
    String error = "{\"error\":{\"message\":\"overloaded\"}}";
    server.enqueue(json(error));
    assertThat(send(ask(ASK_STREAM))).isEqualTo(error);
    assertUnbilledOnce();
  }

  @Test
  void theFirstEventArrivesBeforeTheSecondIsSent() throws Exception {
    CountDownLatch firstSeen = new CountDownLatch(1);
    try (ScriptedServer provider = new ScriptedServer(connection -> {
      connection.readRequest();
      connection.sendHead("text/event-stream", "Transfer-Encoding: chunked\r\n");
      connection.sendChunk(delta("one"));
      ScriptedServer.await(firstSeen);
      connection.sendChunk(delta("two") + USAGE_EVENT + DONE_EVENT);
      connection.send("0\r\n\r\n");
    })) {
      try (Response response = client.newCall(streamTo(provider)).execute()) {
        BufferedSource source = response.body().source();
        assertThat(source.readUtf8(delta("one").length())).isEqualTo(delta("one"));
        firstSeen.countDown();
        assertThat(source.readUtf8()).isEqualTo(delta("two") + DONE_EVENT);
      }
      provider.finish();
    }
    assertSettledOnce();
  }

  @Test
  void aClientThatStopsAtDoneIsSettledByTheUsageBeforeIt() throws Exception {
    server.enqueue(events(FULL));
    try (Response response = client.newCall(ask(ASK_STREAM)).execute()) {
      BufferedSource source = response.body().source();
      String line;
      do {
        line = source.readUtf8LineStrict();
      } while (!line.equals("data: [DONE]"));
    }
    assertSettledOnce();
  }

  @Test
  void serverSentEventsOfOkHttpPassThroughAndAreSettled() throws Exception {
    server.enqueue(events(FULL));
    List<String> seen = new ArrayList<>();
    CompletableFuture<List<String>> closed = new CompletableFuture<>();
    EventSources.createFactory(client).newEventSource(ask(ASK_STREAM), new EventSourceListener() {
      @Override
      public void onEvent(EventSource source, String id, String type, String data) {
        seen.add(data);
      }

      @Override
      public void onClosed(EventSource source) {
        closed.complete(seen);
      }

      @Override
      public void onFailure(EventSource source, Throwable t, Response response) {
        closed.completeExceptionally(t);
      }
    });
    assertThat(closed.get(10, TimeUnit.SECONDS)).hasSize(4).last().isEqualTo("[DONE]");
    awaitEnding();
    assertSettledOnce();
  }

  @Test
  void anEventSourceThatIsCancelledIsCharged() throws Exception {
    CountDownLatch cancelled = new CountDownLatch(1);
    try (ScriptedServer provider = stalling(cancelled)) {
      EventSources.createFactory(client)
          .newEventSource(streamTo(provider), new EventSourceListener() {
            @Override
            public void onEvent(EventSource source, String id, String type, String data) {
              source.cancel();
            }

            @Override
            public void onFailure(EventSource source, Throwable t, Response response) {
              cancelled.countDown();
            }
          });
      awaitEnding();
      provider.finish();
    }
    assertThat(guard.endings)
        .hasSize(1)
        .first()
        .satisfies(ending -> assertThat(ending.reason())
            .isIn(AbandonReason.CALL_FAILED, AbandonReason.CLOSED_EARLY));
  }

  @Test
  void aCallCancelledInMidStreamFailsAsItWouldWithoutUsAndIsCharged() throws Exception {
    CountDownLatch cancelled = new CountDownLatch(1);
    try (ScriptedServer provider = stalling(cancelled)) {
      Call call = client.newCall(streamTo(provider));
      try (Response response = call.execute()) {
        BufferedSource source = response.body().source();
        source.readUtf8(delta("one").length());
        call.cancel();
        assertThatThrownBy(source::readUtf8).isInstanceOf(IOException.class);
      }
      cancelled.countDown();
      provider.finish();
    }
    assertAbandonedOnce(AbandonReason.CALL_FAILED);
  }

  /** A provider that says one word and waits for the client to hang up. */
  static ScriptedServer stalling(CountDownLatch stop) throws IOException {
    return new ScriptedServer(connection -> {
      connection.readRequest();
      connection.sendHead("text/event-stream", "Transfer-Encoding: chunked\r\n");
      connection.sendChunk(delta("one"));
      ScriptedServer.await(stop);
    });
  }

  static Request streamTo(ScriptedServer provider) {
    return new Request.Builder()
        .url(provider.url(CHAT))
        .post(RequestBody.create(ASK_STREAM, JSON))
        .build();
  }
}
