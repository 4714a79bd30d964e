package dev.purser.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientAsync;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.client.okhttp.OpenAIOkHttpClientAsync;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.PermissionDeniedException;
import com.openai.errors.UnauthorizedException;
import dev.purser.api.Budget;
import dev.purser.api.Denial;
import dev.purser.api.Denial.Reason;
import dev.purser.api.Dimension;
import dev.purser.api.KeySecret;
import dev.purser.api.Usd;
import dev.purser.api.VirtualKey;
import dev.purser.core.Purser;
import dev.purser.okhttp.BudgetInterceptor;
import dev.purser.wire.credential.EnvironmentCredentials;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Interceptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of virtual keys in the hands of the official SDK, whose key is one. */
class VirtualKeyThroughTheSdkTest {

  private static final String REAL = "sk-of-the-provider";

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-24T10:00:00Z"));
  private final Purser purser = Purser.builder()
      .owner("dana@acme.dev")
      .budget(Budget.total("all", Usd.of("10")).per(Dimension.KEY))
      .clock(now::get)
      .build();
  private final AtomicInteger attempts = new AtomicInteger();
  private final List<String> sent = new CopyOnWriteArrayList<>();
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

  private String mint(VirtualKey key) {
    return purser.keys().mint(key, "dana@acme.dev").secret().reveal();
  }

  /** Calls as an application would that was handed a key. */
  private String call(String key, boolean async) throws Throwable {
    Interceptor counting = chain -> {
      attempts.incrementAndGet();
      return chain.proceed(chain.request());
    };
    Interceptor budget = BudgetInterceptor.builder(purser)
        .credentials(EnvironmentCredentials.builder()
            .variables(name -> name.equals("MOCK_API_KEY") ? REAL : null)
            .host(URI.create(provider.baseUrl()).getAuthority(), "MOCK_API_KEY")
            .build())
        .build();
    Interceptor watching = chain -> {
      sent.add(String.valueOf(chain.request().header("Authorization")));
      return chain.proceed(chain.request());
    };
    if (!async) {
      OpenAIClient client = OpenAIOkHttpClient.builder()
          .baseUrl(provider.baseUrl())
          .apiKey(key)
          .addInterceptor(counting)
          .addInterceptor(budget)
          .addInterceptor(watching)
          .build();
      try {
        return Conversation.text(client.chat().completions().create(Conversation.request()));
      } finally {
        client.close();
      }
    }
    OpenAIClientAsync client = OpenAIOkHttpClientAsync.builder()
        .baseUrl(provider.baseUrl())
        .apiKey(key)
        .addInterceptor(counting)
        .addInterceptor(budget)
        .addInterceptor(watching)
        .build();
    try {
      return Conversation.text(
          client.chat().completions().create(Conversation.request()).get());
    } catch (ExecutionException e) {
      throw e.getCause();
    } finally {
      client.close();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aGoodKeyIsSwapped(boolean async) throws Throwable {
    assertThat(call(mint(VirtualKey.named("alice")), async)).isNotEmpty();

    assertThat(sent).containsExactly("Bearer " + REAL);
    assertThat(provider.bill().calls()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anUnknownKeyIsUnauthorizedAtOnce(boolean async) {
    String unknown = KeySecret.next(new SecureRandom()).reveal();

    assertDenied(unknown, async, UnauthorizedException.class, Reason.UNKNOWN_KEY);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anExpiredKeyIsUnauthorizedAtOnce(boolean async) {
    String key = mint(VirtualKey.named("alice").expires(now.get().plusSeconds(60)));
    now.set(now.get().plusSeconds(60));

    assertDenied(key, async, UnauthorizedException.class, Reason.EXPIRED_KEY);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRevokedKeyIsUnauthorizedAtOnce(boolean async) {
    String key = mint(VirtualKey.named("alice"));
    purser.keys().revoke("alice", "dana@acme.dev", "left");

    assertDenied(key, async, UnauthorizedException.class, Reason.REVOKED_KEY);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anotherModelThanTheKeyMayCallIsForbiddenAtOnce(boolean async) {
    String key = mint(VirtualKey.named("alice").models("claude-*"));

    assertDenied(key, async, PermissionDeniedException.class, Reason.MODEL_NOT_ALLOWED);
  }

  private void assertDenied(
      String key, boolean async, Class<? extends Throwable> with, Reason reason) {
    Throwable thrown = catchThrowable(() -> call(key, async));

    assertThat(thrown)
        .isInstanceOf(with)
        .hasMessageContaining("Refused")
        .hasMessageNotContaining(key);
    assertThat(Denial.parse(((OpenAIServiceException) thrown).body().toString()))
        .map(Denial::reason)
        .contains(reason);
    assertThat(attempts).hasValue(1);
    assertThat(sent).isEmpty();
    assertThat(provider.bill().calls()).isZero();
  }
}
