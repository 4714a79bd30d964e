package dev.purser.samples.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientAsync;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.client.okhttp.OpenAIOkHttpClientAsync;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.sun.net.httpserver.HttpServer;
import dev.purser.api.AccountBalance;
import dev.purser.api.Budget;
import dev.purser.api.Candidate;
import dev.purser.api.ModelId;
import dev.purser.api.Secret;
import dev.purser.api.SpendRecord;
import dev.purser.api.Usd;
import dev.purser.core.Purser;
import dev.purser.okhttp.BudgetInterceptor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An outage as the official SDK sees it: not at all, not even as a retry. */
class OutageThroughTheSdkTest {

  private static final String ASKED = "llama-3.3-70b-versatile";

  private final AtomicInteger failures = new AtomicInteger();
  private final List<SpendRecord> records = new CopyOnWriteArrayList<>();
  private final Purser purser = Purser.builder()
      .owner("dana@acme.dev")
      .budget(Budget.total("all", Usd.of("10")))
      .task("work", Candidate.of("other/" + ASKED), Candidate.of("openai/" + Sdk.OPENAI.model()))
      .routing(rules -> rules.otherwise("work"))
      .sink(records::add)
      .build();
  private HttpServer outOfOrder;
  private MockProvider provider;

  @BeforeEach
  void start() throws Exception {
    provider = MockProvider.start();
    outOfOrder = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    outOfOrder.createContext("/", exchange -> {
      try (exchange) {
        failures.incrementAndGet();
        byte[] error = "{\"error\":{\"message\":\"out of order\"}}".getBytes(UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(503, error.length);
        exchange.getResponseBody().write(error);
      }
    });
    outOfOrder.start();
  }

  @AfterEach
  void stop() {
    outOfOrder.stop(0);
    provider.close();
    purser.close();
  }

  private String call(boolean async) throws Exception {
    String url = "http://127.0.0.1:" + outOfOrder.getAddress().getPort() + "/v1";
    BudgetInterceptor budget = BudgetInterceptor.builder(purser)
        .upstream("openai", provider.baseUrl(), () -> Secret.of("sk-of-the-upstream"))
        .build();
    ChatCompletionCreateParams request =
        Conversation.request().toBuilder().model(ASKED).build();
    if (!async) {
      OpenAIClient client = OpenAIOkHttpClient.builder()
          .baseUrl(url)
          .apiKey("sk-of-the-caller")
          .addInterceptor(budget)
          .build();
      try {
        return Conversation.text(client.chat().completions().create(request));
      } finally {
        client.close();
      }
    }
    OpenAIClientAsync client = OpenAIOkHttpClientAsync.builder()
        .baseUrl(url)
        .apiKey("sk-of-the-caller")
        .addInterceptor(budget)
        .build();
    try {
      return Conversation.text(client.chat().completions().create(request).get());
    } finally {
      client.close();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theSecondModelAnswersAtAnotherHostAndWhatItBillsIsWhatIsSettled(boolean async)
      throws Exception {
    assertThat(call(async)).isNotEmpty();

    assertThat(failures).as("the SDK did not retry").hasValue(1);
    assertThat(provider.credentials()).containsExactly("sk-of-the-upstream");
    assertThat(purser.balances().all())
        .singleElement()
        .returns(0L, AccountBalance::held)
        .satisfies(all -> assertThat(all.spent()).isEqualTo(provider.bill().nanoUsd()))
        .satisfies(all -> assertThat(all.spent()).isPositive());
    purser.close();
    assertThat(records)
        .extracting(SpendRecord::model)
        .containsExactly(ModelId.of("other", ASKED), ModelId.of("openai", Sdk.OPENAI.model()));
  }
}
