package dev.purser.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.purser.api.Attribution;
import dev.purser.api.AttributionScope;
import dev.purser.api.BudgetExceededException;
import dev.purser.api.CallDeniedException;
import dev.purser.api.Denial;
import dev.purser.api.OngoingCall;
import dev.purser.api.Secret;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.VirtualKey;
import dev.purser.core.Purser;
import dev.purser.okhttp.BudgetInterceptor;
import okhttp3.OkHttpClient;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Trap 26: one call passes two hooks, a wrapped model over an intercepted client, and is counted
 * twice.
 */
class WrappedModelOverInterceptedClientTrap26Test extends Loopback {

  private static final String REAL = "sk-real-loopback";

  private OkHttpClient http = new OkHttpClient();

  private OverOkHttp intercepted(Purser purser) {
    return intercepted(new BudgetInterceptor(purser));
  }

  private OverOkHttp intercepted(BudgetInterceptor interceptor) {
    http = new OkHttpClient.Builder().addInterceptor(interceptor).build();
    return new OverOkHttp(http);
  }

  @AfterEach
  void close() {
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }

  private void assertNothingOfOursLeft() throws InterruptedException {
    RecordedRequest request = received();
    assertThat(request.getHeaders().names())
        .noneMatch(name -> name.toLowerCase(java.util.Locale.ROOT).startsWith("x-purser"));
  }

  @Test
  void aCallIsCountedByTheModelAndPassesTheClient() throws Exception {
    enqueue(Bodies.gpt("It."), Bodies.GPT_BILL);
    Purser purser = purser("1").build();
    ChatModel model =
        BudgetedChatModel.wrap(openAi().httpClientBuilder(intercepted(purser)).build(), purser);

    try (AttributionScope run = Attribution.key("alice").open()) {
      assertThat(model.chat("What?")).isEqualTo("It.");
      assertThat(run.spent().nanos()).isEqualTo(Bodies.GPT_BILL);
    }

    assertNothingOfOursLeft();
    assertBilledIsSettled(purser);
    assertThat(records).extracting(SpendRecord::api).containsExactly("langchain4j.chat");
  }

  @Test
  void soIsOneThatItsBudgetPaysForOnlyOnce() {
    enqueue(Bodies.gpt("It."), Bodies.GPT_BILL);
    // The hold of one: 200 tokens of output, and some of input.
    Purser purser = purser("0.0025").build();
    ChatModel model = BudgetedChatModel.wrap(
        openAi().maxTokens(200).httpClientBuilder(intercepted(purser)).build(), purser);

    assertThat(model.chat("What?")).isEqualTo("It.");
    assertBilledIsSettled(purser);
  }

  @Test
  void soAreItsRepetitionsAndAnEmbedding() {
    server.enqueue(status(500));
    enqueue(Bodies.gpt("It."), Bodies.GPT_BILL);
    enqueue(
        Bodies.json("{\"model\":\"text-embedding-3-small\",\"data\":[{\"embedding\":[0.1]}],"
            + "\"usage\":{\"prompt_tokens\":1000,\"total_tokens\":1000}}"),
        20_000);
    Purser purser = purser("1").build();
    OverOkHttp client = intercepted(purser);
    BudgetedChatModel.wrap(openAi().httpClientBuilder(client).build(), purser).chat("What?");
    BudgetedEmbeddingModel.wrap(
            OpenAiEmbeddingModel.builder()
                .baseUrl(server.url("/v1").toString())
                .apiKey("sk-loopback")
                .modelName("text-embedding-3-small")
                .httpClientBuilder(client)
                .build(),
            purser)
        .embed("a purser");

    assertThat(server.getRequestCount()).isEqualTo(3);
    assertBilledIsSettled(purser);
    assertThat(records).hasSize(2);
  }

  @Test
  void aStreamThatTheDispatcherSendsIsCountedOnceIfTheClientIsTold() throws Exception {
    enqueue(Bodies.gptStream("The ", "officer"), Bodies.GPT_BILL);
    Purser purser = purser("1").build();
    StreamingChatModel model = BudgetedStreamingChatModel.wrap(
        openAiStream().httpClientBuilder(CountedOnce.over(intercepted(purser))).build(), purser);
    Collected handler = new Collected();

    model.chat("What?", handler);

    assertThat(handler.end()).isEqualTo("complete");
    assertThat(handler.parts).containsExactly("The ", "officer");
    assertNothingOfOursLeft();
    assertBilledIsSettled(purser);
    assertThat(records).extracting(SpendRecord::api).containsExactly("langchain4j.chat");
  }

  @Test
  void anotherGuardsCallIsCountedByBoth() {
    enqueue(Bodies.gpt("It."), Bodies.GPT_BILL);
    Purser own = purser("1").build();
    Purser platforms = purser("1").build();
    ChatModel model = BudgetedChatModel.wrap(
        openAi().httpClientBuilder(CountedOnce.over(intercepted(platforms))).build(), own);

    model.chat("What?");

    assertThat(all(own).spent()).isEqualTo(Bodies.GPT_BILL);
    assertThat(all(platforms).spent()).isEqualTo(Bodies.GPT_BILL);
    own.close();
    platforms.close();
  }

  @Test
  void aTokenThatNamesNoCallMakesNoneFree() {
    enqueue(Bodies.gpt("It."), Bodies.GPT_BILL);
    Purser purser = purser("1").build();
    ChatModel model = openAi()
        .customHeaders(java.util.Map.of(OngoingCall.HEADER, "0123456789abcdef"))
        .httpClientBuilder(intercepted(purser))
        .build();

    model.chat("What?");

    assertBilledIsSettled(purser);
    assertThat(records).extracting(SpendRecord::api).containsExactly("openai.chat.completions");
  }

  @Test
  void aCallWithAVirtualKeyIsCountedForItsKeyAndOnceAndLeavesWithTheRealOne() throws Exception {
    enqueue(Bodies.gpt("It."), Bodies.GPT_BILL);
    Purser purser = purser("1").build();
    String key = purser
        .keys()
        .mint(VirtualKey.named("alice").owner(OWNER), OWNER)
        .secret()
        .reveal();
    OverOkHttp client = intercepted(BudgetInterceptor.builder(purser)
        .credentials(upstream -> Secret.of(REAL))
        .build());
    ChatModel model =
        BudgetedChatModel.wrap(openAi().apiKey(key).httpClientBuilder(client).build(), purser);

    assertThat(model.chat("What?")).isEqualTo("It.");

    assertThat(received().getHeader("Authorization")).isEqualTo("Bearer " + REAL);
    assertBilledIsSettled(purser);
    assertThat(records)
        .filteredOn(record -> record.outcome() == Outcome.SETTLED)
        .singleElement()
        .satisfies(record -> {
          assertThat(record.attribution().key()).isEqualTo("alice");
          assertThat(record.api()).isEqualTo("openai.chat.completions");
        });
  }

  @Test
  void aModelThatTheKeyMayNotCallIsDeniedInTheCallersHands() {
    Purser purser = purser("1").build();
    String key = purser
        .keys()
        .mint(VirtualKey.named("alice").owner(OWNER).models("gpt-4o-mini"), OWNER)
        .secret()
        .reveal();
    OverOkHttp client = intercepted(BudgetInterceptor.builder(purser)
        .credentials(upstream -> Secret.of(REAL))
        .build());
    ChatModel model = BudgetedChatModel.wrap(
        openAi().apiKey(key).maxRetries(0).httpClientBuilder(client).build(), purser);

    assertThatThrownBy(() -> model.chat("What?"))
        .isInstanceOfSatisfying(
            CallDeniedException.class,
            denied ->
                assertThat(denied.denial().reason()).isEqualTo(Denial.Reason.MODEL_NOT_ALLOWED));

    assertThat(server.getRequestCount()).isZero();
    assertSpent(purser, 0);
  }

  @Test
  void aRefusalOfTheClientsOwnGuardComesBackAsOne() {
    Purser own = purser("1").build();
    Purser platforms = purser("0.0001").build();
    ChatModel model = BudgetedChatModel.wrap(
        openAi()
            .maxTokens(500)
            .maxRetries(0)
            .httpClientBuilder(intercepted(platforms))
            .build(),
        own);

    assertThatThrownBy(() -> model.chat("What?")).isInstanceOf(BudgetExceededException.class);

    assertThat(server.getRequestCount()).isZero();
    assertThat(all(own).used()).isZero();
    own.close();
    platforms.close();
  }
}
