package dev.purser.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Budget;
import dev.purser.api.Measure;
import dev.purser.api.Secret;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.Window;
import dev.purser.spi.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The provider gets the real credential and never the virtual one; the caller the other way round. */
class VirtualKeySwapTest extends WithVirtualKey {

  @ParameterizedTest
  @CsvSource({
    "Authorization, 'Bearer '",
    "Authorization, ''",
    "x-api-key, ''",
    "api-key, ''",
    "x-goog-api-key, ''",
    "x-litellm-api-key, 'Bearer '"
  })
  void aHeaderIsSwapped(String header, String before) throws Exception {
    server.enqueue(json(ANSWER));
    Request request = ask(ASK).newBuilder().header(header, before + key).build();

    Answer answer = call(http, request);

    assertThat(answer.body()).isEqualTo(ANSWER);
    assertThat(answer.response().request().header(header)).isEqualTo(before + key);
    assertThat(answer.response().request().url()).isEqualTo(request.url());
    RecordedRequest reached = reached();
    assertThat(reached.getHeader(header)).isEqualTo(before + REAL);
    assertThat(text(reached)).isEqualTo(ASK);
    assertThat(asked)
        .containsExactly(new Upstream(null, server.getHostName(), server.getPort(), "alice"));
  }

  @Test
  void aParameterIsSwapped() throws Exception {
    server.enqueue(json(ANSWER));
    HttpUrl url = server.url(CHAT + "?alt=a%2Bb&key=" + key);

    Answer answer = call(http, ask(ASK).newBuilder().url(url).build());

    assertThat(answer.response().request().url()).isEqualTo(url);
    assertThat(reached().getPath()).isEqualTo(CHAT + "?alt=a%2Bb&key=" + REAL);
  }

  @Test
  void aStreamIsSwappedAndSettledUnderTheKeysName() throws Exception {
    server.enqueue(events(delta("hello") + USAGE_EVENT + DONE_EVENT));

    assertThat(call(http, withKey(ask(ASK_STREAM))).body()).contains("hello");

    assertThat(reached().getHeader("Authorization")).isEqualTo("Bearer " + REAL);
    purser.close();
    assertThat(records).singleElement().satisfies(record -> {
      assertThat(record.outcome()).isEqualTo(Outcome.SETTLED);
      assertThat(record.attribution().key()).isEqualTo("alice");
      assertThat(record.attribution().team()).isEqualTo("platform");
      LeakWatch.show(record);
    });
  }

  /** What is sent is not what was asked where the guard says so; both are swapped. */
  @Test
  void anEditedRequestIsSwapped() throws Exception {
    server.enqueue(json(ANSWER));
    purser.revise(List.of(Budget.of("written", Measure.OUTPUT_TOKENS, 2_000, Window.HOUR)));
    String uncapped = ASK.replace("\"max_tokens\":50,", "");

    assertThat(call(http, withKey(ask(uncapped))).code()).isEqualTo(200);

    RecordedRequest reached = reached();
    assertThat(text(reached)).contains("\"max_tokens\":2000");
    assertThat(reached.getHeader("Authorization")).isEqualTo("Bearer " + REAL);
  }

  @Test
  void whatIsNoCallIsSwappedToo() throws Exception {
    server.enqueue(json("{\"data\":[]}"));

    assertThat(call(http, withKey(to("/v1/models").build())).code()).isEqualTo(200);

    assertThat(reached().getHeader("Authorization")).isEqualTo("Bearer " + REAL);
    purser.close();
    assertThat(records).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/embeddings", CHAT})
  void aCallThatCannotBeMeteredIsSwappedAndRecordedUnderTheKeysName(String path) throws Exception {
    server.enqueue(json("{}"));
    RequestBody body = RequestBody.create("[]", JSON);

    call(http, withKey(to(path).post(body).build()));

    assertThat(reached().getHeader("Authorization")).isEqualTo("Bearer " + REAL);
    assertUnmeteredForAlice();
  }

  @Test
  void anUploadIsSwapped() throws Exception {
    server.enqueue(json("{}"));
    RequestBody body = RequestBody.create("RIFF", MediaType.get("audio/wav"));

    call(http, withKey(to(CHAT).post(body).build()));

    assertThat(reached().getHeader("Authorization")).isEqualTo("Bearer " + REAL);
    assertUnmeteredForAlice();
  }

  private void assertUnmeteredForAlice() {
    purser.close();
    assertThat(records)
        .filteredOn(record -> record.outcome() == Outcome.UNMETERED)
        .singleElement()
        .extracting(record -> record.attribution().key())
        .isEqualTo("alice");
    records.forEach(LeakWatch::show);
  }

  @Test
  void aWebSocketIsSwapped() throws Exception {
    server.enqueue(new MockResponse().withWebSocketUpgrade(new WebSocketListener() {
      @Override
      public void onMessage(WebSocket socket, String text) {
        socket.send("you said " + text);
      }
    }));
    CompletableFuture<String> heard = new CompletableFuture<>();
    CompletableFuture<Response> opened = new CompletableFuture<>();
    WebSocket socket =
        http.newWebSocket(withKey(to("/v1/realtime").build()), new WebSocketListener() {
          @Override
          public void onOpen(WebSocket socket, Response response) {
            opened.complete(response);
          }

          @Override
          public void onMessage(WebSocket socket, String text) {
            heard.complete(text);
          }

          @Override
          public void onFailure(WebSocket socket, Throwable t, Response response) {
            heard.completeExceptionally(t);
            opened.completeExceptionally(t);
          }
        });
    socket.send("hello");

    assertThat(heard.get(10, TimeUnit.SECONDS)).isEqualTo("you said hello");
    socket.cancel();
    assertNothingReal(opened.get(10, TimeUnit.SECONDS));
    assertThat(opened.get().request().header("Authorization")).isEqualTo("Bearer " + key);
    assertThat(reached().getHeader("Authorization")).isEqualTo("Bearer " + REAL);
  }

  @Test
  void answersThatCameBeforeAreTheCallersToo() throws Exception {
    server.enqueue(new MockResponse()
        .setResponseCode(307)
        .setHeader("Location", "/eu" + CHAT + "?key=" + REAL)
        .setHeader("x-echo", REAL));
    server.enqueue(json(ANSWER).setHeader("x-echo", REAL));
    Request request = ask(ASK).newBuilder().header("x-api-key", key).build();

    Response response = call(http, request).response();

    assertThat(response.priorResponse()).isNotNull();
    assertThat(response.priorResponse().header("Location")).isEqualTo("[hidden]");
    assertThat(response.priorResponse().request().header("x-api-key")).isEqualTo(key);
    assertThat(response.networkResponse()).isNotNull();
    assertThat(response.networkResponse().request().header("x-api-key")).isEqualTo(key);
    assertThat(response.request().header("x-api-key")).isEqualTo(key);
    assertThat(response.request().url()).isEqualTo(request.url());
  }

  @Test
  void aProvidersCredentialIsSentToTheProvider() throws Exception {
    server.enqueue(json(ANSWER));
    credentials.put("openai", LeakWatch.REAL + "openai");

    Answer answer = call(overTls(), askAt("https://api.openai.com" + CHAT));

    assertThat(answer.code()).isEqualTo(200);
    assertThat(reached().getHeader("Authorization"))
        .isEqualTo("Bearer " + LeakWatch.REAL + "openai");
    assertThat(asked).containsExactly(new Upstream("openai", "api.openai.com", 443, "alice"));
  }

  @Test
  void aProvidersCredentialIsNotSentWithoutTls() throws Exception {
    credentials.put("openai", LeakWatch.REAL + "openai");

    Answer answer = call(anywhere(), askAt("http://api.openai.com:" + server.getPort() + CHAT));

    assertThat(answer.code()).isEqualTo(401);
    assertThat(answer.denial().detail()).contains("api.openai.com", "TLS");
    assertReachedNobody();
  }

  @Test
  void aChangedBaseUrlGetsNoProvidersCredential() throws Exception {
    credentials.put("openai", LeakWatch.REAL + "openai");

    Answer answer = call(overTls(), askAt("https://api.openai.com.evil.org" + CHAT));

    assertThat(answer.code()).isEqualTo(401);
    assertReachedNobody();
  }

  private Request askAt(String url) {
    return withKey(ask(ASK).newBuilder().url(url).build());
  }

  @Test
  void portkeyGetsItsOwnCredentialAndTheProviders() throws Exception {
    server.enqueue(json(ANSWER));
    credentials.put("portkey", LeakWatch.REAL + "portkey");
    credentials.put("openai", LeakWatch.REAL + "openai");
    Request request = askAt("https://api.portkey.ai" + CHAT)
        .newBuilder()
        .header("x-portkey-provider", "openai")
        .build();

    Response response = call(overTls(), request).response();

    assertThat(response.request().header("x-portkey-api-key")).isNull();
    Headers reached = reached().getHeaders();
    assertThat(reached.get("x-portkey-api-key")).isEqualTo(LeakWatch.REAL + "portkey");
    assertThat(reached.get("Authorization")).isEqualTo("Bearer " + LeakWatch.REAL + "openai");
  }

  @Test
  void portkeyThatKeepsTheProvidersCredentialGetsItsOwnOnly() throws Exception {
    server.enqueue(json(ANSWER));
    credentials.put("portkey", LeakWatch.REAL + "portkey");

    call(overTls(), askAt("https://api.portkey.ai" + CHAT));

    Headers reached = reached().getHeaders();
    assertThat(reached.get("x-portkey-api-key")).isEqualTo(LeakWatch.REAL + "portkey");
    assertThat(reached.get("Authorization")).isNull();
  }

  @Test
  void openRouterGetsItsCredential() throws Exception {
    server.enqueue(json(ANSWER));
    credentials.put("openrouter", LeakWatch.REAL + "openrouter");

    call(overTls(), askAt("https://openrouter.ai/api" + CHAT));

    assertThat(reached().getHeader("Authorization"))
        .isEqualTo("Bearer " + LeakWatch.REAL + "openrouter");
  }

  @Test
  void liteLlmOnAnyHostGetsWhatIsBoundToItsHost() throws Exception {
    server.enqueue(json(ANSWER));
    credentials.put("litellm.acme.dev:443", LeakWatch.REAL + "litellm");

    call(overTls(), askAt("https://litellm.acme.dev" + CHAT));

    assertThat(reached().getHeader("Authorization"))
        .isEqualTo("Bearer " + LeakWatch.REAL + "litellm");
  }

  /** A gateway's host does not change whose model it is: 12 tokens at $2.50 and 7 at $10 a million. */
  @ParameterizedTest
  @CsvSource({
    "https://oai.helicone.ai/v1/chat/completions",
    "https://gateway.helicone.ai/v1/chat/completions",
    "https://ai-gateway.helicone.ai/v1/chat/completions",
    "https://api.portkey.ai/v1/chat/completions",
    "https://litellm.acme.dev/v1/chat/completions"
  })
  void aGatewaysCallIsPricedAsTheProviders(String url) throws Exception {
    server.enqueue(json(ANSWER));
    for (String each : new String[] {"helicone", "portkey", "openai", "litellm.acme.dev:443"}) {
      credentials.put(each, LeakWatch.REAL + "some");
    }
    Request.Builder request = askAt(url).newBuilder();
    if (url.contains("/gateway.")) {
      request.header("Helicone-Target-Url", "https://api.openai.com");
    }

    assertThat(call(overTls(), request.build()).code()).isEqualTo(200);

    purser.close();
    assertThat(records).singleElement().satisfies(record -> {
      assertThat(record.requested().toString()).isEqualTo("openai/gpt-4o");
      assertThat(record.priceKnown()).isTrue();
      assertThat(record.costNanoUsd()).isEqualTo(100_000);
    });
    reached();
  }

  @Test
  void heliconesHeadersAreBothFilled() throws Exception {
    server.enqueue(json(ANSWER));
    credentials.putAll(
        Map.of("helicone", LeakWatch.REAL + "helicone", "openai", LeakWatch.REAL + "openai"));

    call(overTls(), askAt("https://oai.helicone.ai" + CHAT));

    Headers reached = reached().getHeaders();
    assertThat(reached.get("Helicone-Auth")).isEqualTo("Bearer " + LeakWatch.REAL + "helicone");
    assertThat(reached.get("Authorization")).isEqualTo("Bearer " + LeakWatch.REAL + "openai");
  }

  @Test
  void whoReadsTheNameOfAKeyGetsAKeysOwnCredential() throws Exception {
    server.enqueue(json(ANSWER));
    OkHttpClient perKey = client(swapping()
        .credentials(upstream -> Secret.of(LeakWatch.REAL + upstream.key()))
        .build());

    call(perKey, withKey(ask(ASK)));

    assertThat(reached().getHeader("Authorization"))
        .isEqualTo("Bearer " + LeakWatch.REAL + "alice");
  }

  @Test
  void aKeysSecretInTheHeaderForItsNameIsNeitherSentNorRecorded() throws Exception {
    server.enqueue(json(ANSWER));
    Request request = ask(ASK)
        .newBuilder()
        .header("Authorization", "Bearer " + LeakWatch.REAL + "of-the-app")
        .header("x-purser-key", key)
        .header("x-purser-session", "s-" + key)
        .header("x-purser-parent", key)
        .build();

    try (Response response = http.newCall(request).execute()) {
      assertThat(response.code()).isEqualTo(200);
    }

    reached();
    purser.close();
    assertThat(records).singleElement().satisfies(record -> {
      assertThat(record.attribution().key()).startsWith("fp-");
      LeakWatch.show(record);
    });
  }

  @Test
  void anOrdinaryCredentialIsNobodysBusiness() throws Exception {
    server.enqueue(json(ANSWER));
    Request request = ask(ASK)
        .newBuilder()
        .header("Authorization", "Bearer " + LeakWatch.REAL + "of-the-app")
        .build();

    try (Response response = http.newCall(request).execute()) {
      assertThat(response.code()).isEqualTo(200);
      assertThat(response.request().header("Authorization"))
          .isEqualTo(request.header("Authorization"));
    }

    assertThat(reached().getHeader("Authorization")).isEqualTo(request.header("Authorization"));
    assertThat(asked).isEmpty();
  }

  @Test
  void nothingOfTheAdapterRendersASecret() throws Exception {
    LeakWatch.show(new BudgetInterceptor(purser));
    LeakWatch.show(swapping().build());
    LeakWatch.show(source().credentialFor(new Upstream(null, "localhost", server.getPort(), "a")));
    LeakWatch.show(RequestParts.virtualKey(withKey(ask(ASK))));
    LeakWatch.show(new RequestParts(withKey(ask(ASK))));
    LeakWatch.show(purser.keys().list());
    LeakWatch.show(purser.keys().rotate("alice", Duration.ZERO, "dana", "test"));
    server.enqueue(json(ANSWER));
    assertThat(call(http, withKey(ask(ASK))).code()).isEqualTo(401);
    purser.close();
    records.forEach(LeakWatch::show);
    assertThat(records).extracting(SpendRecord::outcome).containsExactly(Outcome.DENIED);
  }

  @Test
  void aKeyInAParameterIsReplacedHoweverItsNameIsEncoded() throws Exception {
    server.enqueue(json("{}"));
    HttpUrl url = server
        .url("/v1/models")
        .newBuilder()
        .encodedQuery("a=1&k%65y=" + key + "&b=2")
        .build();

    call(http, new Request.Builder().url(url).build());

    assertThat(reached().getPath()).isEqualTo("/v1/models?a=1&b=2&key=" + REAL);
  }
}
