package dev.purser.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Budget;
import dev.purser.api.Denial;
import dev.purser.api.Dimension;
import dev.purser.api.Secret;
import dev.purser.api.SpendRecord;
import dev.purser.api.Usd;
import dev.purser.api.VirtualKey;
import dev.purser.core.Purser;
import dev.purser.core.PurserBuilder;
import dev.purser.spi.CredentialSource;
import dev.purser.spi.Upstream;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.mockwebserver.RecordedRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A real guard that knows the key of alice, a client that swaps it, and a provider on loopback. */
abstract class WithVirtualKey extends OverHttp {

  static final String REAL = LeakWatch.REAL + "mock";

  final List<SpendRecord> records = new CopyOnWriteArrayList<>();
  final List<Upstream> asked = new CopyOnWriteArrayList<>();

  /** By provider, or by host and port. */
  final Map<String, String> credentials = new ConcurrentHashMap<>();

  volatile Instant now = NOW;
  Purser purser;
  String key;
  OkHttpClient http;

  @BeforeEach
  void mint() {
    purser = options().build();
    key = purser.keys().mint(alice(), "dana@acme.dev").secret().reveal();
    credentials.put(server.getHostName() + ":" + server.getPort(), REAL);
    http = client(swapping().build());
  }

  @AfterEach
  void closePurser() {
    purser.close();
  }

  PurserBuilder options() {
    return Purser.builder()
        .owner("dana@acme.dev")
        .budget(Budget.total("all", Usd.of("1")).per(Dimension.KEY))
        .clock(() -> now)
        .slf4j()
        .sink(records::add);
  }

  VirtualKey alice() {
    return VirtualKey.named("alice").owner("dana@acme.dev").team("platform");
  }

  CredentialSource source() {
    return upstream -> {
      asked.add(upstream);
      @Nullable String found =
          credentials.get(upstream.provider() == null ? upstream.authority() : upstream.provider());
      return found == null ? null : Secret.of(found);
    };
  }

  BudgetInterceptor.Builder swapping() {
    return BudgetInterceptor.builder(purser).credentials(source()).clock(() -> now);
  }

  /** A client whose every host is the provider on loopback, over plain HTTP. */
  OkHttpClient anywhere() {
    return http.newBuilder()
        .dns(host -> List.of(InetAddress.getLoopbackAddress()))
        .build();
  }

  /**
   * A client that believes to speak TLS with whoever it calls, while the provider on loopback answers.
   */
  OkHttpClient overTls() {
    return http.newBuilder()
        .addInterceptor(chain -> {
          HttpUrl there = chain
              .request()
              .url()
              .newBuilder()
              .scheme("http")
              .host(server.getHostName())
              .port(server.getPort())
              .build();
          return chain.proceed(chain.request().newBuilder().url(there).build());
        })
        .build();
  }

  Request withKey(Request request) {
    return request.newBuilder().header("Authorization", "Bearer " + key).build();
  }

  /** Calls, and has everything looked at that the caller gets. */
  Answer call(OkHttpClient client, Request request) throws IOException {
    try (Response response = client.newCall(request).execute()) {
      String body = response.body().string();
      assertNothingReal(response);
      return new Answer(response.code(), body, response);
    } catch (IOException | RuntimeException e) {
      LeakWatch.show(e);
      throw e;
    }
  }

  record Answer(int code, String body, Response response) {
    Denial denial() {
      assertThat(response.header("x-should-retry")).isEqualTo("false");
      assertThat(Denial.parse(response.header("x-purser-refusal"))).isPresent();
      Denial denial = Denial.parse(body).orElseThrow();
      LeakWatch.show(denial);
      LeakWatch.show(denial.message());
      return denial;
    }
  }

  /** Nothing that comes back knows the real credential, not even the answers that came before. */
  static void assertNothingReal(Response response) {
    List<String> texts = new ArrayList<>();
    collect(response, texts);
    assertThat(texts).noneMatch(text -> text.contains(LeakWatch.REAL));
  }

  private static void collect(@Nullable Response response, List<String> texts) {
    if (response == null) {
      return;
    }
    texts.add(response.toString());
    texts.add(response.request().toString());
    response.headers().forEach(header -> texts.add(header.getFirst() + ": " + header.getSecond()));
    response
        .request()
        .headers()
        .forEach(header -> texts.add(header.getFirst() + ": " + header.getSecond()));
    texts.add(response.request().url().toString());
    collect(response.networkResponse(), texts);
    collect(response.cacheResponse(), texts);
    collect(response.priorResponse(), texts);
  }

  /** Returns the next request that reached the provider, which knows no virtual key. */
  RecordedRequest reached() throws InterruptedException {
    RecordedRequest request = received();
    assertThat(request.getHeaders().toString()).doesNotContain("purser_");
    assertThat(request.getRequestLine()).doesNotContain("purser_");
    return request;
  }

  void assertReachedNobody() {
    assertThat(server.getRequestCount()).isZero();
  }
}
