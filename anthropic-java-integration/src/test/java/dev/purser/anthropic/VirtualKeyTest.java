package dev.purser.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.errors.PermissionDeniedException;
import com.anthropic.errors.UnauthorizedException;
import dev.purser.api.Denial;
import dev.purser.api.Secret;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.VirtualKey;
import dev.purser.spi.CredentialSource;
import java.io.PrintWriter;
import java.io.StringWriter;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The application has a virtual key; the provider sees the real one, and nobody else does. */
class VirtualKeyTest extends OverSdk {

  private static final String REAL = "REAL-CREDENTIAL-mock";
  private static final String DANA = "dana@acme.dev";

  private final CredentialSource source =
      upstream -> upstream.authority().equals(server.getHostName() + ":" + server.getPort())
          ? Secret.of(REAL)
          : null;
  private final Printed printed = new Printed();
  private String key;
  private AnthropicClient client;

  @BeforeEach
  void mint() {
    key = purser
        .keys()
        .mint(VirtualKey.named("alice").owner(DANA).models("claude-sonnet-*"), DANA)
        .secret()
        .reveal();
    client = client(true);
  }

  @AfterEach
  void nothingSecretWasPrinted() {
    client.close();
    purser.close();
    printed.close();
    // Records and control records are printed, so that something is there to be looked at.
    assertThat(printed.text()).contains("alice").doesNotContain(REAL).doesNotContain(key);
  }

  private AnthropicClient client(boolean bearer) {
    var builder = AnthropicOkHttpClient.builder()
        .baseUrl(url())
        .addInterceptor(interceptor().credentials(source).build())
        .sleeper(new NoSleep());
    return (bearer ? builder.apiKey(key) : builder.putHeader("x-api-key", key)).build();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theKeyIsSwappedWhereverItStands(boolean bearer) throws Exception {
    server.enqueue(json(ANSWER));
    AnthropicClient caller = client(bearer);

    assertThat(text(caller.messages().create(ask().build()))).isEqualTo(TEXT);
    caller.close();

    RecordedRequest request = received();
    assertThat(request.getHeader(bearer ? "Authorization" : "X-Api-Key"))
        .isEqualTo(bearer ? "Bearer " + REAL : REAL);
    assertThat(request.getHeaders().toString()).doesNotContain("purser_");
    assertThat(outcomes()).containsExactly(Outcome.SETTLED);
    assertThat(records.get(0).attribution().key()).isEqualTo("alice");
  }

  @Test
  void nothingThatComesBackShowsTheRealKey() {
    server.enqueue(new MockResponse()
        .setResponseCode(400)
        .setHeader("x-echo", "you sent " + REAL)
        .setBody("{\"type\":\"error\"}"));
    assertThatExceptionOfType(AnthropicServiceException.class)
        .isThrownBy(() -> client.messages().create(ask().build()))
        .satisfies(e -> {
          assertThat(e.headers().values("x-echo")).containsExactly("[hidden]");
          assertThat(trace(e)).doesNotContain("REAL-CREDENTIAL");
        });
  }

  @Test
  void anExceptionThatQuotesTheRealKeyIsToldWithoutIt() {
    AnthropicClient caller = AnthropicOkHttpClient.builder()
        .baseUrl(url())
        .apiKey(key)
        .maxRetries(0)
        .addInterceptor(interceptor().credentials(source).build())
        .addInterceptor(next -> new Quoting(next))
        .build();
    Throwable thrown = catchThrowable(() -> caller.messages().create(ask().build()));
    caller.close();

    assertThat(trace(thrown)).contains("bad header", "[hidden]").doesNotContain(REAL);
  }

  private static String trace(Throwable thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace, true));
    return trace.toString();
  }

  @Test
  void aModelOutsideOfTheKeysListIsDeniedAndNeverLeaves() {
    assertThatExceptionOfType(PermissionDeniedException.class)
        .isThrownBy(
            () -> client.messages().create(ask().model("claude-opus-4-6").build()))
        .satisfies(e -> assertThat(Denial.parse(e.body().toString())).isPresent());
    assertThat(server.getRequestCount()).isZero();
    assertThat(outcomes()).containsExactly(Outcome.DENIED);
  }

  @Test
  void aRevokedKeyIsUnauthorizedAndNeverLeaves() {
    purser.keys().revoke("alice", DANA, "left");
    assertThatExceptionOfType(UnauthorizedException.class)
        .isThrownBy(() -> client.messages().create(ask().build()));
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void withoutACredentialNothingLeaves() {
    AnthropicClient caller = AnthropicOkHttpClient.builder()
        .baseUrl(url())
        .apiKey(key)
        .addInterceptor(new AnthropicBudgetInterceptor(purser))
        .build();
    assertThatExceptionOfType(AnthropicServiceException.class)
        .isThrownBy(() -> caller.messages().create(ask().build()))
        .satisfies(
            e -> assertThat(Denial.parse(e.body().toString()).orElseThrow().reason())
                .isEqualTo(Denial.Reason.NO_CREDENTIAL));
    caller.close();
    assertThat(server.getRequestCount()).isZero();
    // The hold of the admitted call came back.
    outcomes();
    assertThat(charged()).isZero();
  }
}
