package dev.purser.core;

import static dev.purser.api.Dimension.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.ModelId;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StatusHandlerTest {

  private final TestClock clock = new TestClock("2026-11-24T12:00:00Z");

  @Test
  void aServerOfTheApplicationShowsTheStatus() throws Exception {
    try (Purser purser = Purser.builder()
        .owner("dana@acme.dev")
        .budget(Budget.daily("tripwire", Usd.of("1")).per(KEY))
        .clock(clock)
        .sink(record -> {})
        .alertSink(alert -> {})
        .build()) {
      CallIntent intent = CallIntent.builder(ModelId.of("openai", "gpt-4o"))
          .attribution(Attribution.key("alice").session("run"))
          .outputCap(60_000)
          .build();
      purser.admit(intent).orThrow().settle(Usage.ofTokens(0, 60_000));
      assertThat(purser.flush(Duration.ofSeconds(30))).isTrue();
      StatusHandler handler = new StatusHandler(purser);
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/purser", exchange -> {
        StatusHandler.Response response = handler.handle(exchange.getRequestMethod());
        byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", response.contentType());
        exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
      });
      server.start();
      try {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/purser");
        HttpClient http = HttpClient.newHttpClient();
        HttpResponse<String> answer =
            http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertSays(new ObjectMapper().readTree(answer.body()));
        HttpRequest post =
            HttpRequest.newBuilder(uri).POST(BodyPublishers.noBody()).build();
        assertThat(http.send(post, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
      } finally {
        server.stop(0);
      }
    }
  }

  private static void assertSays(JsonNode status) {
    assertThat(status.get("at").asText()).isEqualTo("2026-11-24T12:00:00Z");
    JsonNode balance = status.get("balances").get(0);
    assertThat(balance.get("budget").asText()).isEqualTo("tripwire");
    assertThat(balance.get("scope").asText()).isEqualTo("key=alice");
    assertThat(balance.get("spent").asLong()).isEqualTo(600_000_000);
    assertThat(balance.get("remaining").asLong()).isEqualTo(400_000_000);
    assertThat(balance.get("resets_at").asText()).isEqualTo("2026-11-25T00:00:00Z");
    JsonNode session = status.get("sessions").get(0);
    assertThat(session.get("session").asText()).isEqualTo("run");
    assertThat(session.get("state").asText()).isEqualTo("active");
    assertThat(session.get("nano_usd_per_hour").asLong()).isEqualTo(600_000_000);
    assertThat(session.get("usage").get("output").asLong()).isEqualTo(60_000);
    assertThat(session.get("models").get("openai/gpt-4o").asLong()).isEqualTo(600_000_000);
    JsonNode alert = status.get("alerts").get(0);
    assertThat(alert.get("kind").asText()).isEqualTo("cap");
    assertThat(alert.get("owner").asText()).isEqualTo("dana@acme.dev");
    assertThat(alert.get("sessions").get(0).asText()).startsWith("run $");
  }
}
