package dev.purser.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.ModelId;
import dev.purser.api.OngoingCall;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

/** Trap 26: one call passes two hooks and is counted twice. */
class TwoInterceptorsTrap26Test extends OverHttp {

  private final OkHttpClient twice =
      client.newBuilder().addInterceptor(new BudgetInterceptor(guard)).build();

  private static String body(OkHttpClient http, okhttp3.Request request) throws IOException {
    try (Response response = http.newCall(request).execute()) {
      return response.body().string();
    }
  }

  @Test
  void aClientBuiltFromAnInterceptedOneCountsACallOnce() throws Exception {
    server.enqueue(json(ANSWER));

    assertThat(body(twice, ask(ASK))).isEqualTo(ANSWER);

    assertThat(guard.intents).hasSize(1);
    assertSettledOnce();
  }

  @Test
  void soDoesItWhereTheDispatcherSends() throws Exception {
    server.enqueue(events(delta("The") + USAGE_EVENT + DONE_EVENT));
    CompletableFuture<String> answer = new CompletableFuture<>();
    twice.newCall(ask(ASK_STREAM_USAGE)).enqueue(new Callback() {
      @Override
      public void onFailure(Call call, IOException e) {
        answer.completeExceptionally(e);
      }

      @Override
      public void onResponse(Call call, Response response) throws IOException {
        try (response) {
          answer.complete(response.body().string());
        }
      }
    });

    assertThat(answer.get(20, TimeUnit.SECONDS)).contains("The");
    assertThat(guard.intents).hasSize(1);
    assertSettledOnce();
  }

  @Test
  void anotherGuardCountsToo() throws Exception {
    server.enqueue(json(ANSWER));
    RecordingGuard other = new RecordingGuard();
    OkHttpClient both =
        client.newBuilder().addInterceptor(new BudgetInterceptor(other)).build();

    body(both, ask(ASK));

    assertThat(guard.intents).hasSize(1);
    assertThat(other.intents).hasSize(1);
  }

  @Test
  void aCallThatAnInterceptorMakesWhileItIsAskedForAnotherIsCountedByItself() throws Exception {
    server.enqueue(json(ANSWER));
    server.enqueue(json(ANSWER));
    OkHttpClient inner = client.newBuilder().build();
    OkHttpClient outer = client
        .newBuilder()
        .addInterceptor(chain -> {
          String unused = body(inner, ask(ASK));
          return chain.proceed(chain.request());
        })
        .build();

    body(outer, ask(ASK));

    assertThat(guard.intents).hasSize(2);
    assertThat(guard.endings).hasSize(2);
  }

  @Test
  void aCallThatWasAdmittedAbovePassesUncountedButOnlyToItsModelAndOnlyUntilItHasEnded()
      throws Exception {
    server.enqueue(json(ANSWER));
    server.enqueue(json(ANSWER));
    server.enqueue(json(ANSWER));
    OngoingCall above = new OngoingCall(guard, ModelId.of("openai", "gpt-4o"), guard.reservation());

    above.during(() -> sent(ASK));
    assertThat(guard.intents).isEmpty();
    above.during(() -> sent(ASK.replace("gpt-4o", "gpt-4o-mini")));
    assertThat(guard.intents).hasSize(1);
    above.end();
    above.during(() -> sent(ASK));
    assertThat(guard.intents).hasSize(2);
  }

  private String sent(String json) {
    try {
      return body(client, ask(json));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
