package dev.purser.wire.dialect;

import static dev.purser.api.UsageKind.INPUT;
import static dev.purser.api.UsageKind.PAGE;
import static dev.purser.api.UsageKind.RERANK_SEARCH;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AbandonReason;
import dev.purser.api.ModelId;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.wire.Calls;
import dev.purser.wire.Meter.Reading;
import dev.purser.wire.WireCall;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that only read: embeddings, rankings, judgements, documents. */
class ReadingsTest {

  @ParameterizedTest
  @CsvSource({
    "api.openai.com, /v1/embeddings, openai.embeddings",
    "acme.openai.azure.com, /openai/deployments/e/embeddings, openai.embeddings",
    "openrouter.ai, /api/v1/embeddings, openai.embeddings",
    "api.perplexity.ai, /v1/contextualizedembeddings, openai.embeddings",
    "api.mistral.ai, /v1/moderations, mistral.moderations",
    "api.mistral.ai, /v1/classifications, mistral.moderations",
    "openrouter.ai, /api/v1/rerank, openrouter.rerank",
    "api.voyageai.com, /v1/rerank, openrouter.rerank",
    "api.mistral.ai, /v1/ocr, mistral.ocr"
  })
  void theyAreSpokenTo(String host, String path, String dialect) {
    assertThat(read(host, path, "{\"model\":\"m\"}").dialect().name()).isEqualTo(dialect);
  }

  @ParameterizedTest
  @CsvSource({
    "api.openai.com, /v1/moderations", // free
    "localhost, /api/embeddings", // Ollama's own
    "localhost, /v1/batches"
  })
  void theseAreOthers(String host, String path) {
    WireCall call = read(host, path, "{\"model\":\"m\"}");

    assertThat(call == null ? "" : call.dialect().name())
        .isNotIn("openai.embeddings", "mistral.moderations", "openrouter.rerank");
  }

  @Test
  void inputsAreTextsOrTokensOrListsOfEither() {
    assertThat(embed("\"one\"").prompt().texts()).containsExactly("one");
    assertThat(embed("[\"one\",\"two\"]").prompt().texts()).containsExactly("one", "two");
    assertThat(embed("[[\"one\"],[\"two\"]]").prompt().texts()).containsExactly("one", "two");
    assertThat(embed("[1,22,333]").prompt().tokens()).isEqualTo(3);
    assertThat(embed("[[1,22,333],[4]]").prompt().tokens()).isEqualTo(4);
    assertThat(embed("[[[[[1]]]]]").prompt().opaqueBytes()).isEqualTo(5);
    assertThat(embed("[{\"type\":\"text\",\"text\":\"one\"}]").prompt().texts())
        .containsExactly("one");
    assertThat(embed("null").prompt().texts()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{\"input\":[\"a\" \"b\"]}", "{\"input\":[1,]"})
  void whatIsMalformedIsNoCall(String body) {
    assertThat(read("api.openai.com", "/v1/embeddings", body)).isNull();
  }

  @Test
  void azureNamesTheModelByThePath() {
    assertThat(read("acme.openai.azure.com", "/openai/deployments/small/embeddings", "{}")
            .model())
        .isEqualTo(ModelId.of("azure", "small"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'usage':{'prompt_tokens':7,'total_tokens':7}}                       | 7",
        "{'usage':{'prompt_tokens':7,'completion_tokens':0,'total_tokens':7}} | 7",
        "{'usage':{'total_tokens':7}}                                         | 7",
        "{'usage':{'prompt_tokens':0,'total_tokens':0}}                       | 0"
      })
  void theirTokensAreInput(String answer, int tokens) {
    for (int size : new int[] {1, 1000}) {
      assertThat(answer("api.openai.com", "/v1/embeddings", answer, size)
              .settlement()
              .usage())
          .isEqualTo(Usages.of(INPUT, tokens));
    }
  }

  @Test
  void withoutUsageNothingIsSettled() {
    assertThat(answer("api.openai.com", "/v1/embeddings", "{'data':[]}", 2).trouble())
        .isEqualTo(AbandonReason.NO_USAGE);
    assertThat(answer("api.openai.com", "/v1/embeddings", "{'usage':null}", 2).settlement())
        .isNull();
    assertThat(answer("api.openai.com", "/v1/embeddings", "{'usage':{'prompt_tokens':-7}}", 2)
            .trouble())
        .isEqualTo(AbandonReason.IMPLAUSIBLE_USAGE);
    assertThat(answer("api.openai.com", "/v1/embeddings", "{'usage':{'prompt_tok", 2)
            .trouble())
        .isEqualTo(AbandonReason.STREAM_CUT);
    assertThat(answer("api.openai.com", "/v1/embeddings", "{'error':{'message':'no'}}", 2)
            .settlement()
            .usage())
        .isEqualTo(Usage.NONE);
  }

  @Test
  void rankingIsBilledByTokensOrSearches() {
    assertThat(answer(
                "openrouter.ai", "/api/v1/rerank", "{'usage':{'total_tokens':17,'cost':3.4e-7}}", 1)
            .settlement())
        .satisfies(settlement -> {
          assertThat(settlement.usage()).isEqualTo(Usages.of(INPUT, 17));
          assertThat(settlement.statedCost()).isEqualTo(Usd.ofNanos(340));
        });
    assertThat(answer("openrouter.ai", "/api/v1/rerank", "{'usage':{'search_units':2}}", 1)
            .settlement()
            .usage())
        .isEqualTo(Usages.of(RERANK_SEARCH, 2));
  }

  @Test
  void documentsAreBilledByThePage() {
    String pages =
        "{'pages':[{'index':0}],'model':'mistral-ocr-2512','usage_info':{'pages_processed':3}}";

    assertThat(answer("api.mistral.ai", "/v1/ocr", pages, 4).settlement().usage())
        .isEqualTo(Usages.of(PAGE, 3));
    assertThat(answer("api.mistral.ai", "/v1/ocr", pages, 4).settlement().answeredBy())
        .isEqualTo(ModelId.of("mistral", "mistral-ocr-2512"));
    assertThat(answer("api.mistral.ai", "/v1/ocr", "{'pages':[]}", 4).settlement())
        .isNull();
  }

  private static WireCall embed(String input) {
    return read("api.openai.com", "/v1/embeddings", "{\"model\":\"m\",\"input\":" + input + "}");
  }

  private static WireCall read(String host, String path, String body) {
    return Calls.read(host, path, Map.of(), body.getBytes(UTF_8));
  }

  private static Reading answer(String host, String path, String answer, int size) {
    byte[] bytes = answer.replace('\'', '"').getBytes(UTF_8);
    WireCall call = read(host, path, "{\"model\":\"m\",\"input\":\"x\"}");
    Calls.Answer passed = Calls.pass(call.meter(Calls.json(), false), bytes, size);
    assertThat(passed.seen()).isEqualTo(bytes);
    return passed.reading();
  }
}
