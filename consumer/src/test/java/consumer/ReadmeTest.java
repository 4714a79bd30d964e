package consumer;

import static dev.purser.api.Dimension.KEY;
import static dev.purser.junit.SpendAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.purser.api.Attribution;
import dev.purser.api.AttributionScope;
import dev.purser.api.Budget;
import dev.purser.api.Ceiling;
import dev.purser.api.Refusal;
import dev.purser.api.Usd;
import dev.purser.core.Purser;
import dev.purser.jdkhttp.BudgetedHttpClient;
import dev.purser.junit.SpendCeiling;
import dev.purser.okhttp.BudgetInterceptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows first, done by somebody who has nothing but the published artifacts. */
@SpendCeiling("0.25") // USD, for this test class or method
class ReadmeTest {

  private static final String ASK = "{\"model\":\"gpt-4o\",\"max_tokens\":50,"
      + "\"messages\":[{\"role\":\"user\",\"content\":\"What is a purser?\"}]}";
  private static final String ANSWER = "{\"id\":\"1\",\"model\":\"gpt-4o\",\"choices\":[{\"index\":0,"
      + "\"message\":{\"role\":\"assistant\",\"content\":\"x\"},\"finish_reason\":\"stop\"}],"
      + "\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":7,\"total_tokens\":19}}";

  @TempDir
  Path folder;

  private HttpServer provider;

  @BeforeEach
  void start() throws IOException {
    provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    provider.createContext("/", exchange -> {
      exchange.getRequestBody().readAllBytes();
      byte[] answer = ANSWER.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
      exchange.close();
    });
    provider.start();
  }

  @AfterEach
  void stop() {
    provider.stop(0);
  }

  private String url() {
    return "http://127.0.0.1:" + provider.getAddress().getPort() + "/v1/chat/completions";
  }

  @Test
  void theFirstExampleWorksAsItStands(Ceiling spend) throws Exception {
    Path spendFolder = folder.resolve("spend");
    // README
    Purser purser = Purser.builder()
        .owner("dana@acme.dev")                                      // every budget has a named owner
        .budget(Budget.daily("tripwire", Usd.of("75")).per(KEY))     // hard stop for runaway loops
        .budget(Budget.quarterly("AI coding", Usd.of("250000")))     // the number the CTO wrote down
        .journal(spendFolder)
        .build();

    OkHttpClient http = new OkHttpClient.Builder()
        .addInterceptor(new BudgetInterceptor(purser))
        .build();
    // end

    Request ask = new Request.Builder()
        .url(url())
        .post(RequestBody.create(ASK, MediaType.get("application/json")))
        .build();
    try (AttributionScope run = Attribution.key("alice").open();
        Response answer = http.newCall(ask).execute()) {
      assertEquals(ANSWER, answer.body().string());
      assertEquals(Usd.of("0.0001"), run.spent());
    }
    assertThat(spend).spent("0.0001").madeCalls(1).calledOnly("gpt-4o");
    purser.close();
    try (Stream<Path> files = Files.list(spendFolder)) {
      assertTrue(files.anyMatch(file -> file.getFileName().toString().startsWith("spend-")));
    }
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }

  @Test
  void theJdksClientWorks(Ceiling spend) throws Exception {
    try (Purser purser = Purser.builder()
        .owner("dana@acme.dev")
        .budget(Budget.total("all", Usd.of("0.0006")))
        .build()) {
      // README
      HttpClient http = BudgetedHttpClient.wrap(HttpClient.newHttpClient(), purser);
      // end
      HttpRequest ask = HttpRequest.newBuilder(URI.create(url()))
          .header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofString(ASK))
          .build();
      assertEquals(200, http.send(ask, BodyHandlers.ofString()).statusCode());
      String refused = http.send(ask, BodyHandlers.ofString()).body();
      assertEquals("all", Refusal.parse(refused).orElseThrow().budget());
    }
    assertThat(spend).spent("0.0001").madeCalls(1);
  }

  @Test
  void whatIsCompiledHereStandsInTheReadme() throws Exception {
    String readme = bare(Files.readString(Path.of(System.getProperty("readme"))));
    boolean shown = false;
    for (String line :
        Files.readAllLines(Path.of("src/test/java/consumer/ReadmeTest.java"))) {
      if (line.strip().equals("// README")) {
        shown = true;
      } else if (line.strip().equals("// end")) {
        shown = false;
      } else if (shown && !line.contains("spendFolder")) {
        assertTrue(readme.contains(bare(line)), line);
      }
    }
  }

  private static String bare(String code) {
    return code.replaceAll("\\s+", "");
  }
}
