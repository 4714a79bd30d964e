package dev.purser.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.purser.api.Attribution;
import dev.purser.api.AttributionScope;
import dev.purser.core.Purser;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AttributionTest extends Loopback {

  private static ChatRequest ask() {
    return ChatRequest.builder().messages(UserMessage.from("What?")).build();
  }

  @Test
  void theRequestComesFirstThenTheScopeThenTheOptionsEachPartByItself() {
    enqueue(Bodies.gpt("It."), Bodies.GPT_BILL);
    Purser purser = purser("1").build();
    ChatModel model = BudgetedChatModel.wrap(
        openAi().build(),
        purser,
        CallOptions.DEFAULT.attribution(
            Attribution.key("nightly").user("robot").team("batch").tag("repo", "purser")));
    ChatRequest request =
        AttributedChatRequest.of(ask(), Attribution.NONE.user("ann").tag("pr", "7"));

    try (AttributionScope run = Attribution.key("alice").user("alice").open()) {
      model.chat(AttributedChatRequest.of(request, Attribution.NONE.tag("branch", "main")));
      assertThat(run.spent().nanos()).isEqualTo(Bodies.GPT_BILL);
    }

    assertBilledIsSettled(purser);
    assertThat(records.get(0).attribution())
        .isEqualTo(Attribution.key("alice")
            .user("ann")
            .team("batch")
            .tag("repo", "purser")
            .tag("pr", "7")
            .tag("branch", "main"));
  }

  @Test
  void aSessionInOpenAisMetadataIsTheCalls() throws Exception {
    enqueue(Bodies.gpt("It."), Bodies.GPT_BILL);
    Purser purser = purser("1").build();
    ChatModel model =
        BudgetedChatModel.wrap(openAi().metadata(Map.of("session_id", "s-1")).build(), purser);

    model.chat(ChatRequest.builder()
        .messages(UserMessage.from("What?"))
        .parameters(OpenAiChatRequestParameters.builder().user("u-1").build())
        .build());

    assertThat(receivedBody()).contains("s-1");
    assertBilledIsSettled(purser);
    assertThat(records.get(0).attribution().session()).isEqualTo("s-1");
  }

  @Test
  void nothingOfAnAttributedRequestIsSentAndItEqualsOnlyItsLike() throws Exception {
    enqueue(Bodies.gpt("It."), 0);
    ChatRequest request = AttributedChatRequest.of(ask(), Attribution.key("alice-the-key"));

    openAi().build().chat(request);

    assertThat(receivedBody()).doesNotContain("alice");
    assertThat(request)
        .isEqualTo(AttributedChatRequest.of(ask(), Attribution.key("alice-the-key")))
        .hasSameHashCodeAs(AttributedChatRequest.of(ask(), Attribution.key("alice-the-key")))
        .isNotEqualTo(AttributedChatRequest.of(ask(), Attribution.key("bob")))
        .isNotEqualTo(ask());
  }

  @Test
  void aModelThatIsWrappedTwiceCountsACallOnce() throws Exception {
    enqueue(Bodies.gpt("It."), Bodies.GPT_BILL);
    enqueue(Bodies.gptStream("It."), Bodies.GPT_BILL);
    Purser purser = purser("1").build();
    Collected handler = new Collected();

    BudgetedChatModel.wrap(BudgetedChatModel.wrap(openAi().build(), purser), purser)
        .chat("What?");
    BudgetedStreamingChatModel.wrap(
            BudgetedStreamingChatModel.wrap(openAiStream().build(), purser), purser)
        .chat("What?", handler);

    assertThat(handler.end()).isEqualTo("complete");
    assertBilledIsSettled(purser);
    assertThat(records).hasSize(2);
  }

  @Test
  void contentIsRecordedForAGuardThatWantsIt() {
    enqueue(Bodies.gpt("The officer who keeps the money."), Bodies.GPT_BILL);
    Purser purser = purser("1").recordContent(1_000).build();

    BudgetedChatModel.wrap(openAi().build(), purser).chat("What is a purser?");

    assertBilledIsSettled(purser);
    assertThat(records.get(0).exchange().prompt()).contains("What is a purser?");
    assertThat(records.get(0).exchange().answer()).isEqualTo("The officer who keeps the money.");
  }
}
