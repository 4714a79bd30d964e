package dev.purser.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AbandonedCall;
import dev.purser.api.AccountBalance;
import dev.purser.api.Budget;
import dev.purser.api.CapSuggestion;
import dev.purser.api.Dimension;
import dev.purser.api.FreezeTarget;
import dev.purser.api.Grant;
import dev.purser.api.GrantInForce;
import dev.purser.api.Refusal;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.Usd;
import dev.purser.core.PurserBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;
import okio.BufferedSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a person does and sees while the calls of a real client run. */
class LiveControlOverHttpTest extends WithVirtualKey {

  private static final String DANA = "dana@acme.dev";

  private static final String FREE =
      "{\"model\":\"llama3\",\"messages\":[{\"role\":\"user\",\"content\":\"What is a purser?\"}]}";

  @Override
  PurserBuilder options() {
    return super.options()
        .budget(Budget.daily("tripwire", Usd.of("0.001")).per(Dimension.KEY))
        .freeModels("other/llama3");
  }

  private void answerEverything() {
    server.setDispatcher(new Dispatcher() {
      @Override
      public MockResponse dispatch(RecordedRequest request) {
        return json(ANSWER);
      }
    });
  }

  private static Grant topUp(String usd) {
    return Grant.of("tripwire", Usd.of(usd)).to("key=alice").by(DANA).because("release night");
  }

  private AccountBalance tripwire() {
    return purser.balances().account("tripwire", "key=alice").orElseThrow();
  }

  @Test
  void aGrantLetsACallOnThatWaitsForMoney() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    OkHttpClient patient = client(swapping().maxWait(Duration.ofMinutes(1)).build());
    try (ScriptedServer slow = new ScriptedServer(connection -> {
      connection.readRequest();
      connection.sendStream(delta("The officer"));
      ScriptedServer.await(over);
    })) {
      credentials.put(slow.authority(), REAL);
      String capped = ASK_STREAM.replace("{\"model\"", "{\"max_tokens\":80,\"model\"");
      Request streamed = withKey(new Request.Builder()
          .url(slow.url(CHAT))
          .post(RequestBody.create(capped, JSON))
          .build());
      try (Response stream = patient.newCall(streamed).execute()) {
        assertThat(stream.body().source().readUtf8Line()).contains("The officer");
        answerEverything();
        CompletableFuture<Integer> waiter = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
          try {
            waiter.complete(call(patient, withKey(ask(ASK))).code());
          } catch (IOException | RuntimeException e) {
            waiter.completeExceptionally(e);
          }
        });
        waiting.start();
        Awaitility.await().until(() -> stands(waiting, "dev.purser.core.waiting"));
        // The stream holds most of the cap, so that the call can only wait.
        assertThat(tripwire().remaining()).isLessThan(500_000);
        assertThat(server.getRequestCount()).isZero();
        assertThat(waiter).isNotDone();
        purser.grants().grant(topUp("0.01"));
        assertThat(waiter.get(20, TimeUnit.SECONDS)).isEqualTo(200);
        assertThat(purser.counters()).containsEntry("calls.waited.admitted", 1L);
        over.countDown();
      }
    }
  }

  private static boolean stands(Thread thread, String where) {
    return Arrays.stream(thread.getStackTrace())
        .anyMatch(frame -> frame.getClassName().startsWith(where));
  }

  @Test
  void aGrantOpensAnExhaustedKeyAndWhenItEndsOnlyFreeCallsPass() throws Exception {
    answerEverything();
    int paid = 0;
    Answer answer = call(http, withKey(ask(ASK)));
    while (answer.code() == 200) {
      paid++;
      answer = call(http, withKey(ask(ASK)));
    }
    assertThat(paid).isPositive();
    assertThat(answer.code()).isEqualTo(402);

    GrantInForce grant = purser.grants().grant(topUp("0.002").until(NOW.plusSeconds(600)));
    while (call(http, withKey(ask(ASK))).code() == 200) {
      paid++;
    }
    AccountBalance granted = tripwire();
    assertThat(granted.limit()).isEqualTo(3_000_000);
    assertThat(granted.granted()).isEqualTo(2_000_000);
    assertThat(granted.spent()).isEqualTo(paid * 100_000L).isGreaterThan(1_000_000);

    now = NOW.plusSeconds(600);
    Answer ended = call(http, withKey(ask(ASK)));
    assertThat(ended.code()).isEqualTo(402);
    Refusal refusal = Refusal.parse(ended.body()).orElseThrow();
    assertThat(refusal.limit()).isEqualTo(1_000_000).isLessThan(refusal.settled());
    assertThat(call(http, withKey(ask(FREE))).code()).isEqualTo(200);
    assertThat(purser.grants().inForce()).doesNotContain(grant);
    assertThat(tripwire().remaining()).isNegative();
  }

  @Test
  void theChargeOfAStreamThatWasFrozenCanBeWrittenOff() throws Exception {
    server.enqueue(events(delta("first") + delta("more").repeat(1_000)));
    String capped = ASK_STREAM
        .replace("gpt-4o", "o3")
        .replace("{\"model\"", "{\"max_completion_tokens\":50,\"model\"");
    try (Response response = http.newCall(withKey(ask(capped))).execute()) {
      BufferedSource answer = response.body().source();
      assertThat(answer.readUtf8Line()).contains("first");
      assertThat(tripwire().held()).isPositive();
      purser.freeze(FreezeTarget.key("alice"), DANA, "loop");
    }
    AccountBalance frozen = tripwire();
    assertThat(frozen.held()).isZero();
    assertThat(frozen.spent()).isBetween(400_000L, 600_000L);
    AbandonedCall call = purser.grants().abandoned().get(0);
    assertThat(call.reservedNanoUsd()).isEqualTo(frozen.spent());

    assertThat(purser.grants().writeOff(call.id(), DANA, "not on the bill")).isTrue();
    assertThat(tripwire().spent()).isZero();
    assertThat(purser.grants().abandoned()).isEmpty();
    purser.close();
    assertThat(records)
        .extracting(record -> record.outcome())
        .containsExactly(Outcome.ABANDONED, Outcome.WRITTEN_OFF);
  }

  @Test
  void balancesShowWhatCallsSpendAndHowFast() throws Exception {
    answerEverything();
    for (int i = 0; i < 4; i++) {
      assertThat(call(http, withKey(ask(ASK))).code()).isEqualTo(200);
    }
    now = NOW.plusSeconds(1800);
    AccountBalance balance = tripwire();
    // $0.0001 each: 12 tokens in, 7 out.
    assertThat(balance.spent()).isEqualTo(400_000);
    assertThat(balance.held()).isZero();
    assertThat(balance.remaining()).isEqualTo(600_000);
    assertThat(balance.resetsAt()).isEqualTo("2026-11-24T00:00:00Z");
    assertThat(balance.burnPerHour()).isEqualTo(800_000);
    assertThat(balance.projectedExhaustion()).isEqualTo(now.plus(Duration.ofMinutes(45)));
    assertThat(purser.balances().ofKey("alice"))
        .extracting(AccountBalance::budget)
        .containsExactly("tripwire", "all");

    now = NOW.plus(Duration.ofDays(1));
    List<CapSuggestion> caps = purser.suggestedCaps(Dimension.KEY);
    assertThat(caps).singleElement().satisfies(cap -> {
      assertThat(cap.value()).isEqualTo("alice");
      assertThat(cap.lowNanoUsd()).isEqualTo(1_200_000);
      assertThat(cap.highNanoUsd()).isEqualTo(2_000_000);
    });
  }
}
