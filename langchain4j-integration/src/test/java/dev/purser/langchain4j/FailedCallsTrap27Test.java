package dev.purser.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.core.Purser;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.SocketPolicy;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Trap 27: a retry is counted per attempt although the first never reached the provider, or once in all
 * although each was billed.
 */
class FailedCallsTrap27Test extends Loopback {

  private OpenAiChatModel.OpenAiChatModelBuilder once() {
    return openAi().maxTokens(100).maxRetries(0);
  }

  @Test
  void attemptsThatTheProviderAnsweredWithAnErrorAreOneCallWithTheOneThatItBilled() {
    server.enqueue(status(500));
    server.enqueue(status(429));
    enqueue(Bodies.gpt("It."), Bodies.GPT_BILL);
    Purser purser = purser("1").build();

    BudgetedChatModel.wrap(openAi().maxRetries(2).build(), purser).chat("What?");

    assertThat(server.getRequestCount()).isEqualTo(3);
    assertBilledIsSettled(purser);
    assertThat(records).extracting(SpendRecord::outcome).containsExactly(Outcome.SETTLED);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 408, 429, 500, 503, 529})
  void anAnswerWithAnErrorStatusIsNotBilled(int status) {
    server.enqueue(status(status));
    Purser purser = purser("1").build();
    ChatModel model = BudgetedChatModel.wrap(once().build(), purser);

    assertThatThrownBy(() -> model.chat("What?")).isInstanceOf(RuntimeException.class);

    assertSpent(purser, 0);
    assertThat(records).singleElement().satisfies(record -> {
      assertThat(record.outcome()).isEqualTo(Outcome.RELEASED);
      assertThat(record.exchange().status()).isEqualTo(status);
      assertThat(record.exchange().errorType()).isEqualTo("http_" + status);
    });
  }

  @Test
  void whatTheModelThrowsReachesTheCallerAsItIs() {
    server.enqueue(status(401));
    Purser purser = purser("1").build();
    ChatModel model = BudgetedChatModel.wrap(once().build(), purser);

    assertThatThrownBy(() -> model.chat("What?")).isInstanceOf(AuthenticationException.class);
    purser.close();
  }

  @Test
  void aProviderThatIsNotThereBillsNothing() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    String nobody = "http://127.0.0.1:" + port + "/v1";
    Purser purser = purser("1").build();
    ChatModel model = BudgetedChatModel.wrap(once().baseUrl(nobody).build(), purser);
    StreamingChatModel stream =
        BudgetedStreamingChatModel.wrap(openAiStream().baseUrl(nobody).build(), purser);
    Collected handler = new Collected();

    assertThatThrownBy(() -> model.chat("What?")).isInstanceOf(RuntimeException.class);
    stream.chat("What?", handler);
    assertThat(handler.end()).isEqualTo("error");

    assertSpent(purser, 0);
    assertThat(records)
        .extracting(SpendRecord::outcome)
        .containsExactly(Outcome.RELEASED, Outcome.RELEASED);
  }

  @Test
  void aCallThatTimedOutMayHaveBeenBilledAndIsChargedAsItWasReserved() {
    server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
    Purser purser = purser("1").build();
    ChatModel model =
        BudgetedChatModel.wrap(once().timeout(Duration.ofSeconds(2)).build(), purser);

    assertThatThrownBy(() -> model.chat("What?")).isInstanceOf(TimeoutException.class);

    assertThat(all(purser).held()).isZero();
    purser.close();
    assertThat(records).singleElement().satisfies(record -> {
      assertThat(record.outcome()).isEqualTo(Outcome.ABANDONED);
      assertThat(record.reason()).isEqualTo("call_failed");
      assertThat(record.costNanoUsd()).isEqualTo(record.reservedNanoUsd()).isPositive();
    });
  }

  @Test
  void anAnswerThatBreaksOffMayHaveBeenBilledAndIsCharged() {
    server.enqueue(Bodies.gpt("It.").setSocketPolicy(SocketPolicy.DISCONNECT_DURING_RESPONSE_BODY));
    Purser purser = purser("1").build();
    ChatModel model = BudgetedChatModel.wrap(once().build(), purser);

    assertThatThrownBy(() -> model.chat("What?")).isInstanceOf(RuntimeException.class);

    assertThat(all(purser).held()).isZero();
    assertThat(all(purser).spent()).isPositive();
    purser.close();
  }

  @Test
  void aStreamThatBreaksOffIsChargedForWhatWasSeen() throws Exception {
    OpenAiStreamingChatModel plain = openAiStream().maxTokens(100).build();
    server.enqueue(Bodies.gptStream("The ", "officer ", "who ", "keeps ", "the ", "money")
        .setSocketPolicy(SocketPolicy.DISCONNECT_DURING_RESPONSE_BODY));
    Purser purser = purser("1").build();
    Collected handler = new Collected();

    BudgetedStreamingChatModel.wrap(plain, purser).chat("What?", handler);

    // Half an event may come first, which LangChain4j tells of and goes on; and the JDK's client
    // takes a
    // connection that broke for an answer that ended, or not.
    assertThat(handler.end()).isNotNull();
    Awaitility.await()
        .atMost(LONG)
        .untilAsserted(() -> assertThat(purser.counters().keySet())
            .containsAnyOf("calls.estimated.call_failed", "calls.estimated.stream_cut"));
    assertThat(all(purser).held()).isZero();
    purser.close();
    SpendRecord last = records.get(records.size() - 1);
    assertThat(last.outcome()).isEqualTo(Outcome.ESTIMATED);
    assertThat(last.reason()).isIn("call_failed", "stream_cut");
    assertThat(last.usage().outputTokens()).isBetween(0L, 12L);
    assertThat(records.stream().mapToLong(SpendRecord::spentNanoUsd).sum())
        .isEqualTo(last.costNanoUsd());
  }

  @Test
  void anAnswerWithoutUsageIsChargedForItsInputAndWhatItShows() {
    server.enqueue(Bodies.json("{\"id\":\"c\",\"model\":\"gpt-4o\",\"choices\":[{\"index\":0,"
        + "\"message\":{\"role\":\"assistant\",\"content\":\"The officer\"},"
        + "\"finish_reason\":\"stop\"}]}"));
    Purser purser = purser("1").build();

    BudgetedChatModel.wrap(once().build(), purser).chat("What?");

    assertThat(all(purser).held()).isZero();
    purser.close();
    assertThat(records).singleElement().satisfies(record -> {
      assertThat(record.outcome()).isEqualTo(Outcome.ESTIMATED);
      assertThat(record.reason()).isEqualTo("no_usage");
      assertThat(record.usage().outputTokens()).isBetween(2L, 6L);
    });
  }
}
