package dev.purser.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.chat.ChatModel;
import dev.purser.api.Attribution;
import dev.purser.api.AttributionScope;
import dev.purser.api.CallDeniedException;
import dev.purser.api.FreezeTarget;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.core.Purser;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.jupiter.api.Test;

class FreezeTest extends Loopback {

  private static final FreezeTarget ALICE = FreezeTarget.key("alice");

  private record Told(Throwable error, boolean interrupted) {}

  @Test
  void aCallThatIsWaitedForIsCutAndNotRepeatedAndItsThreadIsLeftAsItWas() throws Exception {
    server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
    Purser purser = purser("1").build();
    ChatModel model =
        BudgetedChatModel.wrap(openAi().maxTokens(100).maxRetries(2).build(), purser);
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      Future<Told> call = pool.submit(() -> {
        try (AttributionScope run = Attribution.key("alice").open()) {
          assertThat(run.spent().nanos()).isZero();
          model.chat("What?");
          return new Told(null, false);
        } catch (RuntimeException e) {
          return new Told(e, Thread.currentThread().isInterrupted());
        }
      });
      received();

      purser.freeze(ALICE, OWNER, "runaway");

      Told told = call.get(20, TimeUnit.SECONDS);
      assertThat(told.error()).isInstanceOf(CallDeniedException.class);
      assertThat(told.interrupted()).isFalse();
    } finally {
      pool.shutdownNow();
    }
    assertThat(server.getRequestCount()).isEqualTo(1);
    assertThat(all(purser).held()).isZero();
    purser.close();
    assertThat(records)
        .filteredOn(record -> record.outcome() == Outcome.ABANDONED)
        .singleElement()
        .satisfies(record -> assertThat(record.reason()).isEqualTo("frozen"));
  }

  @Test
  void aFrozenKeysCallsDoNotLeave() throws Exception {
    Purser purser = purser("1").build();
    purser.freeze(ALICE, OWNER, "runaway");
    ChatModel model = BudgetedChatModel.wrap(openAi().build(), purser);
    Collected handler = new Collected();

    try (AttributionScope run = Attribution.key("alice").open()) {
      assertThatThrownBy(() -> model.chat("What?")).isInstanceOf(CallDeniedException.class);
      BudgetedStreamingChatModel.wrap(openAiStream().build(), purser).chat("What?", handler);
      assertThat(run.spent().nanos()).isZero();
    }

    assertThat(handler.end()).isEqualTo("error");
    assertThat(handler.errors).singleElement().isInstanceOf(CallDeniedException.class);
    assertThat(server.getRequestCount()).isZero();
    purser.close();
  }
}
