package dev.purser.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Budget;
import dev.purser.api.Dimension;
import dev.purser.api.SpendRecord;
import dev.purser.api.Usd;
import dev.purser.core.Purser;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import okhttp3.mockwebserver.MockResponse;
import org.junit.jupiter.api.Test;

/** A request without a body that only reads what somebody has to pay. */
class BatchResultsTest extends OverHttp {

  private static final String RESULTS = "/v1/messages/batches/b_1/results";
  private static final String LINE =
      "{\"custom_id\":\"c\",\"result\":{\"type\":\"succeeded\",\"message\":{"
          + "\"model\":\"claude-opus-4-8\",\"usage\":{\"input_tokens\":1000,\"output_tokens\":200,"
          + "\"service_tier\":\"batch\"}}}}\n";

  @Test
  void resultsOfABatchAreChargedOnceHoweverOftenTheyAreRead() throws Exception {
    List<SpendRecord> records = new CopyOnWriteArrayList<>();
    try (Purser purser = Purser.builder()
        .owner("dana@acme.dev")
        .budget(Budget.total("all", Usd.of("1")).per(Dimension.KEY))
        .sink(records::add)
        .build()) {
      OkHttpClient http = client(new BudgetInterceptor(purser));
      for (int i = 0; i < 2; i++) {
        server.enqueue(new MockResponse()
            .setHeader("Content-Type", "application/x-jsonl")
            .setBody(LINE + LINE));
        try (Response response = http.newCall(to(RESULTS).get().build()).execute()) {
          assertThat(response.body().string()).isEqualTo(LINE + LINE);
        }
        assertThat(received().getMethod()).isEqualTo("GET");
      }
    }

    // Half of $5 and of $25 a million, for 2,000 and 400 tokens.
    assertThat(records).extracting(SpendRecord::costNanoUsd).containsExactly(10_000_000L, 0L);
    assertThat(records).extracting(SpendRecord::reservedNanoUsd).containsOnly(0L);
  }
}
