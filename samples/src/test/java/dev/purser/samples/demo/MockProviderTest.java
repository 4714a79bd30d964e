package dev.purser.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The provider's own counting, through an HTTP client that knows nothing of Purser. */
class MockProviderTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HELLO = "[{'role':'user','content':'hello world'}]";

  private final HttpClient http = HttpClient.newHttpClient();
  private MockProvider provider;

  @BeforeEach
  void start() throws IOException {
    provider = MockProvider.start();
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  @Test
  void thePromptIsCountedWithItsFraming() throws Exception {
    JsonNode usage = json(ask("'messages':" + HELLO + ",'max_tokens':5")).path("usage");

    // 2 tokens of text, 1 of the role, 3 for the message, 3 for the reply.
    assertThat(usage.path("prompt_tokens").asInt()).isEqualTo(9);
    assertThat(usage.path("completion_tokens").asInt()).isEqualTo(5);
    assertThat(usage.path("total_tokens").asInt()).isEqualTo(14);
    assertThat(provider.bill().calls()).isEqualTo(1);
    assertThat(provider.bill().total()).isEqualTo(new PicoUsd(9 * 2_500_000L + 5 * 10_000_000L));
  }

  @Test
  void textInPartsAndTextInOneCountAlike() throws Exception {
    String parts = "[{'role':'user','content':[{'type':'text','text':'hello world'}]}]";
    JsonNode usage = json(ask("'messages':" + parts + ",'max_tokens':1")).path("usage");

    // The part's type is no text that the model reads.
    assertThat(usage.path("prompt_tokens").asInt()).isEqualTo(9);
  }

  @ParameterizedTest
  @CsvSource({"'max_completion_tokens':7, 7", "'max_tokens':7, 7", "'n':1, 16000"})
  void theAnswerIsAsLongAsTheCapLetsIt(String cap, int tokens) throws Exception {
    JsonNode answer = json(ask("'messages':" + HELLO + "," + cap));

    JsonNode choice = answer.path("choices").path(0);
    assertThat(Tokens.count(choice.path("message").path("content").asText())).isEqualTo(tokens);
    assertThat(answer.path("usage").path("completion_tokens").asInt()).isEqualTo(tokens);
    assertThat(choice.path("finish_reason").asText())
        .isEqualTo(tokens == MockProvider.TALKS ? "stop" : "length");
  }

  @Test
  void aStreamCarriesTheSameTextAndNoUsageUnlessAsked() throws Exception {
    List<String> events =
        events(ask("'messages':" + HELLO + ",'max_tokens':300,'stream':true").body());

    assertThat(events).last().isEqualTo("[DONE]");
    StringBuilder text = new StringBuilder();
    for (String event : events.subList(0, events.size() - 1)) {
      JsonNode chunk = JSON.readTree(event);
      assertThat(chunk.has("usage")).isFalse();
      text.append(chunk.path("choices").path(0).path("delta").path("content").asText());
    }
    assertThat(text).hasToString(Tokens.text(300));
    assertThat(provider.bill().total()).isEqualTo(new PicoUsd(9 * 2_500_000L + 300 * 10_000_000L));
  }

  @Test
  void aStreamEndsWithItsUsageWhenAsked() throws Exception {
    String asking = ",'max_tokens':40,'stream':true,'stream_options':{'include_usage':true}";
    List<String> events = events(ask("'messages':" + HELLO + asking).body());

    JsonNode last = JSON.readTree(events.get(events.size() - 2));
    assertThat(last.path("choices")).isEmpty();
    assertThat(last.path("usage").path("prompt_tokens").asInt()).isEqualTo(9);
    assertThat(last.path("usage").path("completion_tokens").asInt()).isEqualTo(40);
    assertThat(events.subList(0, events.size() - 2)).allSatisfy(event -> {
      JsonNode chunk = JSON.readTree(event);
      assertThat(chunk.has("usage")).isTrue();
      assertThat(chunk.path("usage").isNull()).isTrue();
    });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | {",
        "400 | {\"model\":\"gpt-4o\"}",
        "400 | {\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":7}]}",
        "400 | {\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\"}],\"max_tokens\":0}",
        "400 | {\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\"}],\"n\":2}",
        "404 | {\"model\":\"gpt-5\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
      })
  void whatIsNotServedIsNotBilled(int status, String body) throws Exception {
    HttpResponse<String> answer = post("/chat/completions", body, "Bearer sk-test");

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(json(answer).path("error").path("message").asText()).isNotBlank();
    assertThat(provider.bill().calls()).isZero();
    assertThat(provider.bill().total()).isEqualTo(new PicoUsd(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | {",
        "400 | {\"model\":\"claude-sonnet-4-5\"}",
        "400 | {\"model\":\"claude-sonnet-4-5\",\"max_tokens\":9}",
        "400 | {\"model\":\"claude-sonnet-4-5\",\"max_tokens\":9,\"messages\":[{}]}",
        "404 | {\"model\":\"gpt-4o\",\"max_tokens\":9}",
      })
  void whatIsNoMessageIsNotBilled(int status, String body) throws Exception {
    HttpResponse<String> answer = post("/messages", body, "Bearer sk-test");

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(json(answer).path("type").asText()).isEqualTo("error");
    assertThat(json(answer).path("error").path("message").asText()).isNotBlank();
    assertThat(provider.bill().calls()).isZero();
  }

  @Test
  void aStreamOfMessagesStatesItsInputFirstAndItsOutputLast() throws Exception {
    String body =
        "{'model':'claude-sonnet-4-5','max_tokens':300,'stream':true,'messages':" + HELLO + "}";
    List<String> events =
        events(post("/messages", body.replace('\'', '"'), "Bearer sk-test").body());

    StringBuilder text = new StringBuilder();
    for (String event : events) {
      text.append(JSON.readTree(event).path("delta").path("text").asText());
    }
    assertThat(text).hasToString(Tokens.text(300));
    // 2 tokens of text, 4 for the message, 4 for the reply.
    JsonNode first = JSON.readTree(events.get(0)).path("message").path("usage");
    assertThat(first.path("input_tokens").asInt()).isEqualTo(10);
    JsonNode last = JSON.readTree(events.get(events.size() - 2));
    assertThat(last.path("usage").path("output_tokens").asInt()).isEqualTo(300);
    assertThat(last.path("delta").path("stop_reason").asText()).isEqualTo("max_tokens");
    assertThat(provider.bill().total()).isEqualTo(new PicoUsd(10 * 3_000_000L + 300 * 15_000_000L));
  }

  @Test
  void otherUrlsAndCallsWithoutAKeyAreTurnedAway() throws Exception {
    String body = "{\"model\":\"gpt-4o\"}";

    assertThat(post("/responses", body, "Bearer sk-test").statusCode()).isEqualTo(404);
    assertThat(post("/chat/completions", body, "Basic abc").statusCode()).isEqualTo(401);
    assertThat(provider.bill().calls()).isZero();
  }

  private HttpResponse<String> ask(String fields) throws IOException, InterruptedException {
    String body = "{'model':'gpt-4o'," + fields + "}";
    return post("/chat/completions", body.replace('\'', '"'), "Bearer sk-test");
  }

  private HttpResponse<String> post(String path, String body, String credential)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(provider.baseUrl() + path))
        .header("Authorization", credential)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    return JSON.readTree(answer.body());
  }

  private static List<String> events(String body) {
    return body.lines()
        .filter(line -> line.startsWith("data: "))
        .map(line -> line.substring("data: ".length()))
        .toList();
  }
}
