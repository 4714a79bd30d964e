package dev.purser.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AbandonReason;
import dev.purser.api.Admission;
import dev.purser.api.Reservation;
import dev.purser.api.Settlement;
import dev.purser.api.UnmeteredCall;
import dev.purser.api.Usd;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Response;
import okhttp3.mockwebserver.MockResponse;
import okio.BufferedSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whom a stream's money waits for: a tool's call under a stream must not wait for that stream. */
class CarrierTest extends OverHttp {

  private static final String TALK = delta("one") + delta("two");
  private static final String FULL = TALK + USAGE_EVENT + DONE_EVENT;

  private final ExecutorService other = Executors.newSingleThreadExecutor();

  @AfterEach
  void noThreadIsLeftBehind() {
    other.shutdownNow();
  }

  private <T> T elsewhere(Callable<T> task) throws Exception {
    return other.submit(task).get(10, TimeUnit.SECONDS);
  }

  private Thread otherThread() throws Exception {
    return elsewhere(Thread::currentThread);
  }

  @Test
  void anUnreadStreamIsNobodysUntilTheCallerReadsIt() throws Exception {
    server.enqueue(events(FULL));
    try (Response response = client.newCall(ask(ASK_STREAM)).execute()) {
      assertThat(guard.carriers).containsExactly((Thread) null);
      assertThat(response.body().string()).isEqualTo(TALK + DONE_EVENT);
    }
    assertThat(guard.carriers).containsExactly(null, Thread.currentThread());
    assertSettledOnce();
  }

  @Test
  void theThreadThatReadsAStreamCarriesItNotTheDispatchersThatBroughtIt() throws Exception {
    server.enqueue(events(FULL));
    CompletableFuture<Response> brought = new CompletableFuture<>();
    client.newCall(ask(ASK_STREAM)).enqueue(completing(brought));

    try (Response response = brought.get(10, TimeUnit.SECONDS)) {
      assertThat(elsewhere(() -> response.body().string())).isEqualTo(TALK + DONE_EVENT);
    }
    assertThat(guard.carriers).containsExactly(null, otherThread());
  }

  @Test
  void aCallbackThatReadsOnTheDispatchersThreadCarriesItThere() throws Exception {
    server.enqueue(events(FULL));
    CompletableFuture<Thread> read = new CompletableFuture<>();
    client.newCall(ask(ASK_STREAM)).enqueue(new Callback() {
      @Override
      public void onResponse(Call call, Response response) throws IOException {
        try (response) {
          response.body().string();
        }
        read.complete(Thread.currentThread());
      }

      @Override
      public void onFailure(Call call, IOException e) {
        read.completeExceptionally(e);
      }
    });
    assertThat(read.get(10, TimeUnit.SECONDS)).isNotSameAs(Thread.currentThread());
    assertThat(guard.carriers).containsExactly(null, read.get());
  }

  @Test
  void aReaderThatTakesOverInMidStreamIsNotedOnceHoweverOftenItReads() throws Exception {
    CountDownLatch firstSeen = new CountDownLatch(1);
    CountDownLatch secondSeen = new CountDownLatch(1);
    try (ScriptedServer provider = new ScriptedServer(connection -> {
      connection.readRequest();
      connection.sendHead("text/event-stream", "Transfer-Encoding: chunked\r\n");
      connection.sendChunk(delta("one"));
      ScriptedServer.await(firstSeen);
      connection.sendChunk(delta("two"));
      ScriptedServer.await(secondSeen);
      connection.sendChunk(delta("six") + USAGE_EVENT + DONE_EVENT);
      connection.send("0\r\n\r\n");
    })) {
      try (Response response =
          client.newCall(StreamedAnswerTest.streamTo(provider)).execute()) {
        BufferedSource source = response.body().source();
        int event = delta("one").length();
        assertThat(source.readUtf8(event)).isEqualTo(delta("one"));
        firstSeen.countDown();
        assertThat(elsewhere(() -> source.readUtf8(event))).isEqualTo(delta("two"));
        secondSeen.countDown();
        assertThat(elsewhere(() -> source.readUtf8(event))).isEqualTo(delta("six"));
      }
      provider.finish();
    }
    assertThat(guard.carriers).containsExactly(null, Thread.currentThread(), otherThread());
  }

  @Test
  void whoReadsWhatIsLeftAfterTheEndCarriesNothing() throws Exception {
    CountDownLatch settled = new CountDownLatch(1);
    try (ScriptedServer provider = new ScriptedServer(connection -> {
      connection.readRequest();
      connection.sendHead("text/event-stream", "Transfer-Encoding: chunked\r\n");
      connection.sendChunk(TALK + USAGE_EVENT + DONE_EVENT);
      ScriptedServer.await(settled);
      connection.sendChunk(": bye\n\n");
      connection.send("0\r\n\r\n");
    })) {
      try (Response response =
          client.newCall(StreamedAnswerTest.streamTo(provider)).execute()) {
        BufferedSource source = response.body().source();
        assertThat(source.readUtf8((TALK + DONE_EVENT).length())).isEqualTo(TALK + DONE_EVENT);
        assertSettledOnce();
        settled.countDown();
        assertThat(elsewhere(() -> source.readUtf8())).isEqualTo(": bye\n\n");
      }
      provider.finish();
    }
    assertThat(guard.carriers).containsExactly(null, Thread.currentThread());
    assertSettledOnce();
  }

  @Test
  void anAnswerThatIsReadBeforeItIsHandedOverIsEndedByThen() throws Exception {
    server.enqueue(json(ANSWER));
    assertThat(send(ask(ASK))).isEqualTo(ANSWER);
    assertThat(guard.carriers).isEmpty();
    assertSettledOnce();
  }

  @Test
  void anAnswerTooLargeToReadAheadIsCarriedByItsReader() throws Exception {
    String large = ANSWER.replace("money.", "money." + " ".repeat(2 << 20));
    server.enqueue(json(large));
    assertThat(send(ask(ASK))).isEqualTo(large);
    assertThat(guard.carriers).containsExactly(null, Thread.currentThread());
    assertSettledOnce();
  }

  @Test
  void aCallThatTheProviderTurnsDownIsCarriedByNobody() throws Exception {
    server.enqueue(new MockResponse().setResponseCode(500).setBody("{}"));
    assertThat(send(ask(ASK_STREAM))).isEqualTo("{}");
    assertThat(guard.carriers).isEmpty();
    assertReleasedOnce();
  }

  @Test
  void aStreamThatIsClosedUnreadIsCarriedByNobody() throws Exception {
    server.enqueue(events(FULL));
    client.newCall(ask(ASK_STREAM)).execute().close();
    assertThat(guard.carriers).containsExactly((Thread) null);
    assertAbandonedOnce(AbandonReason.CLOSED_EARLY);
  }

  @Test
  void aGuardThatCannotNoteTheReaderBreaksNothing() throws Exception {
    guard.answer(intent -> new Admission.Admitted(
        new Uncarried(guard.reservation()), intent.model(), OptionalLong.empty()));
    server.enqueue(events(FULL));
    assertThat(send(ask(ASK_STREAM))).isEqualTo(TALK + DONE_EVENT);
    assertSettledOnce();
    assertThat(guard.unmetered)
        .extracting(UnmeteredCall::why)
        .containsOnly("fault in the carrier: java.lang.IllegalStateException");
  }

  private static Callback completing(CompletableFuture<Response> brought) {
    return new Callback() {
      @Override
      public void onResponse(Call call, Response response) {
        brought.complete(response);
      }

      @Override
      public void onFailure(Call call, IOException e) {
        brought.completeExceptionally(e);
      }
    };
  }

  /** A reservation that is broken in one place. */
  private record Uncarried(Reservation sound) implements Reservation {
    @Override
    public void carriedBy(Thread thread) {
      throw new IllegalStateException("broken");
    }

    @Override
    public String id() {
      return sound.id();
    }

    @Override
    public Usd reserved() {
      return sound.reserved();
    }

    @Override
    public boolean settle(Settlement settlement) {
      return sound.settle(settlement);
    }

    @Override
    public boolean release() {
      return sound.release();
    }

    @Override
    public boolean abandon(AbandonReason reason) {
      return sound.abandon(reason);
    }
  }
}
