package dev.purser.wire.dialect;

import static dev.purser.wire.dialect.Dialogue.settled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AbandonReason;
import dev.purser.api.ModelId;
import dev.purser.api.ModelUsage;
import dev.purser.api.Settlement;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.wire.Meter.Reading;
import dev.purser.wire.WireCall;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnthropicBillTest {

  private static final WireCall CALL = Dialogue.call(
      "POST",
      "api.anthropic.com/v1/messages",
      "{\"model\":\"claude-m\",\"max_tokens\":9,\"messages\":[]}");

  @Test
  void anAdvisorIsBilledAtItsOwnPrices() {
    Settlement settlement = settled(read(
        30,
        12,
        entry("message", "", 10, 5),
        entry("advisor_message", "claude-a", 90, 40),
        entry("message", "", 20, 7)));

    assertThat(settlement.usage()).isEqualTo(Usage.ofTokens(30, 12));
    assertThat(settlement.besides())
        .isEqualTo(
            List.of(new ModelUsage(ModelId.of("anthropic", "claude-a"), Usage.ofTokens(90, 40))));
  }

  @Test
  void aCompactionIsBilledThoughTheSumsLeaveItOut() {
    Settlement settlement =
        settled(read(20, 7, entry("compaction", "", 99_000, 400), entry("message", "", 20, 7)));

    assertThat(settlement.usage()).isEqualTo(Usage.ofTokens(99_020, 407));
    assertThat(settlement.besides()).isEmpty();
  }

  @Test
  void aModelThatDeclinedBeforeItWroteBillsNothing() {
    Settlement settlement = settled(read(
        20,
        7,
        entry("message", "claude-first", 18, 0),
        entry("fallback_message", "claude-m-20260101", 20, 7)));

    assertThat(settlement.usage()).isEqualTo(Usage.ofTokens(20, 7));
    assertThat(settlement.besides()).isEmpty();
  }

  @Test
  void aModelThatDeclinedInTheMiddleBillsWhatItDid() {
    Settlement settlement = settled(read(
        38,
        12,
        entry("message", "claude-first", 18, 5),
        entry("fallback_message", "claude-m", 20, 7)));

    assertThat(settlement.usage()).isEqualTo(Usage.ofTokens(20, 7));
    assertThat(settlement.besides())
        .isEqualTo(List.of(
            new ModelUsage(ModelId.of("anthropic", "claude-first"), Usage.ofTokens(18, 5))));
  }

  @Test
  void anEntryThatCannotBeSettlesNothing() {
    assertThat(read(20, 7, entry("advisor_message", "claude-a", -3, 7)).trouble())
        .isEqualTo(AbandonReason.IMPLAUSIBLE_USAGE);
  }

  @Test
  void searchesAreBilledBesideTokens() {
    Settlement settlement = settled(Dialogue.json(
        CALL,
        "{\"type\":\"message\",\"usage\":{\"input_tokens\":1,\"output_tokens\":2,\"server_tool_use\":"
            + "{\"web_search_requests\":3,\"web_fetch_requests\":4}}}"));

    assertThat(settlement.usage().count(UsageKind.WEB_SEARCH)).isEqualTo(3);
  }

  @Test
  void whatTheSplitOfTheWrittenLeavesOutIsKeptForFiveMinutes() {
    assertThat(written(3337, 3068, 100)).isEqualTo(List.of(3237L, 100L)); // a split gone stale
    assertThat(written(1200, 0, 0)).isEqualTo(List.of(1200L, 0L));
    assertThat(written(50, 0, 80)).isEqualTo(List.of(0L, 50L)); // never more than the sum
  }

  private static List<Long> written(int sum, int minutes, int hour) {
    Usage usage = settled(Dialogue.json(
            CALL,
            "{\"type\":\"message\",\"usage\":{\"input_tokens\":1,\"output_tokens\":2,"
                + "\"cache_creation_input_tokens\":" + sum + ",\"cache_creation\":{"
                + "\"ephemeral_5m_input_tokens\":" + minutes + ",\"ephemeral_1h_input_tokens\":"
                + hour
                + "}}}"))
        .usage();
    return List.of(usage.count(UsageKind.CACHE_WRITE_5M), usage.count(UsageKind.CACHE_WRITE_1H));
  }

  private static Reading read(long input, long output, String... iterations) {
    return Dialogue.json(
        CALL,
        "{\"type\":\"message\",\"model\":\"claude-m\",\"usage\":{\"input_tokens\":" + input
            + ",\"output_tokens\":" + output + ",\"iterations\":[" + String.join(",", iterations)
            + "]}}");
  }

  private static String entry(String type, String model, long input, long output) {
    String name = model.isEmpty() ? "" : ",\"model\":\"" + model + "\"";
    return "{\"type\":\"" + type + "\",\"input_tokens\":" + input + ",\"output_tokens\":" + output
        + name + "}";
  }
}
