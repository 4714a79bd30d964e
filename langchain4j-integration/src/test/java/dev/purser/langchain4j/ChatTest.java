package dev.purser.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.purser.api.BudgetExceededException;
import dev.purser.api.Fit;
import dev.purser.api.ModelId;
import dev.purser.api.Refusal;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.core.Purser;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ChatTest extends Loopback {

  private static ChatRequest ask() {
    return ChatRequest.builder().messages(UserMessage.from("What is a purser?")).build();
  }

  @Test
  void openAisCachedInputAndReasoningArePartsAndChargedOnce() {
    enqueue(Bodies.gpt("The officer who keeps the money."), Bodies.GPT_BILL);
    Purser purser = purser("1").build();
    ChatModel model = BudgetedChatModel.wrap(openAi().build(), purser);

    assertThat(model.chat("What is a purser?")).isEqualTo("The officer who keeps the money.");

    assertBilledIsSettled(purser);
    assertThat(records).singleElement().satisfies(record -> {
      assertThat(record.outcome()).isEqualTo(Outcome.SETTLED);
      assertThat(record.api()).isEqualTo("langchain4j.chat");
      assertThat(record.requested()).isEqualTo(ModelId.of("openai", "gpt-4o"));
      assertThat(record.answered()).isEqualTo(ModelId.of("openai", "gpt-4o-2024-08-06"));
      assertThat(record.responseId()).isEqualTo("chatcmpl-1");
      assertThat(record.exchange().finishReason()).isEqualTo("stop");
      assertThat(record.reservedNanoUsd()).isGreaterThan(Bodies.GPT_BILL);
    });
  }

  @Test
  void anthropicsCacheStandsBesideTheInput() {
    enqueue(Bodies.haiku("The officer who keeps the money."), Bodies.HAIKU_BILL);
    Purser purser = purser("1").build();
    ChatModel model = BudgetedChatModel.wrap(claude().build(), purser);

    assertThat(model.chat("What is a purser?")).isEqualTo("The officer who keeps the money.");

    assertBilledIsSettled(purser);
    assertThat(records).singleElement().satisfies(record -> {
      assertThat(record.requested()).isEqualTo(ModelId.of("anthropic", "claude-haiku-4-5"));
      assertThat(record.exchange().finishReason()).isEqualTo("end_turn");
    });
  }

  @Test
  void everyWayToAskIsOneCallAndTheListenersAreToldOnce() {
    List<String> told = new CopyOnWriteArrayList<>();
    ChatModelListener listener = new ChatModelListener() {
      @Override
      public void onRequest(ChatModelRequestContext context) {
        told.add("request");
      }

      @Override
      public void onResponse(ChatModelResponseContext context) {
        told.add("response");
      }

      @Override
      public void onError(ChatModelErrorContext context) {
        told.add("error");
      }
    };
    Purser purser = purser("1").build();
    ChatModel plain = openAi().listeners(List.of(listener)).build();
    ChatModel model = BudgetedChatModel.wrap(plain, purser);
    for (int i = 0; i < 5; i++) {
      enqueue(Bodies.gpt("It."), Bodies.GPT_BILL);
    }

    model.chat("What?");
    model.chat(UserMessage.from("What?"));
    model.chat(List.of(UserMessage.from("What?")));
    model.chat(ask());
    model.doChat(ask().toBuilder().parameters(plain.defaultRequestParameters()).build());

    assertThat(told).filteredOn("request"::equals).hasSize(4);
    assertThat(told).filteredOn("response"::equals).hasSize(4);
    assertThat(model.provider()).isEqualTo(plain.provider());
    assertThat(model.listeners()).isEqualTo(plain.listeners());
    assertThat(model.supportedCapabilities()).isEqualTo(plain.supportedCapabilities());
    assertThat(model.defaultRequestParameters()).isEqualTo(plain.defaultRequestParameters());
    assertBilledIsSettled(purser);
    assertThat(records).hasSize(5);
  }

  @Test
  void aCallThatNoBudgetCarriesIsThrownBackWithItsFactsAndDoesNotLeave() {
    Purser purser = purser("0.0001").build();
    ChatModel model = BudgetedChatModel.wrap(openAi().maxCompletionTokens(500).build(), purser);

    assertThatThrownBy(() -> model.chat("What is a purser?"))
        .isInstanceOfSatisfying(BudgetExceededException.class, refused -> {
          assertThat(refused.refusal().reason()).isEqualTo(Refusal.Reason.EXHAUSTED);
          assertThat(refused.refusal().budget()).isEqualTo("all");
        });

    assertThat(server.getRequestCount()).isZero();
    purser.close();
  }

  @Test
  void theCapThatTheBudgetPaysForIsSentInTheFieldThatIsInUseAndInNoOther() throws Exception {
    // Input at most 40 tokens: 100,000; so about 290 of the output are paid for.
    Purser purser = purser("0.003").build();
    enqueue(Bodies.gpt("It."), 0);
    BudgetedChatModel.wrap(openAi().build(), purser).chat("What?");
    assertThat(receivedBody()).contains("\"max_tokens\" : ").doesNotContain("max_completion");
    purser.close();

    Purser second = purser("0.003").fit(Fit.ALL).build();
    enqueue(Bodies.gpt("It."), 0);
    BudgetedChatModel.wrap(openAi().maxCompletionTokens(5000).build(), second).chat("What?");
    assertThat(receivedBody())
        .contains("\"max_completion_tokens\" : 2")
        .doesNotContain("max_tokens\"")
        .doesNotContain("5000");
    second.close();

    Purser third = purser("0.003").build();
    enqueue(Bodies.gpt("It."), 0);
    BudgetedChatModel.wrap(openAi().modelName("gpt-5-mini").build(), third).chat("What?");
    assertThat(receivedBody()).contains("max_completion_tokens").doesNotContain("max_tokens\"");
    third.close();
  }

  @Test
  void aRoutedCallIsSentToTheModelItIsHeldForAndKeepsTheVendorsParameters() throws Exception {
    Purser purser =
        purser("1").router(intent -> ModelId.of("openai", "gpt-4o-mini")).build();
    enqueue(Bodies.gpt("It."), Bodies.GPT_BILL);
    ChatModel model = BudgetedChatModel.wrap(openAi().seed(7).build(), purser);

    model.chat(ChatRequest.builder()
        .messages(UserMessage.from("What?"))
        .parameters(OpenAiChatRequestParameters.builder().user("u-1").build())
        .build());

    assertThat(receivedBody())
        .contains("\"model\" : \"gpt-4o-mini\"")
        .contains("\"user\" : \"u-1\"")
        .contains("\"seed\" : 7");
    assertBilledIsSettled(purser);
    assertThat(records.get(0).model()).isEqualTo(ModelId.of("openai", "gpt-4o-mini"));
  }

  @Test
  void aModelOfAnotherProviderCannotBeSentByThisOneAndIsAskedAsItWas() throws Exception {
    Purser purser = purser("1")
        .router(intent -> ModelId.of("anthropic", "claude-haiku-4-5"))
        .build();
    enqueue(Bodies.gpt("It."), Bodies.GPT_BILL);

    BudgetedChatModel.wrap(openAi().build(), purser).chat("What?");

    assertThat(receivedBody()).contains("\"model\" : \"gpt-4o\"");
    assertBilledIsSettled(purser);
  }
}
