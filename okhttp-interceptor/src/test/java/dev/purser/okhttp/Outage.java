package dev.purser.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AccountBalance;
import dev.purser.api.Attribution;
import dev.purser.api.Secret;
import dev.purser.api.SpendRecord;
import dev.purser.core.Purser;
import dev.purser.core.PurserBuilder;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.mockwebserver.MockWebServer;
import org.jspecify.annotations.NonNull;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A real guard that routes between two providers on loopback, each of which bills what it answers. */
abstract class Outage extends OverHttp {

  final BillingProvider first = new BillingProvider();
  final BillingProvider second = new BillingProvider();
  final MockWebServer other = new MockWebServer();
  final List<SpendRecord> records = new CopyOnWriteArrayList<>();
  volatile Instant now = NOW;
  Purser purser;
  OkHttpClient http;

  /** Adds the budget and the models. */
  abstract PurserBuilder rules(PurserBuilder options);

  @BeforeEach
  void open() throws IOException {
    server.setDispatcher(first);
    other.setDispatcher(second);
    other.start();
    purser = rules(Purser.builder().owner("dana@acme.dev").clock(() -> now).sink(records::add))
        .build();
    OkHttpClient.Builder options = client.newBuilder();
    options.interceptors().clear();
    http = options
        .addInterceptor(BudgetInterceptor.builder(purser)
            .clock(() -> now)
            .upstream("groq", other.url("/openai/v1").toString(), () -> Secret.of("gsk-mock"))
            .build())
        .build();
  }

  @AfterEach
  void shut() throws IOException {
    purser.close();
    other.shutdown();
  }

  /** How a call is made. */
  enum Way {
    SYNC {
      @Override
      Response call(Call call) throws IOException {
        return call.execute();
      }
    },
    ASYNC {
      @Override
      Response call(Call call) throws IOException {
        CompletableFuture<Response> answer = new CompletableFuture<>();
        call.enqueue(new Callback() {
          @Override
          public void onFailure(@NonNull Call failed, @NonNull IOException e) {
            answer.completeExceptionally(e);
          }

          @Override
          public void onResponse(@NonNull Call answered, @NonNull Response response) {
            answer.complete(response);
          }
        });
        try {
          return answer.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
          throw (IOException) e.getCause();
        } catch (InterruptedException | TimeoutException e) {
          throw new AssertionError(e);
        }
      }
    };

    abstract Response call(Call call) throws IOException;
  }

  static Request work(Request request) {
    return request
        .newBuilder()
        .tag(Attribution.class, Attribution.NONE.taskClass("work"))
        .header("Authorization", "Bearer sk-of-the-caller")
        .build();
  }

  String answer(Way way, Request request) throws IOException {
    try (Response response = way.call(http.newCall(work(request)))) {
      assertThat(response.code()).isEqualTo(200);
      return response.body().string();
    }
  }

  /** Returns what was spent, in nano-dollars, once nothing is held any more. */
  long spent() {
    List<AccountBalance> all = purser.balances().all();
    assertThat(all).extracting(AccountBalance::held).containsOnly(0L);
    return all.get(0).spent();
  }

  long billed() {
    return first.billed() + second.billed();
  }

  /** Returns the records, all of which have been written then. */
  List<SpendRecord> written() {
    purser.close();
    return records;
  }
}
