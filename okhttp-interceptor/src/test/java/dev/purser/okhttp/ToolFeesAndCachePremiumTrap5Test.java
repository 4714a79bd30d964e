package dev.purser.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Budget;
import dev.purser.api.SpendRecord;
import dev.purser.api.Usd;
import dev.purser.core.Purser;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

/**
 * The estimate ignores the cache-write premium or tool fees, so that the reservation is too small: here
 * a budget that could carry the tokens, but not these, refuses before anything is sent.
 */
class ToolFeesAndCachePremiumTrap5Test extends OverHttp {

  private static final String URL = "http://api.anthropic.com";

  private final List<SpendRecord> records = new CopyOnWriteArrayList<>();

  /** Every host is the provider on loopback. */
  private int ask(Purser purser, String fields) throws Exception {
    OkHttpClient http = client(new BudgetInterceptor(purser))
        .newBuilder()
        .dns(host -> List.of(InetAddress.getLoopbackAddress()))
        .build();
    String body = "{\"model\":\"claude-sonnet-4-5\",\"max_tokens\":100,"
        + "\"messages\":[{\"role\":\"user\",\"content\":\"News?\"}]" + fields + "}";
    Request request = new Request.Builder()
        .url(URL + ":" + server.getPort() + "/v1/messages")
        .post(RequestBody.create(body, JSON))
        .build();
    try (Response response = http.newCall(request).execute()) {
      response.body().string();
      return response.code();
    } finally {
      http.connectionPool().evictAll();
      http.dispatcher().executorService().shutdown();
    }
  }

  private Purser purser(Usd limit) {
    return Purser.builder()
        .owner("dana@acme.dev")
        .budget(Budget.total("all", limit))
        .sink(records::add)
        .build();
  }

  private static String search(int most) {
    return ",\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"web_search\",\"max_uses\":"
        + most + "}]";
  }

  private static final String SEARCHED = "{\"id\":\"msg_1\",\"type\":\"message\",\"model\":"
      + "\"claude-sonnet-4-5\",\"content\":[{\"type\":\"text\",\"text\":\"None.\"}],"
      + "\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":9000,\"output_tokens\":20,"
      + "\"server_tool_use\":{\"web_search_requests\":1}}}";

  @Test
  void aBudgetForTheTokensButNotForTheSearchesRefuses() throws Exception {
    // At most 20,000 tokens of input at $3.75 a million, and searches at $10 a thousand.
    try (Purser purser = purser(Usd.of("0.12"))) {
      assertThat(ask(purser, search(10))).isEqualTo(402);
      assertThat(server.getRequestCount()).isZero();

      server.enqueue(json(SEARCHED));
      assertThat(ask(purser, search(1))).isEqualTo(200);
    }
    assertThat(records)
        .filteredOn(record -> record.outcome() == SpendRecord.Outcome.SETTLED)
        .extracting(SpendRecord::costNanoUsd)
        .as("9,000 x $3, 20 x $15 a million, a search")
        .containsExactly(27_000_000L + 300_000 + 10_000_000);
  }

  @Test
  void aBudgetForTheInputButNotForKeepingItAnHourRefuses() throws Exception {
    String text = "The rules of the house, at length. ".repeat(600);
    String kept = ",\"system\":[{\"type\":\"text\",\"text\":\"" + text
        + "\",\"cache_control\":{\"type\":\"ephemeral\",\"ttl\":\"%s\"}}]";
    // Five minutes cost 5/4 of the price of input, an hour twice it: their share is 1.6.
    try (Purser purser = purser(Usd.ofNanos(heldForFiveMinutes(kept) * 6 / 5))) {
      assertThat(ask(purser, kept.formatted("1h"))).isEqualTo(402);
      assertThat(server.getRequestCount()).isEqualTo(1);

      server.enqueue(json(SEARCHED));
      assertThat(ask(purser, kept.formatted("5m"))).isEqualTo(200);
    }
  }

  private long heldForFiveMinutes(String kept) throws Exception {
    try (Purser purser = purser(Usd.of("100"))) {
      server.enqueue(json(SEARCHED));
      assertThat(ask(purser, kept.formatted("5m"))).isEqualTo(200);
    }
    assertThat(records).hasSize(1);
    return records.get(0).reservedNanoUsd();
  }
}
