package dev.purser.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClientAsync;
import com.anthropic.client.okhttp.AnthropicOkHttpClientAsync;
import com.anthropic.models.messages.MessageCreateParams;
import com.openai.client.OpenAIClientAsync;
import com.openai.client.okhttp.OpenAIOkHttpClientAsync;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.sun.net.httpserver.HttpServer;
import dev.purser.anthropic.AnthropicBudgetInterceptor;
import dev.purser.api.Attribution;
import dev.purser.api.AttributionScope;
import dev.purser.api.Budget;
import dev.purser.api.Ceiling;
import dev.purser.api.SpendRecord;
import dev.purser.api.Usd;
import dev.purser.core.Purser;
import dev.purser.okhttp.AttributionHeaders;
import dev.purser.okhttp.BudgetInterceptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The headers of {@code docs/context.md} through the official SDKs' asynchronous clients. */
@SuppressWarnings("try")
class AsynchronousSdksTest {

  private static final String GPT = "{\"id\":\"c1\",\"object\":\"chat.completion\",\"created\":1,"
      + "\"model\":\"gpt-4o\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
      + "\"content\":\"x\"},\"finish_reason\":\"stop\"}],"
      + "\"usage\":{\"prompt_tokens\":0,\"completion_tokens\":100,\"total_tokens\":100}}";
  private static final String CLAUDE = "{\"id\":\"m1\",\"type\":\"message\",\"role\":\"assistant\","
      + "\"model\":\"claude-sonnet-4-5\",\"content\":[{\"type\":\"text\",\"text\":\"x\"}],"
      + "\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":0,\"output_tokens\":100}}";

  private final List<SpendRecord> records = new CopyOnWriteArrayList<>();
  private final List<String> headers = new CopyOnWriteArrayList<>();
  private final Purser purser = Purser.builder()
      .owner("dana@acme.dev")
      .budget(Budget.total("all", Usd.of("1")))
      .sink(records::add)
      .build();

  /** Older than any scope or ceiling, so that its thread inherits none. */
  private final ExecutorService caller = Executors.newSingleThreadExecutor();

  private HttpServer provider;

  @BeforeEach
  void start() throws Exception {
    caller.submit(() -> {}).get();
    provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    provider.createContext("/", exchange -> {
      exchange.getRequestBody().readAllBytes();
      headers.addAll(exchange.getRequestHeaders().keySet());
      boolean openAi = exchange.getRequestURI().getPath().contains("chat");
      byte[] answer = (openAi ? GPT : CLAUDE).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
      exchange.close();
    });
    provider.start();
  }

  @AfterEach
  void stop() throws IOException {
    caller.shutdownNow();
    provider.stop(0);
    purser.close();
  }

  private String url(String path) {
    return "http://127.0.0.1:" + provider.getAddress().getPort() + path;
  }

  private interface Asking {
    CompletableFuture<?> ask();
  }

  /** Asks three times, of which the ceiling carries two, with what this thread counts for. */
  private void asksWithin(Asking asking, Usd each) throws Exception {
    try (AttributionScope scope = Attribution.key("alice").session("s1").open();
        Ceiling ceiling =
            Ceiling.open(Budget.total("ceiling", Usd.ofNanos(5 * each.nanos() / 2)))) {
      for (int i = 0; i < 2; i++) {
        asking.ask().get(1, TimeUnit.MINUTES);
      }
      assertThat(asking.ask())
          .failsWithin(Duration.ofMinutes(1))
          .withThrowableThat()
          .withMessageContainingAll("402", "ceiling", "is exhausted");
      assertThat(scope.spent()).isEqualTo(Usd.ofNanos(2 * each.nanos()));
      assertThat(ceiling.spent()).isEqualTo(scope.spent());
    }
    assertThat(headers)
        .isNotEmpty()
        .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("x-purser"));
    assertThat(purser.flush(Duration.ofSeconds(30))).isTrue();
    assertThat(records).hasSize(3).allSatisfy(record -> {
      assertThat(record.attribution().key()).isEqualTo("alice");
      assertThat(record.attribution().session()).isEqualTo("s1");
    });
  }

  @Test
  void openAis() throws Exception {
    OpenAIClientAsync client = OpenAIOkHttpClientAsync.builder()
        .baseUrl(url("/v1"))
        .apiKey("sk-test")
        .addInterceptor(new BudgetInterceptor(purser))
        .build();
    asksWithin(
        () -> {
          ChatCompletionCreateParams.Builder params = ChatCompletionCreateParams.builder()
              .model("gpt-4o")
              .maxCompletionTokens(100)
              .addUserMessage("");
          AttributionHeaders.ofThisThread().forEach(params::putAdditionalHeader);
          return later(() -> client.chat().completions().create(params.build()));
        },
        Usd.of("0.001"));
    client.close();
  }

  @Test
  void anthropics() throws Exception {
    AnthropicClientAsync client = AnthropicOkHttpClientAsync.builder()
        .baseUrl(url(""))
        .apiKey("sk-test")
        .addInterceptor(new AnthropicBudgetInterceptor(purser))
        .build();
    asksWithin(
        () -> {
          MessageCreateParams.Builder params = MessageCreateParams.builder()
              .model("claude-sonnet-4-5")
              .maxTokens(100)
              .addUserMessage("");
          AttributionHeaders.ofThisThread().forEach(params::putAdditionalHeader);
          return later(() -> client.messages().create(params.build()));
        },
        Usd.of("0.0015"));
    client.close();
  }

  /** Asks on a thread that knows of nothing. */
  private <T> CompletableFuture<T> later(Supplier<CompletableFuture<T>> ask) {
    CompletableFuture<T> result = new CompletableFuture<>();
    caller.execute(() -> {
      var unused = ask.get().whenComplete((answer, failure) -> {
        if (failure == null) {
          result.complete(answer);
        } else {
          result.completeExceptionally(failure);
        }
      });
    });
    return result;
  }
}
