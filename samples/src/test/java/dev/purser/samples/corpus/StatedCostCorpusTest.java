package dev.purser.samples.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.purser.api.ModelId;
import dev.purser.api.Settlement;
import dev.purser.core.price.BundledPriceBook;
import dev.purser.spi.PriceBook;
import dev.purser.spi.Quote;
import dev.purser.wire.WireCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Where a provider states what an answer costs, our price of what was metered is the same, or it is
 * known why not; either is printed, and written to {@code target/stated-costs.txt}.
 */
class StatedCostCorpusTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** A host may cost a fifth of our price, and twice as much. */
  private static final long MOST_BELOW = 5;

  private static final long MOST_ABOVE = 2;

  private static final Path FILE = Path.of("target", "stated-costs.txt");
  private static final List<String> LINES = new ArrayList<>();

  @TestFactory
  Stream<DynamicTest> ourPriceIsTheStatedOne() throws IOException {
    Path folder = Path.of(System.getProperty("corpus.dir", "../../shared/corpus"), "exchanges");
    if (!Files.isDirectory(folder)) {
      return Stream.of(DynamicTest.dynamicTest(
          "no corpus", () -> assumeTrue(false, "no corpus at corpus.dir: " + folder)));
    }
    PriceBook prices = BundledPriceBook.load();
    List<PricedExchange> priced;
    try (Stream<Path> files = Files.list(folder)) {
      priced = files
          .sorted()
          .map(StatedCostCorpusTest::read)
          .filter(PricedExchange::isPriced)
          .toList();
    }
    assertThat(priced).isNotEmpty();
    return priced.stream()
        .map(each -> DynamicTest.dynamicTest(each.id(), () -> compare(each, prices)));
  }

  @AfterAll
  static void print() throws IOException {
    LINES.forEach(System.out::println);
    Files.write(FILE, LINES);
  }

  private static PricedExchange read(Path file) {
    try {
      JsonNode all = MAPPER.readTree(file.toFile());
      return new PricedExchange(all.path("id").asText(), all);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  private static void compare(PricedExchange exchange, PriceBook prices) {
    WireCall call = exchange.call();
    assertThat(call).as("call").isNotNull();
    Settlement settlement = exchange.settlement(call);
    assertThat(settlement).as("settlement").isNotNull();
    Quote quote = prices.quote(call.model(), call.serviceTier(), call.region(), exchange.at());
    long ours = quote.costNanoUsd(settlement);
    long stated =
        exchange.dollars().movePointRight(9).setScale(0, RoundingMode.CEILING).longValueExact();
    if (ours == stated) {
      LINES.add(exchange.id() + ": " + dollars(stated) + ", and ours is equal");
      return;
    }
    ModelId model = settlement.answeredBy() == null ? call.model() : settlement.answeredBy();
    boolean known = prices.quote(model, settlement.serviceTier(), exchange.at()).known();
    String reason = reason(exchange, settlement, known, isNear(stated, ours));
    LINES.add(
        exchange.id() + ": " + dollars(stated) + ", ours is " + dollars(ours) + ": " + reason);
    assertThat(reason)
        .as("why " + model + " of " + settlement + " costs " + dollars(ours) + " and not "
            + dollars(stated))
        .isNotEmpty();
  }

  /** Returns why a stated cost may be another than ours; empty if there is no reason. */
  private static String reason(
      PricedExchange exchange, Settlement settlement, boolean known, boolean near) {
    JsonNode extra = exchange.extra();
    if (exchange.provider().equals("azure")) {
      return "Azure bills by its own table, and passes on a field of xAI's";
    }
    if (extra.path("is_byok").asBoolean()) {
      return "the provider bills the caller's own key: "
          + extra.path("cost_details").path("upstream_inference_cost").asText();
    }
    if (exchange.contradictsItself()) {
      return "the counts contradict each other, and were cut to their total";
    }
    if (extra.path("server_tool_use_details").isObject()) {
      return "it includes the fee of a tool that OpenRouter ran, at a price of OpenRouter's choice";
    }
    if (settlement.usage().inputTokens() == 0 && settlement.usage().outputTokens() == 0) {
      return "the answer states no count of what it made, but for its cost";
    }
    if (!known) {
      return "the table has no price of this model, and takes the dearest of its provider";
    }
    String context = extra.path("search_context_size").asText();
    if (exchange.provider().equals("perplexity")
        && (context.equals("low") || context.equals("medium"))) {
      return "its fee goes by the search context, which was " + context
          + ", and each part is rounded to $0.00001";
    }
    // It passes prices on, and those of the host that it chose are not in the answer.
    return exchange.provider().equals("openrouter") && near
        ? "OpenRouter chose a host with prices of its own"
        : "";
  }

  /** Hosts of one model differ by so much; a count that was misread or left out mostly by more. */
  private static boolean isNear(long stated, long ours) {
    return stated * MOST_BELOW >= ours && stated <= ours * MOST_ABOVE;
  }

  /** Another host's prices are no gap in our reading: what is far off has to have another reason. */
  @Test
  void aHostOfOpenRouterExplainsOnlyACostThatIsNearOurs() {
    assertThat(isNear(20, 100)).isTrue();
    assertThat(isNear(200, 100)).isTrue();
    assertThat(isNear(19, 100)).isFalse();
    assertThat(isNear(201, 100)).isFalse();
    assertThat(isNear(5, 0)).isFalse();
    assertThat(isNear(0, 5)).isFalse();
  }

  private static String dollars(long nanos) {
    return "$" + BigDecimal.valueOf(nanos, 9).stripTrailingZeros().toPlainString();
  }
}
