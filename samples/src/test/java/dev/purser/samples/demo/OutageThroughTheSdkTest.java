package dev.purser.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientAsync;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.client.okhttp.OpenAIOkHttpClientAsync;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.purser.api.AccountBalance;
import dev.purser.api.Budget;
import dev.purser.api.Candidate;
import dev.purser.api.ModelId;
import dev.purser.api.SpendRecord;
import dev.purser.api.Usd;
import dev.purser.core.Purser;
import dev.purser.okhttp.BudgetInterceptor;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An outage of a model as the official SDK sees it: not at all, not even as a retry. */
class OutageThroughTheSdkTest {

  private static final ModelId ASKED = ModelId.of("openai", "gpt-4.1-mini");
  private static final ModelId NEXT = ModelId.of("openai", Sdk.OPENAI.model());
  private static final String ERROR = "{\"error\":{\"message\":\"out of order\"}}";

  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();
  private final List<SpendRecord> records = new CopyOnWriteArrayList<>();
  private final Purser purser = Purser.builder()
      .owner("dana@acme.dev")
      .budget(Budget.total("all", Usd.of("10")))
      .task("work", Candidate.of(ASKED.toString()), Candidate.of(NEXT.toString()))
      .routing(rules -> rules.otherwise("work"))
      .sink(records::add)
      .build();
  private MockProvider provider;

  @BeforeEach
  void start() throws Exception {
    provider = MockProvider.start();
  }

  @AfterEach
  void stop() {
    provider.close();
    purser.close();
  }

  /** Stands for the provider where the first model is asked for. */
  private final Interceptor outage = chain -> {
    Buffer body = new Buffer();
    chain.request().body().writeTo(body);
    if (!body.readUtf8().contains("\"" + ASKED.name() + "\"")) {
      return chain.proceed(chain.request());
    }
    failures.incrementAndGet();
    return new Response.Builder()
        .request(chain.request())
        .protocol(Protocol.HTTP_1_1)
        .code(503)
        .message("Service Unavailable")
        .body(ResponseBody.create(ERROR, MediaType.get("application/json")))
        .build();
  };

  private String call(boolean async) throws Exception {
    Interceptor counting = chain -> {
      calls.incrementAndGet();
      return chain.proceed(chain.request());
    };
    BudgetInterceptor budget = new BudgetInterceptor(purser);
    ChatCompletionCreateParams request =
        Conversation.request().toBuilder().model(ASKED.name()).build();
    if (!async) {
      OpenAIClient client = OpenAIOkHttpClient.builder()
          .baseUrl(provider.baseUrl())
          .apiKey("sk-of-the-caller")
          .addInterceptor(counting)
          .addInterceptor(budget)
          .addInterceptor(outage)
          .build();
      try {
        return Conversation.text(client.chat().completions().create(request));
      } finally {
        client.close();
      }
    }
    OpenAIClientAsync client = OpenAIOkHttpClientAsync.builder()
        .baseUrl(provider.baseUrl())
        .apiKey("sk-of-the-caller")
        .addInterceptor(counting)
        .addInterceptor(budget)
        .addInterceptor(outage)
        .build();
    try {
      return Conversation.text(client.chat().completions().create(request).get());
    } finally {
      client.close();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theNextModelAnswersAndWhatItBillsIsWhatIsSettled(boolean async) throws Exception {
    assertThat(call(async)).isNotEmpty();

    assertThat(calls).as("the SDK did not retry").hasValue(1);
    assertThat(failures).hasValue(1);
    assertThat(provider.bill().calls()).isEqualTo(1);
    assertThat(purser.balances().all())
        .singleElement()
        .returns(0L, AccountBalance::held)
        .satisfies(all ->
            assertThat(PicoUsd.ofNanos(all.spent())).isEqualTo(provider.bill().total()));
    purser.close();
    assertThat(records).extracting(SpendRecord::model).containsExactly(ASKED, NEXT);
  }
}
