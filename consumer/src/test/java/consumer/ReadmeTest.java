package consumer;

import static dev.purser.api.Dimension.KEY;
import static dev.purser.junit.SpendAssertions.assertThat;
import static consumer.Provider.ANSWER;
import static consumer.Provider.ASK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.errors.PaymentRequiredException;
import com.anthropic.models.messages.MessageCreateParams;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.purser.anthropic.AnthropicBudgetInterceptor;
import dev.purser.api.Attribution;
import dev.purser.api.AttributionScope;
import dev.purser.api.Budget;
import dev.purser.api.Ceiling;
import dev.purser.api.Refusal;
import dev.purser.api.Usd;
import dev.purser.core.Purser;
import dev.purser.jdkhttp.BudgetedHttpClient;
import dev.purser.junit.SpendCeiling;
import dev.purser.langchain4j.BudgetedChatModel;
import dev.purser.okhttp.BudgetInterceptor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows first, done by somebody who has nothing but the published artifacts. */
@SpendCeiling("0.25") // USD, for this test class or method
class ReadmeTest {

  @TempDir
  Path folder;

  private Provider provider;

  @BeforeEach
  void start() throws IOException {
    provider = new Provider();
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  private String url() {
    return provider.url("/v1/chat/completions");
  }

  @Test
  void theFirstExampleWorksAsItStands(Ceiling spend) throws Exception {
    Path spendFolder = folder.resolve("spend");
    // README
    Purser purser = Purser.builder()
        .owner("dana@acme.dev")                                      // every budget has a named owner
        .budget(Budget.daily("tripwire", Usd.of("75")).per(KEY))     // hard stop for runaway loops
        .budget(Budget.quarterly("AI coding", Usd.of("250000")))     // the number the CTO wrote down
        .journal(spendFolder)
        .build();

    OkHttpClient http = new OkHttpClient.Builder()
        .addInterceptor(new BudgetInterceptor(purser))
        .build();
    // end

    Request ask = new Request.Builder()
        .url(url())
        .post(RequestBody.create(ASK, MediaType.get("application/json")))
        .build();
    try (AttributionScope run = Attribution.key("alice").open();
        Response answer = http.newCall(ask).execute()) {
      assertEquals(ANSWER, answer.body().string());
      assertEquals(Usd.of("0.0001"), run.spent());
    }
    assertThat(spend).spent("0.0001").madeCalls(1).calledOnly("gpt-4o");
    purser.close();
    try (Stream<Path> files = Files.list(spendFolder)) {
      assertTrue(files.anyMatch(file -> file.getFileName().toString().startsWith("spend-")));
    }
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }

  @Test
  void theJdksClientWorks(Ceiling spend) throws Exception {
    try (Purser purser = Purser.builder()
        .owner("dana@acme.dev")
        .budget(Budget.total("all", Usd.of("0.0006")))
        .build()) {
      // README
      HttpClient http = BudgetedHttpClient.wrap(HttpClient.newHttpClient(), purser);
      // end
      HttpRequest ask = HttpRequest.newBuilder(URI.create(url()))
          .header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofString(ASK))
          .build();
      assertEquals(200, http.send(ask, BodyHandlers.ofString()).statusCode());
      String refused = http.send(ask, BodyHandlers.ofString()).body();
      assertEquals("all", Refusal.parse(refused).orElseThrow().budget());
    }
    assertThat(spend).spent("0.0001").madeCalls(1);
  }

  @Test
  void anthropicsSdkWorks(Ceiling spend) {
    System.setProperty("anthropic.apiKey", "sk-ant-test");
    System.setProperty("anthropic.baseUrl", provider.url(""));
    try (Purser purser = Purser.builder()
        .owner("dana@acme.dev")
        .budget(Budget.total("all", Usd.of("0.00037")))
        .build()) {
      // README
      AnthropicClient client = AnthropicOkHttpClient.builder()
          .fromEnv()
          .addInterceptor(new AnthropicBudgetInterceptor(purser))
          .build();
      // end
      MessageCreateParams ask = MessageCreateParams.builder()
          .model("claude-haiku-4-5")
          .maxTokens(50)
          .addUserMessage("What is a purser?")
          .build();
      assertEquals("m", client.messages().create(ask).id());
      PaymentRequiredException refused = null;
      try {
        client.messages().create(ask);
      } catch (PaymentRequiredException e) {
        refused = e;
      }
      assertEquals("all", Refusal.parse(refused.getMessage()).orElseThrow().budget());
      client.close();
    }
    assertThat(spend).spent("0.000047").madeCalls(1);
  }

  @Test
  void aModelOfLangChain4jWorks(Ceiling spend) {
    ChatModel openAiChatModel = OpenAiChatModel.builder()
        .baseUrl(provider.url("/v1"))
        .apiKey("sk-test")
        .modelName("gpt-4o")
        .build();
    try (Purser purser = Purser.builder()
        .owner("dana@acme.dev")
        .budget(Budget.total("all", Usd.of("1")))
        .build()) {
      // README
      ChatModel model = BudgetedChatModel.wrap(openAiChatModel, purser);
      // end
      assertEquals("x", model.chat("What is a purser?"));
    }
    assertThat(spend).spent("0.0001").madeCalls(1).calledOnly("gpt-4o");
  }
}
