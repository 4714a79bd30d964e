package dev.purser.wire.dialect;

import static dev.purser.api.UsageKind.CACHE_READ;
import static dev.purser.api.UsageKind.CACHE_WRITE_5M;
import static dev.purser.api.UsageKind.CODE_INTERPRETER;
import static dev.purser.api.UsageKind.FILE_SEARCH;
import static dev.purser.api.UsageKind.INPUT;
import static dev.purser.api.UsageKind.INPUT_IMAGE;
import static dev.purser.api.UsageKind.OUTPUT;
import static dev.purser.api.UsageKind.OUTPUT_IMAGE;
import static dev.purser.api.UsageKind.REASONING;
import static dev.purser.api.UsageKind.WEB_SEARCH;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AbandonReason;
import dev.purser.api.ModelId;
import dev.purser.api.ModelUsage;
import dev.purser.api.Settlement;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.wire.Calls;
import dev.purser.wire.Meter.Reading;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireCall.AnswerHead;
import dev.purser.wire.WireCall.Edit;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponsesTest {

  private static final String STREAM = """
      event: response.created
      data: {"type":"response.created","response":{"id":"r1","model":"m-1","service_tier":"auto","usage":null}}

      event: response.output_item.done
      data: {"type":"response.output_item.done","item":{"type":"web_search_call","action":{"type":"search"}}}

      event: response.output_text.delta
      data: {"type":"response.output_text.delta","item_id":"i","delta":"Twelve monkeys"}

      event: response.completed
      data: {"type":"response.completed","response":{"id":"r1","model":"m-1","service_tier":"flex",\
      "output":[{"type":"web_search_call","action":{"type":"search"}},\
      {"type":"web_search_call","action":{"type":"open_page"}},{"type":"message","content":[{"text":"Twelve"}]}],\
      "usage":{"input_tokens":100,"input_tokens_details":{"cached_tokens":60,"cache_write_tokens":30},\
      "output_tokens":20,"output_tokens_details":{"reasoning_tokens":8},"total_tokens":120}}}

      """;

  @Test
  void theFactsOfARequestAreRead() {
    WireCall call = read("{\"model\":\"gpt-5\",\"input\":\"Hi\",\"max_output_tokens\":70,"
        + "\"stream\":true,\"service_tier\":\"flex\",\"instructions\":\"Be brief\"}");

    assertThat(call.dialect().name()).isEqualTo("openai.responses");
    assertThat(call.model()).isEqualTo(ModelId.of("openai", "gpt-5"));
    assertThat(call.outputCap()).hasValue(70);
    assertThat(call.stream()).isTrue();
    assertThat(call.usageUnasked()).isFalse();
    assertThat(call.serviceTier()).isEqualTo("flex");
    assertThat(call.prompt().texts()).containsExactly("Hi", "Be brief");
    assertThat(call.unmetered()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "api.openai.com, /v1/responses, openai",
    "acme.openai.azure.com, /openai/responses, azure",
    "acme.openai.azure.com, /openai/v1/responses/, azure",
    "api.x.ai, /v1/responses, x-ai",
    "openrouter.ai, /api/v1/responses, openrouter",
    "api.deepseek.com, /responses, deepseek",
    "bedrock-mantle.us-east-1.api.aws, /openai/v1/responses, aws",
    "localhost, /v1/responses/compact, other"
  })
  void everyHostIsRead(String host, String path, String provider) {
    WireCall call =
        Calls.read(host, path, Map.of(), "{\"model\":\"some-model\",\"input\":[]}".getBytes(UTF_8));

    assertThat(call.model().provider()).isEqualTo(provider);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/responses/resp_1",
        "/v1/responses/input_tokens",
        "/v1/responses/resp_1/cancel",
      })
  void countingAndCancellingAreFree(String path) {
    assertThat(Calls.read(
            "api.openai.com", path, Map.of(), "{\"model\":\"m\",\"input\":\"x\"}".getBytes(UTF_8)))
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "x", "{\"input\":[}", "{\"input\":[{\"role\":}]}", "{\"tools\":[}]}"})
  void anythingElseIsNoCall(String body) {
    assertThat(read(body)).isNull();
  }

  @Test
  void theCapIsLoweredAndEveryOtherByteStays() {
    WireCall call = read("{ \"model\":\"m\",\"max_output_tokens\": 700 , \"input\":\"Hi\"}");

    assertThat(new String(call.edited(cap(32)), UTF_8))
        .isEqualTo("{ \"model\":\"m\",\"max_output_tokens\": 32 , \"input\":\"Hi\"}");
    assertThat(new String(read("{\"input\":\"Hi\"}").edited(cap(32)), UTF_8))
        .isEqualTo("{\"max_output_tokens\":32,\"input\":\"Hi\"}");
  }

  @Test
  void aBackgroundAnswerIsUnmeteredUnlessItsEventsAreWatched() {
    assertThat(read("{\"model\":\"m\",\"input\":\"x\",\"background\":true}").unmetered())
        .contains("background");
    assertThat(read("{\"model\":\"m\",\"input\":\"x\",\"background\":true,\"stream\":true}")
            .unmetered())
        .isNull();
  }

  @Test
  void itemsOfAllKindsAreInThePrompt() {
    WireCall call = read("{\"model\":\"m\",\"input\":["
        + "{\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"Look\"},"
        + "{\"type\":\"input_image\",\"image_url\":\"https://example.org/a.png\",\"detail\":\"low\"},"
        + "{\"type\":\"input_file\",\"file_id\":\"file-1\"}]},"
        + "{\"type\":\"function_call\",\"name\":\"sum\",\"arguments\":\"{}\",\"call_id\":\"c\"},"
        + "{\"type\":\"function_call_output\",\"call_id\":\"c\",\"output\":\"3\"},"
        + "{\"type\":\"reasoning\",\"summary\":[{\"type\":\"summary_text\",\"text\":\"Hm\"}],"
        + "\"encrypted_content\":\"01234567\"},"
        + "{\"type\":\"item_reference\",\"id\":\"i\"}]}");

    assertThat(call.prompt().texts()).containsExactly("Look", "sum", "{}", "3", "Hm");
    assertThat(call.prompt().media()).hasSize(3);
    assertThat(call.prompt().media().get(0).detail()).isEqualTo("low");
    assertThat(call.prompt().opaqueBytes()).isEqualTo(7);
  }

  @Test
  void whatTheProviderKeepsCountsAsAFileOfUnknownSize() {
    assertThat(read("{\"input\":\"x\",\"previous_response_id\":\"resp_1\"}")
            .prompt()
            .media())
        .containsExactly(ChatPart.UNKNOWN);
    assertThat(read("{\"input\":\"x\",\"previous_response_id\":null}").prompt().media())
        .isEmpty();
    assertThat(read("{\"input\":\"x\",\"conversation\":{\"id\":\"c\"},\"prompt\":{\"id\":\"p\"}}")
            .prompt()
            .media())
        .hasSize(2);
  }

  @Test
  void searchesAddTheirResultsToWhatIsRead() {
    long plain =
        read("{\"input\":\"x\",\"tools\":[{\"type\":\"function\"}]}").prompt().tokens();

    assertThat(read("{\"input\":\"x\",\"tools\":[{\"type\":\"web_search\"}]}")
            .prompt()
            .tokens())
        .isGreaterThanOrEqualTo(plain + 16_000);
  }

  @Test
  void theLastEventOfAStreamStatesUsageTierAndTools() {
    for (int size : new int[] {1, 7, 1000, 1 << 20}) {
      Settlement settlement = pass("api.openai.com", Calls.sse(), STREAM, size).settlement();

      assertThat(settlement.usage())
          .isEqualTo(Usages.of(
              INPUT,
              10,
              CACHE_READ,
              60,
              CACHE_WRITE_5M,
              30,
              OUTPUT,
              12,
              REASONING,
              8,
              WEB_SEARCH,
              1));
      assertThat(settlement.serviceTier()).isEqualTo("flex");
      assertThat(settlement.answeredBy()).isEqualTo(ModelId.of("openai", "m-1"));
      assertThat(settlement.responseId()).isEqualTo("r1");
      assertThat(settlement.statedCost()).isNull();
    }
  }

  @Test
  void ofAStreamThatIsCutTheTextAndTheSearchesAreSeen() {
    String cut = STREAM.substring(0, STREAM.indexOf("event: response.completed"));
    Reading reading = pass("api.openai.com", Calls.sse(), cut, 5);

    assertThat(reading.settlement()).isNull();
    assertThat(reading.trouble()).isEqualTo(AbandonReason.STREAM_CUT);
    assertThat(reading.seen().visibleTokens()).isPositive();
    assertThat(reading.seen().inputStated()).isFalse();
    assertThat(reading.seen().hidden()).isTrue();
    assertThat(reading.seen().stated()).isEqualTo(Usages.of(WEB_SEARCH, 1));
    assertThat(reading.seen().responseId()).isEqualTo("r1");
  }

  @Test
  void anErrorBeforeAnythingWasWrittenIsFree() {
    String failed = Events.of("{'type':'response.failed','response':{'id':'r',"
        + "'error':{'code':'server_error'},'usage':null}}");

    assertThat(pass("api.openai.com", Calls.sse(), failed, 9).settlement().usage())
        .isEqualTo(Usage.NONE);
  }

  @Test
  void anErrorAfterTextIsNot() {
    String failed = Events.of(
        "{'type':'response.output_text.delta','delta':'Half an answer'}",
        "{'type':'error','code':'server_error','message':'sorry'}");
    Reading reading = pass("api.openai.com", Calls.sse(), failed, 9);

    assertThat(reading.settlement()).isNull();
    assertThat(reading.trouble()).isEqualTo(AbandonReason.ERROR_IN_ANSWER);
    assertThat(reading.seen().visibleTokens()).isPositive();
  }

  @Test
  void zeroIsZeroAndNullIsUnknown() {
    assertThat(json("api.openai.com", "{'usage':{'input_tokens':0,'output_tokens':0}}")
            .settlement()
            .usage())
        .isEqualTo(Usage.NONE);
    assertThat(json("api.openai.com", "{'usage':null}").settlement()).isNull();
    assertThat(json("api.openai.com", "{'id':'r'}").trouble()).isEqualTo(AbandonReason.NO_USAGE);
    assertThat(json("api.openai.com", "{'usage':{'input_tokens':-1,'output_tokens':0}}")
            .trouble())
        .isEqualTo(AbandonReason.IMPLAUSIBLE_USAGE);
  }

  @Test
  void toolsAreChargedBesides() {
    Reading reading = json(
        "api.openai.com",
        "{'output':[{'type':'web_search_call'},{'type':'web_search_call','action':{'type':'find_in_page'}},"
            + "{'type':'file_search_call'},{'type':'code_interpreter_call','container_id':'c1'},"
            + "{'type':'code_interpreter_call','container_id':'c1'},"
            + "{'type':'code_interpreter_call','container_id':'c2'}],"
            + "'tool_usage':{'web_search':{'num_requests':3}},"
            + "'usage':{'input_tokens':5,'output_tokens':1}}");

    assertThat(reading.settlement().usage())
        .isEqualTo(
            Usages.of(INPUT, 5, OUTPUT, 1, WEB_SEARCH, 3, FILE_SEARCH, 1, CODE_INTERPRETER, 2));
  }

  @Test
  void picturesAreMadeByAModelOfTheirOwn() {
    String answer =
        "{'output':[{'type':'image_generation_call','quality':'low','size':'1024x1024'}],"
            + "%s'usage':{'input_tokens':5,'output_tokens':1}}";
    String counted = "'tool_usage':{'image_gen':{'input_tokens':30,'output_tokens':400,"
        + "'input_tokens_details':{'text_tokens':20,'image_tokens':10}}},";

    assertThat(json("api.openai.com", answer.formatted(counted)).settlement().besides())
        .containsExactly(new ModelUsage(
            ModelId.of("openai", "gpt-image-1"),
            Usages.of(INPUT, 20, INPUT_IMAGE, 10, OUTPUT_IMAGE, 400)));
    assertThat(json("api.openai.com", answer.formatted("")).settlement().besides())
        .containsExactly(
            new ModelUsage(ModelId.of("openai", "gpt-image-1"), Usages.of(OUTPUT_IMAGE, 272)));
  }

  @Test
  void theCostThatIsStatedIsTheCharge() {
    assertThat(json(
                "api.x.ai",
                "{'usage':{'input_tokens':5,'output_tokens':1,'cost_in_usd_ticks':161508500}}")
            .settlement()
            .statedCost())
        .isEqualTo(Usd.ofNanos(16_150_850));
    assertThat(json(
                "acme.services.ai.azure.com",
                "{'usage':{'input_tokens':5,'output_tokens':1,'cost_in_usd_ticks':161508500}}")
            .settlement()
            .statedCost())
        .isNull();
  }

  private static WireCall read(String body) {
    return Calls.read("api.openai.com", "/v1/responses", Map.of(), body.getBytes(UTF_8));
  }

  private static Edit cap(long tokens) {
    return new Edit(null, OptionalLong.of(tokens), false);
  }

  private static Reading json(String host, String answer) {
    return pass(host, Calls.json(), answer.replace('\'', '"'), 3);
  }

  private static Reading pass(String host, AnswerHead head, String answer, int size) {
    byte[] request = "{\"model\":\"m\",\"input\":\"x\"}".getBytes(UTF_8);
    byte[] bytes = answer.getBytes(UTF_8);
    WireCall call = Calls.read(host, "/v1/responses", Map.of(), request);
    Calls.Answer passed = Calls.pass(call.meter(head, false), bytes, size);
    assertThat(passed.seen()).isEqualTo(bytes);
    return passed.reading();
  }
}
