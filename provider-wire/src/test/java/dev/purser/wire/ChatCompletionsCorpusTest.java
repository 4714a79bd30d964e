package dev.purser.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.purser.api.Settlement;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Recorded exchanges: what was asked and what was used is read as it was. */
class ChatCompletionsCorpusTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TestFactory
  Stream<DynamicTest> recordedRequestsAndAnswers() throws IOException {
    String folder = System.getProperty("corpus.dir", "../../shared/corpus");
    Path exchanges = Path.of(folder, "exchanges");
    assumeTrue(Files.isDirectory(exchanges), "no corpus at corpus.dir: " + exchanges);
    List<Path> files;
    try (Stream<Path> all = Files.list(exchanges)) {
      files = all.filter(file -> file.getFileName().toString().contains("chat.completions"))
          .sorted()
          .toList();
    }
    return files.stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
  }

  private static void check(Path file) throws IOException {
    JsonNode exchange = MAPPER.readTree(file.toFile());
    JsonNode request = exchange.path("request");
    WireCall call = request.path("body_text").isTextual() ? read(request) : Calls.plain();
    assertThat(call).as("request").isNotNull();
    if (request.path("body_text").isTextual()) {
      checkRequest(call, request.path("facts"));
    }
    JsonNode response = exchange.path("response");
    byte[] body = response.path("body_encoding").asText().equals("base64")
        ? Base64.getDecoder().decode(response.path("body_text").asText())
        : response.path("body_text").asText().getBytes(UTF_8);
    WireCall.AnswerHead head = new WireCall.AnswerHead(
        response.path("status").asInt(),
        response.path("headers").path("content-type").textValue(),
        null);
    for (int size : new int[] {Integer.MAX_VALUE, 7}) {
      Calls.Answer answer = Calls.pass(call.meter(head, false), body, size);
      assertThat(answer.seen()).isEqualTo(body);
      checkAnswer(answer.reading(), exchange);
    }
  }

  private static WireCall read(JsonNode request) {
    URI url = URI.create(request.path("url").asText());
    return Calls.read(
        url.getHost(),
        url.getRawPath(),
        Map.of(),
        request.path("body_text").asText().getBytes(UTF_8));
  }

  private static void checkRequest(WireCall call, JsonNode facts) {
    JsonNode model = facts.path("model");
    if (model.isTextual()) {
      assertThat(call.model().name()).isEqualTo(model.asText());
    }
    JsonNode cap = facts.path("output_cap").path("value");
    assertThat(call.outputCap().isPresent()).as("capped").isEqualTo(cap.isNumber());
    assertThat(call.outputCap().orElse(0)).as("cap").isEqualTo(cap.asLong());
    assertThat(call.stream()).isEqualTo(facts.path("stream").asBoolean());
    assertThat(call.usageUnasked())
        .isEqualTo(call.stream() && !facts.path("include_usage").asBoolean());
    assertThat(call.choices()).isEqualTo(facts.path("n").asInt(1));
    assertThat(call.serviceTier()).isEqualTo(facts.path("service_tier").textValue());
  }

  private static void checkAnswer(Meter.Reading reading, JsonNode exchange) {
    JsonNode expected = exchange.path("expected");
    Settlement settlement = reading.settlement();
    boolean billed = exchange.path("response").path("status").asInt() < 400
        && !expected.path("outcome").asText().equals("truncated_stream")
        && expected.path("usage_present").asBoolean();
    assertThat(settlement != null).as("settled: " + reading).isEqualTo(billed);
    if (settlement == null) {
      return;
    }
    assertThat(reading.finished()).isTrue();
    Usage usage = settlement.usage();
    assertThat(settlement.serviceTier()).isEqualTo(expected.path("service_tier").textValue());
    assertThat(settlement.answeredBy() == null ? null : settlement.answeredBy().name())
        .isEqualTo(expected.path("model").textValue());
    long cached = expected.path("cache_read").asLong();
    long written = expected.path("cache_write_total").asLong();
    long output = expected.path("output_total").asLong();
    assertThat(usage.inputTokens()).isEqualTo(expected.path("input_total").asLong());
    assertThat(usage.outputTokens()).isEqualTo(output);
    assertThat(sum(usage, UsageKind.CACHE_READ, UsageKind.CACHE_READ_AUDIO))
        .as("cached")
        .isEqualTo(cached);
    assertThat(usage.count(UsageKind.CACHE_WRITE_5M)).as("written").isEqualTo(written);
    assertThat(sum(usage, UsageKind.INPUT_AUDIO, UsageKind.CACHE_READ_AUDIO))
        .as("audio in")
        .isEqualTo(expected.path("audio_in").asLong());
    assertThat(usage.count(UsageKind.OUTPUT_AUDIO))
        .as("audio out")
        .isEqualTo(expected.path("audio_out").asLong());
    assertThat(usage.count(UsageKind.REASONING))
        .as("reasoning")
        .isEqualTo(expected.path("reasoning").asLong());
  }

  private static long sum(Usage usage, UsageKind... kinds) {
    return Stream.of(kinds).mapToLong(usage::count).sum();
  }
}
