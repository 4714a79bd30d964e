package dev.purser.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicIoException;
import com.anthropic.models.messages.RawMessageStreamEvent;
import dev.purser.api.Exchange;
import dev.purser.api.SpendRecord;
import java.util.List;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the records of the official SDK's calls say of their way. */
class WhatARecordTellsTest extends OverSdk {

  private List<Exchange> exchanges() {
    purser.close();
    return records.stream().map(SpendRecord::exchange).toList();
  }

  private static MockResponse error(int status, String type) {
    return json("{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\"no\"}}")
        .setResponseCode(status);
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void anAnswer(Mode mode) {
    server.enqueue(answer(mode));
    assertThat(call(mode, ask().build())).isEqualTo(TEXT);

    assertThat(exchanges()).singleElement().satisfies(exchange -> {
      assertThat(exchange.attempt()).isEqualTo(1);
      assertThat(exchange.stream()).isEqualTo(mode.stream);
      assertThat(exchange.status()).isEqualTo(200);
      assertThat(exchange.finishReason()).isEqualTo("end_turn");
      assertThat(exchange.errorType()).isNull();
      assertThat(exchange.firstChunk()).isPositive().isLessThanOrEqualTo(exchange.latency());
      assertThat(exchange.prompt()).isNull();
      assertThat(exchange.answer()).isNull();
    });
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void eachAttemptOfTheSdkAndWhatItFailedWith(Mode mode) {
    server.enqueue(error(429, "rate_limit_error"));
    server.enqueue(error(529, "overloaded_error"));
    server.enqueue(answer(mode));
    assertThat(call(mode, ask().build())).isEqualTo(TEXT);

    assertThat(exchanges())
        .extracting(each -> each.attempt() + " " + each.status() + " " + each.errorType())
        .containsExactly("1 429 rate_limit_error", "2 529 overloaded_error", "3 200 null");
  }

  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"BLOCKING", "ASYNC_STREAM"})
  void aNetworkThatFailsIsToldByTheClassOfWhatItThrew(Mode mode) {
    for (int i = 0; i < 3; i++) {
      server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST));
    }
    assertThatExceptionOfType(AnthropicIoException.class)
        .isThrownBy(() -> call(mode, ask().build()));

    assertThat(exchanges()).hasSize(3).allSatisfy(exchange -> {
      assertThat(exchange.errorType()).startsWith("java.").doesNotContain(" ");
      assertThat(exchange.status()).isZero();
      assertThat(exchange.firstChunk()).isNull();
    });
  }

  @Test
  void aStreamThatItsCallerClosesHasAFirstChunkAndNoReason() {
    server.enqueue(events(START + OPENED + delta("The ").repeat(2000) + END));
    try (StreamResponse<RawMessageStreamEvent> events =
        blocking().messages().createStreaming(ask().build())) {
      assertThat(events.stream().iterator().next()).isNotNull();
    }

    assertThat(exchanges()).singleElement().satisfies(exchange -> {
      assertThat(exchange.firstChunk()).isPositive();
      assertThat(exchange.finishReason()).isNull();
      assertThat(exchange.errorType()).isNull();
    });
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void promptsAreRecordedOnlyByOptInAndWithoutSecretsTrap42(Mode mode) {
    purser.close();
    purser = options("1").recordContent(10_000).build();
    server.enqueue(answer(mode));
    String key = "sk-ant-" + "api03-0123456789abcdefghij";
    String text = call(
        mode, ask().addUserMessage("Tell alice@acme.dev that " + key + " works").build());
    assertThat(text).isEqualTo(TEXT);

    assertThat(exchanges()).singleElement().satisfies(exchange -> {
      assertThat(exchange.prompt())
          .contains("Tell [redacted e-mail] that [redacted key] works", "What is a purser?")
          .doesNotContain("alice", "sk-ant");
      assertThat(exchange.answer()).isEqualTo(TEXT);
    });
  }
}
