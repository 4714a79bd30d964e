package dev.purser.wire.dialect;

import static dev.purser.api.UsageKind.CACHE_READ;
import static dev.purser.api.UsageKind.CACHE_WRITE_5M;
import static dev.purser.api.UsageKind.INPUT;
import static dev.purser.api.UsageKind.INPUT_VIDEO;
import static dev.purser.api.UsageKind.OUTPUT;
import static dev.purser.api.UsageKind.WEB_SEARCH;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.ModelId;
import dev.purser.api.ModelUsage;
import dev.purser.api.Settlement;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.wire.Calls;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireCall.AnswerHead;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What hosts of chat completions bill besides, or instead of, the tokens of one model. */
class ChatBillTest {

  @Test
  void theCostThatOpenRouterStatesIsTheChargeWithTheSearchesInIt() {
    Settlement settlement = json(
        "openrouter.ai",
        "deepseek/deepseek-chat",
        "{'usage':{'prompt_tokens':2000,'completion_tokens':40,'cost':0.0076,"
            + "'server_tool_use_details':{'web_search_requests':1}}}");

    assertThat(settlement.statedCost()).isEqualTo(Usd.ofNanos(7_600_000));
    assertThat(settlement.usage()).isEqualTo(Usages.of(INPUT, 2000, OUTPUT, 40, WEB_SEARCH, 1));
  }

  @Test
  void inAStreamTheLastCostCountsAndNoneIsAdded() {
    String events = Events.of(
        "{'choices':[{'index':0,'delta':{'content':'a'}}],'usage':{'prompt_tokens':2,"
            + "'completion_tokens':1,'cost':{'total_cost':0.005}}}",
        "{'choices':[{'index':0,'delta':{'content':'b'},'finish_reason':'stop'}],"
            + "'usage':{'prompt_tokens':2,'completion_tokens':2,'cost':{'total_cost':0.006}}}");
    Settlement settlement = pass("api.perplexity.ai", "sonar", Calls.sse(), events);

    assertThat(settlement.statedCost()).isEqualTo(Usd.ofNanos(6_000_000));
    assertThat(settlement.usage()).isEqualTo(Usage.ofTokens(2, 2));
  }

  @Test
  void eachModelOfACompoundSystemIsBilledAtItsOwnPrices() {
    String breakdown = "'usage_breakdown':{'models':["
        + "{'model':'a','usage':{'prompt_tokens':10,'completion_tokens':1,'total_tokens':11}},"
        + "{'model':'b','usage':{'prompt_tokens':20,'completion_tokens':2,'total_tokens':22}}]}";
    String usage = "'usage':{'prompt_tokens':20,'completion_tokens':2,'total_tokens':22}";
    ModelUsage[] both = {
      new ModelUsage(ModelId.of("groq", "a"), Usage.ofTokens(10, 1)),
      new ModelUsage(ModelId.of("groq", "b"), Usage.ofTokens(20, 2))
    };

    Settlement whole = json("api.groq.com", "groq/compound", "{" + usage + "," + breakdown + "}");
    Settlement streamed = pass(
        "api.groq.com",
        "groq/compound",
        Calls.sse(),
        Events.of(
            "{'choices':[{'index':0,'delta':{},'finish_reason':'stop'}],'x_groq':{" + usage + ","
                + breakdown + "}}",
            "[DONE]"));

    assertThat(whole.besides()).containsExactly(both);
    assertThat(whole.usage()).isEqualTo(Usage.NONE);
    assertThat(streamed.besides()).containsExactly(both);
    assertThat(streamed.inputTokens()).isEqualTo(30);
    assertThat(json("api.groq.com", "m", "{" + usage + ",'usage_breakdown':{'models':null}}")
            .besides())
        .isEmpty();
  }

  @Test
  void aSearchModelIsChargedASearchThatNoUsageMentions() {
    String answer = "{'usage':{'prompt_tokens':2,'completion_tokens':1}}";

    assertThat(json("api.openai.com", "gpt-4o-search-preview", answer).usage())
        .isEqualTo(Usages.of(INPUT, 2, OUTPUT, 1, WEB_SEARCH, 1));
    assertThat(json("api.openai.com", "gpt-4o", answer).usage())
        .isEqualTo(Usages.of(INPUT, 2, OUTPUT, 1));
  }

  @Test
  void cacheWritesAreKnownByAllTheirNames() {
    for (String field : new String[] {
      "'prompt_tokens_details':{'cached_tokens':3,'cache_write_tokens':5}",
      "'prompt_tokens_details':{'cached_tokens':3,'cache_creation_input_tokens':5}",
      "'prompt_tokens_details':{'cached_tokens':3,'cache_creation_tokens':5}",
      "'cache_read_input_tokens':3,'cache_creation_input_tokens':5"
    }) {
      assertThat(json(
                  "localhost",
                  "m",
                  "{'usage':{'prompt_tokens':10,'completion_tokens':0," + field + "}}")
              .usage())
          .as(field)
          .isEqualTo(Usages.of(INPUT, 2, CACHE_READ, 3, CACHE_WRITE_5M, 5));
    }
  }

  @Test
  void videoIsInsideThePrompt() {
    assertThat(json(
                "openrouter.ai",
                "m",
                "{'usage':{'prompt_tokens':10,'completion_tokens':0,"
                    + "'prompt_tokens_details':{'video_tokens':7}}}")
            .usage())
        .isEqualTo(Usages.of(INPUT, 3, INPUT_VIDEO, 7));
  }

  @ParameterizedTest
  @CsvSource({"us.api.openai.com, us", "eu.api.openai.com, eu", "api.openai.com, "})
  void theRegionThatIsBilledForIsPartOfTheCall(String host, String region) {
    assertThat(call(host, "gpt-5").region()).isEqualTo(region);
  }

  private static Settlement json(String host, String model, String answer) {
    return pass(host, model, Calls.json(), answer);
  }

  private static Settlement pass(String host, String model, AnswerHead head, String answer) {
    byte[] bytes = answer.replace('\'', '"').getBytes(UTF_8);
    Calls.Answer passed = Calls.pass(call(host, model).meter(head, false), bytes, 1);
    assertThat(passed.seen()).isEqualTo(bytes);
    return passed.reading().settlement();
  }

  private static WireCall call(String host, String model) {
    String body = "{\"model\":\"" + model + "\",\"messages\":[]}";
    return Calls.read(host, Calls.PATH, Map.of(), body.getBytes(UTF_8));
  }
}
