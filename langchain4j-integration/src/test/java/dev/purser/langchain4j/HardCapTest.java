package dev.purser.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.purser.api.BudgetExceededException;
import dev.purser.api.Refusal;
import dev.purser.core.Purser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.Test;

/** Promise 1: what providers bill is never above the cap, for any number of threads. */
class HardCapTest extends Loopback {

  private static final int THREADS = 24;
  private static final long CAP_NANOS = 20_000_000;

  private final AtomicInteger refused = new AtomicInteger();

  @Test
  void callsAndStreamsThatStartAtTheSameMomentNeverPassTheCap() throws Exception {
    server.setDispatcher(new Dispatcher() {
      @Override
      public MockResponse dispatch(RecordedRequest request) {
        billed.addAndGet(Bodies.GPT_BILL);
        String body = request.getBody().readString(StandardCharsets.UTF_8);
        return body.contains("\"stream\" : true") ? Bodies.gptStream("It.") : Bodies.gpt("It.");
      }
    });
    Purser purser = purser("0.02").build();
    // Its bound is above what is billed: 1,200 tokens of input and 70 of output.
    String question = "What is a purser? ".repeat(300);
    ChatModel model = BudgetedChatModel.wrap(openAi().maxTokens(100).build(), purser);
    StreamingChatModel streaming =
        BudgetedStreamingChatModel.wrap(openAiStream().maxTokens(100).build(), purser);
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<?>> calls = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        boolean stream = i % 2 == 0;
        calls.add(pool.submit(() -> {
          start.await();
          for (int turn = 0; turn < 3; turn++) {
            if (stream) {
              stream(streaming, question);
            } else {
              ask(model, question);
            }
          }
          return null;
        }));
      }
      start.countDown();
      for (Future<?> call : calls) {
        call.get(60, TimeUnit.SECONDS);
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(refused.get() + server.getRequestCount()).isEqualTo(3 * THREADS);
    assertThat(refused.get()).isPositive();
    assertThat(billed.get()).isPositive().isLessThanOrEqualTo(CAP_NANOS);
    while (ask(model, question)) {
      // What is left can be used to the last call that fits.
    }
    assertThat(billed.get()).isBetween(CAP_NANOS - 6_000_000, CAP_NANOS);
    assertBilledIsSettled(purser);
  }

  private boolean ask(ChatModel model, String question) {
    try {
      return model.chat(question).equals("It.");
    } catch (BudgetExceededException e) {
      assertThat(e.refusal().reason()).isIn(Refusal.Reason.EXHAUSTED, Refusal.Reason.HELD);
      refused.incrementAndGet();
      return false;
    }
  }

  private void stream(StreamingChatModel model, String question) throws InterruptedException {
    Collected handler = new Collected();
    model.chat(question, handler);
    if (handler.end().equals("error")) {
      assertThat(handler.errors.get(0)).isInstanceOf(BudgetExceededException.class);
      refused.incrementAndGet();
    }
  }
}
