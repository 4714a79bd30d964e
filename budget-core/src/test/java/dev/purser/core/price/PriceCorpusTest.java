package dev.purser.core.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.purser.api.ModelId;
import dev.purser.api.Settlement;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The price cases of the corpus, each to the pico-dollar. */
class PriceCorpusTest {

  private static final BundledPriceBook BOOK = BundledPriceBook.load();

  private final List<JsonNode> cases = new ArrayList<>();

  @BeforeEach
  void readCases() throws IOException {
    String folder = System.getProperty("corpus.dir");
    assumeTrue(folder != null, "skipped: the system property corpus.dir is not set");
    Path file = Path.of(folder, "price_cases.json");
    assumeTrue(Files.exists(file), "skipped: there is no corpus at " + file);
    new ObjectMapper().readTree(file.toFile()).get("cases").forEach(cases::add);
  }

  @ParameterizedTest
  @CsvSource({"openai, 78", "anthropic, 41", "google, 28"})
  void everyCaseOfAProviderAgreesToThePicoDollar(String provider, int atLeast) {
    List<JsonNode> mine = cases.stream()
        .filter(each -> provider.equals(each.get("provider").asText()))
        .toList();

    assertThat(mine).hasSizeGreaterThanOrEqualTo(atLeast);
    assertThat(mine.stream().map(PriceCorpusTest::disagreement).flatMap(List::stream))
        .isEmpty();
  }

  @Test
  void everyCaseOfTheCorpusAgreesToThePicoDollar() {
    assertThat(cases).hasSizeGreaterThanOrEqualTo(234);
    assertThat(cases.stream().map(PriceCorpusTest::disagreement).flatMap(List::stream))
        .isEmpty();
  }

  private static List<String> disagreement(JsonNode each) {
    ModelId model = ModelId.of(each.get("provider").asText(), each.get("model").asText());
    FrozenQuote quote =
        BOOK.quoteExactly(model, null, null, Instant.parse(each.get("at").asText()));
    String id = each.get("id").asText() + " (" + model + ")";
    if (each.get("expected_usd").isNull()) {
      return quote.known() ? List.of(id + ": priced, but unknown to the corpus") : List.of();
    }
    if (!quote.known()) {
      return List.of(id + ": unknown");
    }
    String actual = quote.cost(settlement(each)).exact().toString();
    String expected = each.get("expected_pico_usd").asText();
    return actual.equals(expected)
        ? List.of()
        : List.of(id + ": " + actual + " pico-dollars instead of " + expected);
  }

  /** The corpus calls the choice of a region a mode of service. */
  private static Settlement settlement(JsonNode each) {
    Settlement used = Settlement.of(usage(each.get("usage")));
    String mode = each.get("mode").asText();
    return switch (mode) {
      case "inference_geo_us" -> used.inRegion("us");
      case "data_residency_eu_or_us" -> used.inRegion("eu");
      default -> used.onTier(mode);
    };
  }

  /** Turns totals that include their parts into disjoint kinds. */
  private static Usage usage(JsonNode totals) {
    long cached = units(totals, "cache_read");
    long cachedAudio = units(totals, "cache_read_audio");
    long cachedImage = units(totals, "cache_read_image");
    long written5m = units(totals, "cache_write_5m") + units(totals, "cache_write_no_ttl");
    long written1h = units(totals, "cache_write_1h");
    long audio = units(totals, "audio_in") - cachedAudio;
    long image = units(totals, "image_in") - cachedImage;
    long video = units(totals, "video_in");
    long text =
        units(totals, "input_total") - cached - written5m - written1h - audio - image - video;
    long reasoning = units(totals, "reasoning");
    long audioOut = units(totals, "audio_out");
    long imageOut = units(totals, "image_out");
    // No kind of its own: Perplexity bills citations at the price of input.
    long citations = units(totals, "citation");
    return Usage.builder()
        .add(UsageKind.INPUT, text + citations)
        .add(UsageKind.CACHE_READ, cached - cachedAudio - cachedImage)
        .add(UsageKind.CACHE_READ_AUDIO, cachedAudio)
        .add(UsageKind.CACHE_READ_IMAGE, cachedImage)
        .add(UsageKind.CACHE_WRITE_5M, written5m)
        .add(UsageKind.CACHE_WRITE_1H, written1h)
        .add(UsageKind.INPUT_AUDIO, audio)
        .add(UsageKind.INPUT_IMAGE, image)
        .add(UsageKind.INPUT_VIDEO, video)
        .add(
            UsageKind.OUTPUT,
            units(totals, "output_total") - reasoning - audioOut - imageOut - citations)
        .add(UsageKind.REASONING, reasoning)
        .add(UsageKind.OUTPUT_AUDIO, audioOut)
        .add(UsageKind.OUTPUT_IMAGE, imageOut)
        .add(UsageKind.WEB_SEARCH, units(totals, "web_searches"))
        .build();
  }

  private static long units(JsonNode totals, String field) {
    return totals.path(field).asLong(0);
  }
}
