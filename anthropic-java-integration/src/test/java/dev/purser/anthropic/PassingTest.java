package dev.purser.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.core.RequestOptions;
import com.anthropic.core.http.Headers;
import com.anthropic.core.http.HttpClient;
import com.anthropic.core.http.HttpMethod;
import com.anthropic.core.http.HttpRequest;
import com.anthropic.core.http.HttpRequestBody;
import com.anthropic.core.http.HttpResponse;
import dev.purser.api.Admission;
import dev.purser.api.BudgetGuard;
import dev.purser.api.CallIntent;
import dev.purser.api.Denial;
import dev.purser.api.PassingCall;
import dev.purser.api.Secret;
import dev.purser.api.UnmeteredCall;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is no call that can be metered passes, and the guard is told where it may cost something. */
class PassingTest {

  private final List<String> told = new ArrayList<>();
  private final List<PassingCall> passed = new ArrayList<>();
  private final List<HttpRequest> sent = new ArrayList<>();
  private int bodiesClosed;

  private final BudgetGuard guard = new BudgetGuard() {
    @Override
    public Admission admit(CallIntent intent) {
      throw new AssertionError("no call: " + intent);
    }

    @Override
    public Admission pass(PassingCall call) {
      passed.add(call);
      // Knows every key.
      return BudgetGuard.noop()
          .pass(new PassingCall(
              call.provider(), call.endpoint(), call.attribution(), null, call.billable()));
    }

    @Override
    public void unmetered(UnmeteredCall call) {
      told.add(call.why());
    }
  };

  /** Answers everything with an empty object. */
  private final HttpClient next = new HttpClient() {
    @Override
    public HttpResponse execute(HttpRequest request, RequestOptions requestOptions) {
      sent.add(request);
      return new HttpResponse() {
        @Override
        public int statusCode() {
          return 200;
        }

        @Override
        public Headers headers() {
          return Headers.builder().put("Content-Type", "application/json").build();
        }

        @Override
        public InputStream body() {
          return new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void close() {
          bodiesClosed++;
        }
      };
    }

    @Override
    public CompletableFuture<HttpResponse> executeAsync(
        HttpRequest request, RequestOptions requestOptions) {
      return CompletableFuture.completedFuture(execute(request, requestOptions));
    }

    @Override
    public void close() {}
  };

  private final HttpClient client = new AnthropicBudgetInterceptor(guard).intercept(next);

  /** A body of some type. */
  private record Body(String type, String text) implements HttpRequestBody {
    @Override
    public void writeTo(OutputStream outputStream) {
      throw new AssertionError("nobody needs to look at it");
    }

    @Override
    public String contentType() {
      return type;
    }

    @Override
    public long contentLength() {
      return text.length();
    }

    @Override
    public boolean repeatable() {
      return false;
    }

    @Override
    public void close() {}
  }

  private static HttpRequest.Builder post(String base, String... path) {
    return HttpRequest.builder().method(HttpMethod.POST).baseUrl(base).addPathSegments(path);
  }

  private void passes(HttpRequest request) throws Exception {
    for (HttpResponse response : List.of(
        client.execute(request, RequestOptions.none()),
        client.executeAsync(request, RequestOptions.none()).get())) {
      try (response) {
        assertThat(response.body().readAllBytes()).asString().isEqualTo("{}");
      }
    }
    assertThat(sent).hasSize(2);
    assertThat(bodiesClosed).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.anthropic.com, v1/new-api, no dialect for this endpoint",
    "https://api.anthropic.com, v1/messages, body of type multipart/form-data",
    "https://api.anthropic.com\\@h, v1/messages, base URL that is none",
  })
  void whatMayCostSomethingPassesAndIsTold(String base, String path, String why) throws Exception {
    Body body = new Body("multipart/form-data; boundary=b", "--b--");
    passes(post(base, path.split("/")).body(body).build());

    assertThat(told).containsExactly(why, why);
    assertThat(passed).hasSize(2).allMatch(PassingCall::billable);
    assertThat(sent).allSatisfy(each -> assertThat(each.body()).containsSame(body));
  }

  @Test
  void whatCostsNothingPassesWithoutAWord() throws Exception {
    HttpRequest list = post("https://api.anthropic.com", "v1", "models")
        .method(HttpMethod.GET)
        .putHeader("x-purser-key", "alice")
        .build();
    passes(list);

    assertThat(told).isEmpty();
    assertThat(passed).isEmpty();
    assertThat(sent)
        .allSatisfy(each -> assertThat(each.headers().names()).doesNotContain("x-purser-key"));
  }

  @Test
  void aVirtualKeyGoesNowhereThatIsNotCertain() {
    String key = "purser_" + "a".repeat(12) + "_" + "b".repeat(43);
    HttpRequest request = post("https://api.anthropic.com\\@h", "v1", "messages")
        .headers(Map.of("x-api-key", List.of(key)))
        .build();
    HttpClient generous = AnthropicBudgetInterceptor.builder(guard)
        .credentials(upstream -> Secret.of("sk-for-everybody"))
        .build()
        .intercept(next);
    try (HttpResponse response = generous.execute(request, RequestOptions.none())) {
      assertThat(response.statusCode()).isEqualTo(401);
      assertThat(Denial.parse(response.headers().values("x-purser-refusal").get(0)))
          .hasValueSatisfying(
              denial -> assertThat(denial.reason()).isEqualTo(Denial.Reason.NO_CREDENTIAL));
    }
    assertThat(sent).isEmpty();
  }
}
