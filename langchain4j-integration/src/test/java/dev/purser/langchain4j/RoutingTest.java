package dev.purser.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.anthropic.AnthropicChatRequestParameters;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.service.AiServices;
import dev.purser.api.Attribution;
import dev.purser.api.AttributionScope;
import dev.purser.api.Budget;
import dev.purser.api.BudgetExceededException;
import dev.purser.api.ModelId;
import dev.purser.api.SpendRecord;
import dev.purser.api.Usd;
import dev.purser.core.Purser;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls go to the model that the rules choose, of whichever provider, as that one's own. */
class RoutingTest extends TwoProviders {

  interface Assistant {
    String chat(String message);
  }

  record Officer(String name, int chests) {}

  interface Extractor {
    Officer read(String text);
  }

  static final class Library {
    @Tool("Looks a word up")
    String lookUp(String word) {
      return "see " + word;
    }
  }

  private static ChatRequest plain() {
    return ChatRequest.builder().messages(UserMessage.from("What?")).build();
  }

  @Test
  void taskClassOfTheScopeChoosesTheModelAndItsPrice() throws Exception {
    enqueue(Bodies.gpt("It."), Bodies.GPT_BILL);
    enqueueAnthropic(Bodies.haiku("It."), Bodies.HAIKU_BILL);
    Purser purser = routed("1").build();
    ChatModel model = both(purser).build();

    try (AttributionScope scope = Attribution.NONE.taskClass("complex").open()) {
      assertThat(model.chat("What?")).isEqualTo("It.");
      assertThat(AttributionScope.current()).isSameAs(scope);
    }
    model.chat(ask("routine"));

    assertThat(receivedBody()).contains("\"gpt-4o\"").contains("\"max_tokens\" : 200");
    assertThat(anthropicBody()).contains("\"claude-haiku-4-5\"").contains("\"max_tokens\" : 200");
    assertBilledIsSettled(purser);
    assertThat(records)
        .extracting(RoutingTest::said)
        .containsExactly("gpt-4o SETTLED", "claude-haiku-4-5 SETTLED");
    assertThat(records)
        .extracting(SpendRecord::requested)
        .containsOnly(ModelId.of("anthropic", HAIKU));
    assertThat(records)
        .extracting(SpendRecord::routing)
        .containsExactly("task complex", "task routine");
  }

  @Test
  void sizeChoosesWhereNobodyNamesATaskClass() {
    enqueue(Bodies.gpt("It."), Bodies.GPT_BILL);
    enqueueAnthropic(Bodies.haiku("It."), Bodies.HAIKU_BILL);
    Purser purser =
        routed("1").routing(rules -> rules.bySize("routine", "complex")).build();
    ChatModel model = both(purser).build();

    model.chat("Short?");
    model.chat("Long? ".repeat(2_000));

    assertBilledIsSettled(purser);
    assertThat(records).extracting(each -> each.model().name()).containsExactly(HAIKU, GPT);
  }

  @Test
  void budgetThatIsMostlySpentHasTheCheapModelServe() {
    enqueue(Bodies.gpt("It."), Bodies.GPT_BILL);
    enqueueAnthropic(Bodies.haiku("It."), Bodies.HAIKU_BILL);
    Purser purser = routed("1")
        .budget(Budget.total("small", Usd.of("0.0045")).downgradeAt(50, "routine"))
        .build();
    ChatModel model = both(purser).build();

    model.chat(ask("complex"));
    model.chat(ask("complex"));

    assertBilledIsSettled(purser);
    assertThat(records).extracting(each -> each.model().name()).containsExactly(GPT, HAIKU);
    assertThat(records.get(1).routing()).contains("task routine for complex, small is 5");
  }

  @Test
  void requestThatNamesAModelOfThemAsksForItAndAnyOtherForTheFirst() throws Exception {
    enqueue(Bodies.gpt("It."), Bodies.GPT_BILL);
    enqueueAnthropic(Bodies.haiku("It."), Bodies.HAIKU_BILL);
    Purser purser = purser("1").build();
    ChatModel model = both(purser).build();

    model.chat(plain().toBuilder().modelName("openai/gpt-4o").build());
    model.chat(plain().toBuilder().modelName("gpt-3").build());

    assertThat(receivedBody()).contains("\"model\" : \"gpt-4o\"");
    assertThat(anthropicBody()).contains("\"claude-haiku-4-5\"");
    assertBilledIsSettled(purser);
  }

  @Test
  void otherwiseNamesWhatIsAskedForInsteadOfTheFirst() {
    enqueue(Bodies.gpt("It."), Bodies.GPT_BILL);
    Purser purser = purser("1").build();

    both(purser).otherwise(GPT).build().chat("What?");

    assertBilledIsSettled(purser);
  }

  @Test
  void modelsOwnCapIsHeldAndSentWhicheverIsChosen() throws Exception {
    enqueue(Bodies.gpt("It."), Bodies.GPT_BILL);
    Purser purser = routed("1").build();
    ChatModel model = RoutingChatModel.builder(purser)
        .model(HAIKU, claude().maxTokens(50).build())
        .model(GPT, openAi().maxCompletionTokens(700).build())
        .build();

    model.chat(ask("complex"));

    assertThat(receivedBody())
        .contains("\"max_completion_tokens\" : 700")
        .doesNotContain("\"max_tokens\"");
    assertBilledIsSettled(purser);
    assertThat(records.get(records.size() - 1).reservedNanoUsd())
        .isGreaterThan(700 * Bodies.GPT_OUTPUT);
  }

  @Test
  void whatOnlyAnotherVendorUnderstandsIsLeftOut() throws Exception {
    enqueue(Bodies.gpt("It."), Bodies.GPT_BILL);
    enqueueAnthropic(Bodies.haiku("It."), Bodies.HAIKU_BILL);
    Purser purser = routed("1").build();
    ChatModel model = both(purser).build();

    model.chat(AttributedChatRequest.of(
        ChatRequest.builder()
            .messages(UserMessage.from("What?"))
            .parameters(AnthropicChatRequestParameters.builder()
                .userId("u-1")
                .temperature(0.5)
                .build())
            .build(),
        Attribution.NONE.taskClass("complex")));
    model.chat(AttributedChatRequest.of(
        ChatRequest.builder()
            .messages(UserMessage.from("What?"))
            .parameters(OpenAiChatRequestParameters.builder()
                .maxCompletionTokens(99)
                .seed(7)
                .metadata(java.util.Map.of("session_id", "s-1"))
                .build())
            .build(),
        Attribution.NONE.taskClass("routine")));

    assertThat(receivedBody()).contains("\"temperature\" : 0.5").doesNotContain("u-1");
    assertThat(anthropicBody())
        .contains("\"max_tokens\" : 99")
        .doesNotContain("seed")
        .doesNotContain("s-1");
    assertBilledIsSettled(purser);
    assertThat(records.get(records.size() - 1).attribution().session()).isEqualTo("s-1");
  }

  @Test
  void modelThatCannotBeAskedSoIsNotAsked() throws Exception {
    enqueueAnthropic(Bodies.haiku("It."), Bodies.HAIKU_BILL);
    Purser purser = routed("1").build();

    both(purser)
        .build()
        .chat(AttributedChatRequest.of(
            plain().toBuilder().topK(3).build(), Attribution.NONE.taskClass("complex")));

    assertThat(anthropicBody()).contains("\"top_k\" : 3");
    assertBilledIsSettled(purser);
    assertThat(records.get(0).routing()).contains("openai/gpt-4o is out of reach");
  }

  @Test
  void toolLoopGoesFromOneProviderToTheOther() {
    enqueueAnthropic(Bodies.haikuCalls("lookUp", "{\"word\":\"a\"}"), Bodies.HAIKU_BILL);
    anthropic.enqueue(status(529));
    enqueue(Bodies.gpt("It."), Bodies.GPT_BILL);
    Purser purser = routed("1").routing(rules -> rules.otherwise("routine")).build();

    Assistant assistant = AiServices.builder(Assistant.class)
        .chatModel(both(purser).build())
        .tools(new Library())
        .build();

    assertThat(assistant.chat("What?")).isEqualTo("It.");
    assertBilledIsSettled(purser);
    assertThat(records)
        .extracting(RoutingTest::said)
        .containsExactly("claude-haiku-4-5 SETTLED", "claude-haiku-4-5 RELEASED", "gpt-4o SETTLED");
  }

  @Test
  void structuredOutputIsAskedForAsAllTheModelsCan() throws Exception {
    enqueue(Bodies.gpt("{\"name\":\"Ann\",\"chests\":3}"), Bodies.GPT_BILL);
    Purser purser = routed("1").routing(rules -> rules.otherwise("complex")).build();
    RoutingChatModel some = both(purser).build();
    RoutingChatModel all = RoutingChatModel.builder(purser)
        .model(
            GPT,
            openAi()
                .supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA)
                .strictJsonSchema(true)
                .build())
        .build();
    assertThat(some.supportedCapabilities()).isEmpty();
    assertThat(some.provider()).isEqualTo(ModelProvider.OTHER);
    assertThat(all.supportedCapabilities()).containsOnly(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
    assertThat(all.provider()).isEqualTo(ModelProvider.OPEN_AI);

    Officer officer = AiServices.create(Extractor.class, all).read("Ann has three chests");

    assertThat(officer).isEqualTo(new Officer("Ann", 3));
    assertThat(receivedBody()).contains("json_schema");
    assertBilledIsSettled(purser);
  }

  @Test
  void listenersOfTheModelThatIsCalledAreToldOnce() {
    List<String> told = new ArrayList<>();
    ChatModelListener listener = new ChatModelListener() {
      @Override
      public void onRequest(ChatModelRequestContext context) {
        told.add(context.chatRequest().modelName());
      }
    };
    enqueue(Bodies.gpt("It."), Bodies.GPT_BILL);
    Purser purser = routed("1").build();
    ChatModel model = RoutingChatModel.builder(purser)
        .model(HAIKU, claude().maxTokens(200).listeners(List.of(listener)).build())
        .model(GPT, openAi().maxTokens(200).listeners(List.of(listener)).build())
        .build();

    model.chat(ask("complex"));

    assertThat(told).containsExactly(GPT);
    assertBilledIsSettled(purser);
  }

  @Test
  void callThatNoBudgetCanCarryIsNotMade() {
    Purser purser = routed("0.0001").build();

    assertThatThrownBy(() -> both(purser).build().chat(ask("routine")))
        .isInstanceOf(BudgetExceededException.class);

    assertThat(anthropic.getRequestCount() + server.getRequestCount()).isZero();
    assertSpent(purser, 0);
  }

  @Test
  void streamGoesToTheModelOfItsClassToo() throws Exception {
    enqueue(Bodies.gptStream("It", "."), Bodies.GPT_BILL);
    enqueueAnthropic(Bodies.haikuStream("It", "."), Bodies.HAIKU_BILL);
    Purser purser = routed("1").build();
    RoutingStreamingChatModel model = streaming(purser, LONG);
    for (String taskClass : List.of("complex", "routine")) {
      Collected handler = new Collected();
      model.chat(ask(taskClass), handler);
      assertThat(handler.end()).isEqualTo("complete");
      assertThat(handler.parts).containsExactly("It", ".");
    }

    assertBilledIsSettled(purser);
    assertThat(records).extracting(each -> each.model().name()).containsExactly(GPT, HAIKU);
  }
}
