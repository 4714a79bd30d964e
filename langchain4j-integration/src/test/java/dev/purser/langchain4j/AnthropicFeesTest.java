package dev.purser.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.core.Purser;
import org.junit.jupiter.api.Test;

/** What Anthropic bills and LangChain4j does not read. */
class AnthropicFeesTest extends Loopback {

  private static final String TOKENS = "\"input_tokens\":30,\"output_tokens\":70,"
      + "\"cache_creation_input_tokens\":500,\"cache_read_input_tokens\":2000";
  private static final String MORE = TOKENS
      + ",\"cache_creation\":{\"ephemeral_5m_input_tokens\":100,\"ephemeral_1h_input_tokens\":400}"
      + ",\"server_tool_use\":{\"web_search_requests\":2}";
  private static final long BILL = 30 * Bodies.HAIKU_INPUT
      + 100 * Bodies.HAIKU_WRITTEN
      + 400 * 2 * Bodies.HAIKU_INPUT
      + 2000 * Bodies.HAIKU_READ
      + 70 * Bodies.HAIKU_OUTPUT
      + 2 * 10_000_000L;
  private static final Usage USAGE = Usage.builder()
      .add(UsageKind.INPUT, 30)
      .add(UsageKind.CACHE_READ, 2000)
      .add(UsageKind.CACHE_WRITE_5M, 100)
      .add(UsageKind.CACHE_WRITE_1H, 400)
      .add(UsageKind.OUTPUT, 70)
      .add(UsageKind.WEB_SEARCH, 2)
      .build();

  @Test
  void searchesAndWritesForAnHourAreChargedWhateverTheModelWroteOfThem() {
    String text = "see \\\"web_search_requests\\\":99 and \\\"ephemeral_1h_input_tokens\\\":99";
    enqueue(
        Bodies.json("{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\","
            + "\"model\":\"claude-haiku-4-5\",\"content\":[{\"type\":\"text\",\"text\":\"" + text
            + "\"}],\"stop_reason\":\"end_turn\",\"usage\":{" + MORE + "}}"),
        BILL);
    Purser purser = purser("1").build();

    assertThat(BudgetedChatModel.wrap(claude().build(), purser).chat("What?"))
        .contains("\"web_search_requests\":99");

    assertBilledIsSettled(purser);
    assertThat(records.get(0).usage()).isEqualTo(USAGE);
  }

  @Test
  void soAreThoseOfAStream() throws Exception {
    String start = "event: message_start\ndata: {\"type\":\"message_start\",\"message\":"
        + "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\","
        + "\"model\":\"claude-haiku-4-5\",\"content\":[],\"usage\":{" + TOKENS + "}}}\n\n";
    String delta = "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":"
        + "{\"stop_reason\":\"end_turn\"},\"usage\":{" + MORE + "}}\n\n";
    String stop = "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
    enqueue(Bodies.events(start + delta + stop), BILL);
    Purser purser = purser("1").build();
    Collected handler = new Collected();

    BudgetedStreamingChatModel.wrap(claudeStream().build(), purser).chat("What?", handler);

    assertThat(handler.end()).isEqualTo("complete");
    assertBilledIsSettled(purser);
    assertThat(records.get(0).usage()).isEqualTo(USAGE);
  }
}
