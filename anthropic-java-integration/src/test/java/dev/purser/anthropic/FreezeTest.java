package dev.purser.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicIoException;
import com.anthropic.errors.PermissionDeniedException;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.sun.net.httpserver.HttpServer;
import dev.purser.api.CallDeniedException;
import dev.purser.api.Denial;
import dev.purser.api.FreezeTarget;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.http.CallCutException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A freeze, as the calls of the SDK meet it: a provider that says a part and then waits. */
class FreezeTest extends OverSdk {

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer provider;

  @BeforeEach
  void startProvider() throws IOException {
    provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    provider.setExecutor(threads);
    provider.start();
  }

  @AfterEach
  void stopProvider() {
    over.countDown();
    provider.stop(0);
    threads.shutdownNow();
  }

  /** Answers with the first part, and with the second once it is told to. */
  private String answering(String type, String first, String second) {
    provider.createContext("/", exchange -> {
      try (exchange) {
        exchange.getRequestBody().readAllBytes();
        asked.countDown();
        if (first.isEmpty()) {
          await(over);
        }
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, 0);
        OutputStream body = exchange.getResponseBody();
        body.write(first.getBytes(StandardCharsets.UTF_8));
        body.flush();
        await(over);
        body.write(second.getBytes(StandardCharsets.UTF_8));
      }
    });
    InetSocketAddress at = provider.getAddress();
    return "http://" + at.getAddress().getHostAddress() + ":" + at.getPort();
  }

  private void freeze() {
    purser.freeze(FreezeTarget.everything(), "dana@acme.dev", "runaway loop");
  }

  private static void assertFrozen(Throwable thrown) {
    Throwable cause = thrown;
    while (!(cause instanceof CallCutException) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    assertThat(cause).isInstanceOfSatisfying(CallCutException.class, e -> {
      assertThat(e.denial().reason()).isEqualTo(Denial.Reason.FROZEN);
      assertThat(Denial.parse(e.getMessage())).isPresent();
    });
  }

  private void assertChargedAsFrozen() {
    outcomes();
    assertThat(records)
        .filteredOn(record -> record.outcome() != Outcome.DENIED)
        .singleElement()
        .satisfies(record -> {
          assertThat(record.reason()).isEqualTo("frozen");
          assertThat(record.costNanoUsd()).isBetween(36_000L, record.reservedNanoUsd());
        });
  }

  @Test
  void aReaderThatWaitsForMoreIsToldAtOnce() {
    String url = answering("text/event-stream", START + OPENED + delta("The"), END);
    try (StreamResponse<RawMessageStreamEvent> events =
        blocking(interceptor(), url).messages().createStreaming(ask().build())) {
      Iterator<RawMessageStreamEvent> all = events.stream().iterator();
      assertThat(all.next().isMessageStart()).isTrue();
      assertThat(all.next().isContentBlockStart()).isTrue();
      assertThat(text(all.next())).isEqualTo("The");
      CompletableFuture<Throwable> reader =
          CompletableFuture.supplyAsync(() -> catchThrowable(all::hasNext), threads);
      freeze();
      Throwable thrown = joined(reader);
      assertThat(thrown).isInstanceOf(AnthropicIoException.class);
      assertFrozen(thrown);
    }
    assertChargedAsFrozen();
  }

  @Test
  void anAsynchronousCallThatWaitsForItsAnswerFailsAtOnceAndIsChargedWhenItComes() {
    String url = answering("application/json", "", ANSWER);
    CompletableFuture<?> call =
        async(interceptor(), url).messages().create(ask().build());
    await(asked);
    freeze();
    // The SDK tries again, and that is denied.
    assertThatExceptionOfType(PermissionDeniedException.class).isThrownBy(() -> joined(call));
    over.countDown();
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> records.size() == 2);
    assertThat(outcomes()).containsExactlyInAnyOrder(Outcome.DENIED, Outcome.SETTLED);
    assertThat(charged()).isEqualTo(COST);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aBlockingCallIsToldOnceItsAnswerComes(boolean throwing) {
    String url = answering("application/json", "", ANSWER);
    var client = blocking(interceptor().throwRefusals(throwing), url);
    CompletableFuture<Throwable> call = CompletableFuture.supplyAsync(
        () -> catchThrowable(() -> client.messages().create(ask().build())), threads);
    await(asked);
    freeze();
    over.countDown();
    assertThat(joined(call))
        .isInstanceOf(throwing ? CallDeniedException.class : PermissionDeniedException.class);
    outcomes();
    assertThat(charged()).isEqualTo(COST);
  }

  @Test
  void whatIsFrozenAlreadyNeverLeaves() {
    freeze();
    for (Mode mode : Mode.values()) {
      assertThatExceptionOfType(PermissionDeniedException.class)
          .isThrownBy(() -> call(mode, ask().build()))
          .satisfies(e -> assertThat(Denial.parse(e.body().toString())).isPresent());
    }
    assertThat(server.getRequestCount()).isZero();
  }
}
