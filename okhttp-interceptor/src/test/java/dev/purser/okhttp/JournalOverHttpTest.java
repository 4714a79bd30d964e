package dev.purser.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Budget;
import dev.purser.api.JournalOptions;
import dev.purser.api.Refusal;
import dev.purser.api.Usd;
import dev.purser.core.Purser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole line with a journal: a real client, the interceptor, the guard and its folder. */
class JournalOverHttpTest extends OverHttp {

  @TempDir
  Path temp;

  private Purser guard() {
    return Purser.builder()
        .owner("dana@acme.dev")
        .budget(Budget.total("all", Usd.of("0.001")))
        .sink(record -> {})
        .alertSink(alert -> {})
        .journal(JournalOptions.in(temp.resolve("spend")).fsync(JournalOptions.Fsync.ALWAYS))
        .build();
  }

  private Response call(OkHttpClient http) throws IOException {
    return http.newCall(ask(ASK)).execute();
  }

  private String lines() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(temp.resolve("spend"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".jsonl")).toList()) {
        all.append(Files.readString(file, StandardCharsets.UTF_8));
      }
    }
    return all.toString();
  }

  /** Trap 12 over HTTP: what a process before spent is not there to be spent again. */
  @Test
  void aRestartIsNoNewBudget() throws IOException {
    int served = 0;
    for (int life = 0; life < 12; life++) {
      server.enqueue(json(ANSWER));
      try (Purser purser = guard();
          Response response = call(client(new BudgetInterceptor(purser)))) {
        served += response.code() == 200 ? 1 : 0;
        assertThat(response.code()).isIn(200, 402);
      }
    }
    // A call holds at most $0.0005425 and is billed $0.0001.
    assertThat(served).isEqualTo(5);
    assertThat(server.getRequestCount()).isEqualTo(5);
  }

  @Test
  void theJournalTellsWhatTheClientSaw() throws IOException {
    server.enqueue(json(ANSWER));
    try (Purser purser = guard();
        Response response = call(client(new BudgetInterceptor(purser)))) {
      assertThat(response.body().string()).contains("chatcmpl-1");
      assertThat(lines())
          .contains(
              "\"api\":\"openai.chat.completions\"",
              "\"gen_ai.response.model\":\"gpt-4o-2024-08-06\"",
              "\"gen_ai.response.id\":\"chatcmpl-1\"",
              "\"http.response.status_code\":200",
              "\"first_chunk_ms\":",
              "\"cost_usd\":\"0.0001\"");
    }
  }

  @Test
  void whatCannotBeRecordedIsRefusedAs503() throws IOException {
    Purser purser = guard();
    purser.close();
    try (Response response = call(client(new BudgetInterceptor(purser)))) {
      assertThat(response.code()).isEqualTo(503);
      assertThat(response.header("Retry-After")).isEqualTo("1");
      assertThat(Refusal.parse(response.body().string()))
          .hasValueSatisfying(
              refusal -> assertThat(refusal.reason()).isEqualTo(Refusal.Reason.UNAVAILABLE));
    }
    assertThat(server.getRequestCount()).isZero();
  }
}
