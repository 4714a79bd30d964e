package dev.purser.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.purser.api.BudgetExceededException;
import dev.purser.api.Credential;
import dev.purser.api.Refusal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Promise 8: neither a key nor a prompt shows in anything the guard, a log or a caller gets. */
class SecretsStayHomeTrap42Test extends OverHttp {

  private static final String KEY = "sk-very-secret-0123456789";
  private static final String PROMPT = "the formula of the elixir";
  private static final String BODY =
      "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"" + PROMPT + "\"}]}";

  private final Logger root = Logger.getLogger("");
  private final List<Handler> handlers =
      Stream.of(root.getHandlers()).filter(ConsoleHandler.class::isInstance).toList();
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final Handler capture = new Handler() {
    @Override
    public void publish(LogRecord line) {
      if (!LeakWatch.isTheProviders(line)) {
        seen.add(line.getMessage() + line.getThrown());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  };

  @BeforeEach
  void captureTheLog() {
    handlers.forEach(root::removeHandler);
    root.addHandler(capture);
  }

  @AfterEach
  void restoreTheLog() {
    root.removeHandler(capture);
    handlers.forEach(root::addHandler);
  }

  @Test
  void whatTheGuardGetsHoldsADigestOnly() throws Exception {
    server.enqueue(json(ANSWER));
    send(secret(BODY));
    assertThat(guard.onlyIntent().credential()).isEqualTo(Credential.of(KEY));
    seen.add(guard.onlyIntent().toString());
    seen.add(guard.onlyIntent().credential().toString());
    seen.add(guard.onlyIntent().credential().fingerprint(new byte[8]));
    seen.add(guard.onlyIntent().prompt().toString());
    seen.add(guard.onlyIntent().attribution().toString());
    seen.add(guard.endings.toString());
    assertNothingSecret();
  }

  @Test
  void theProviderStillGetsTheKey() throws Exception {
    server.enqueue(json(ANSWER));
    send(secret(BODY));
    assertThat(received().getHeader("Authorization")).isEqualTo("Bearer " + KEY);
  }

  @Test
  void anUnmeteredCallShowsNeitherKeyNorPrompt() throws Exception {
    server.enqueue(json(ANSWER));
    send(secret("[\"" + PROMPT + "\"]"));
    assertThat(guard.unmetered).hasSize(1);
    seen.add(guard.unmetered.toString());
    assertNothingSecret();
  }

  @Test
  void aFaultThatQuotesThePromptIsReportedWithoutItsMessage() throws Exception {
    guard.answer(intent -> {
      throw new IllegalStateException(KEY + intent.prompt().texts());
    });
    server.enqueue(json(ANSWER));
    send(secret(BODY));
    assertThat(guard.unmetered).hasSize(1);
    seen.add(guard.unmetered.toString());
    assertNothingSecret();
  }

  @Test
  void aRefusalShowsNeitherKeyNorPrompt() throws Exception {
    guard.refuse(refusal(Refusal.Reason.EXHAUSTED));
    try (var response = client.newCall(secret(BODY)).execute()) {
      seen.add(response.headers() + response.body().string());
    }
    var throwing = client(BudgetInterceptor.builder(guard).throwRefusals(true).build());
    Throwable thrown = catchThrowable(() -> throwing.newCall(secret(BODY)).execute());
    assertThat(thrown).isInstanceOf(BudgetExceededException.class);
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    seen.add(trace.toString());
    assertNothingSecret();
  }

  private Request secret(String body) {
    return to(CHAT + "?key=" + KEY)
        .header("Authorization", "Bearer " + KEY)
        .header("x-api-key", KEY)
        .post(RequestBody.create(body, JSON))
        .build();
  }

  private void assertNothingSecret() {
    assertThat(seen)
        .isNotEmpty()
        .noneMatch(text -> text.contains(KEY))
        .noneMatch(text -> text.contains(PROMPT));
  }
}
