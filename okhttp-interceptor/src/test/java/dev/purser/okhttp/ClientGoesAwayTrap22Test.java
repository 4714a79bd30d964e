package dev.purser.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.api.AbandonReason;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.mockwebserver.MockResponse;
import okio.BufferedSource;
import org.junit.jupiter.api.Test;

/** The provider bills an answer whether or not its caller stays to the end. */
class ClientGoesAwayTrap22Test extends OverHttp {

  @Test
  void aStreamClosedInTheMiddleIsCharged() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    try (ScriptedServer provider = StreamedAnswerTest.stalling(closed)) {
      Request request = StreamedAnswerTest.streamTo(provider);
      try (Response response = client.newCall(request).execute()) {
        response.body().source().readUtf8(delta("one").length());
        assertThat(guard.endings).isEmpty();
      }
      assertAbandonedOnce(AbandonReason.CLOSED_EARLY);
      closed.countDown();
      provider.finish();
    }
  }

  @Test
  void aStreamClosedUnreadIsCharged() throws Exception {
    server.enqueue(events(delta("one") + USAGE_EVENT + DONE_EVENT));
    client.newCall(ask(ASK_STREAM)).execute().close();
    assertAbandonedOnce(AbandonReason.CLOSED_EARLY);
  }

  @Test
  void aLargeAnswerClosedInTheMiddleIsCharged() throws Exception {
    String text = "x".repeat(2 * (int) MeteredAnswer.EAGER_BYTES);
    server.enqueue(json(ANSWER.replace("The officer", text)));
    try (Response response = client.newCall(ask(ASK)).execute()) {
      response.body().source().readUtf8(100);
    }
    assertAbandonedOnce(AbandonReason.CLOSED_EARLY);
  }

  @Test
  void closingTwiceChargesOnce() throws Exception {
    server.enqueue(events(delta("one")));
    Response response = client.newCall(ask(ASK_STREAM)).execute();
    response.close();
    response.close();
    assertAbandonedOnce(AbandonReason.CLOSED_EARLY);
  }

  @Test
  void anAnswerThatNobodyReadsOrClosesIsSettled() throws Exception {
    // As after the cancellation of an SDK's future: the HTTP call runs on, its answer is dropped.
    server.enqueue(json(ANSWER));
    Response dropped = client.newCall(ask(ASK)).execute();
    assertSettledOnce();
    dropped.close();
    assertSettledOnce();
  }

  @Test
  void anAsynchronousCallCancelledInMidAnswerIsCharged() throws Exception {
    CountDownLatch halfSent = new CountDownLatch(1);
    CountDownLatch failed = new CountDownLatch(1);
    try (ScriptedServer provider = new ScriptedServer(connection -> {
      connection.readRequest();
      connection.sendHead("application/json", "Content-Length: " + ANSWER.length() + "\r\n");
      connection.send(ANSWER.substring(0, 100));
      halfSent.countDown();
      connection.awaitHangUp();
    })) {
      Request request = new Request.Builder()
          .url(provider.url(CHAT))
          .post(RequestBody.create(ASK, JSON))
          .build();
      Call call = client.newCall(request);
      call.enqueue(new Callback() {
        @Override
        public void onResponse(Call answered, Response response) {
          try (response) {
            assertThatThrownBy(response.body()::bytes).isInstanceOf(IOException.class);
            failed.countDown();
          }
        }

        @Override
        public void onFailure(Call answered, IOException e) {
          failed.countDown();
        }
      });
      ScriptedServer.await(halfSent);
      call.cancel();
      assertThat(failed.await(10, TimeUnit.SECONDS)).isTrue();
      provider.finish();
    }
    assertAbandonedOnce(AbandonReason.CALL_FAILED);
  }

  @Test
  void usageSeenBeforeTheClientWentAwayIsSettledNotCharged() throws Exception {
    server.enqueue(new MockResponse()
        .setHeader("Content-Type", "text/event-stream")
        .setBody(delta("one") + USAGE_EVENT + DONE_EVENT));
    try (Response response = client.newCall(ask(ASK_STREAM)).execute()) {
      BufferedSource source = response.body().source();
      source.readUtf8LineStrict();
    }
    assertSettledOnce();
  }
}
