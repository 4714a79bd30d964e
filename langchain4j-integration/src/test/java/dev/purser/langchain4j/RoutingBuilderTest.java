package dev.purser.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.purser.api.BudgetGuard;
import dev.purser.api.Candidate;
import dev.purser.api.RoutingRules;
import dev.purser.core.Purser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What could not work is refused when models are given, and not when one is called. */
class RoutingBuilderTest extends Loopback {

  private static final BudgetGuard GUARD = BudgetGuard.noop();

  private static ChatModel calling(String name) {
    return new ChatModel() {
      @Override
      public ChatRequestParameters defaultRequestParameters() {
        return DefaultChatRequestParameters.builder().modelName(name).build();
      }
    };
  }

  private static void refused(Runnable building, String why) {
    assertThatThrownBy(building::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void twoModelsOfOneName() {
    refused(
        () -> RoutingChatModel.builder(GUARD)
            .model("gpt-4o", openAi().build())
            .model("openai/gpt-4o", openAi().build()),
        "openai/gpt-4o: there are two models of this name");
    refused(
        () -> RoutingStreamingChatModel.builder(GUARD)
            .model("gpt-4o", openAiStream().build())
            .model("gpt-4o", openAiStream().build()),
        "two models");
  }

  @Test
  void objectThatCallsAnotherModelWhateverARequestNames() {
    refused(
        () -> RoutingChatModel.builder(GUARD).model("llama/large", calling("small")),
        "llama/large: this object calls small");
    assertThat(RoutingChatModel.builder(GUARD)
            .model("llama/small", calling("small"))
            .model("gpt-4o-mini", openAi().build())
            .build())
        .isNotNull();
  }

  @Test
  void modelThatStaysInsideTheBudgetsAlready() {
    RoutingChatModel routing =
        RoutingChatModel.builder(GUARD).model("gpt-4o", openAi().build()).build();
    RoutingStreamingChatModel streaming = RoutingStreamingChatModel.builder(GUARD)
        .model("gpt-4o", openAiStream().build())
        .build();

    refused(
        () -> RoutingChatModel.builder(GUARD)
            .model("gpt-4o", BudgetedChatModel.wrap(openAi().build(), GUARD)),
        "inside the budgets already");
    refused(() -> RoutingChatModel.builder(GUARD).model("gpt-4o", routing), "already");
    refused(
        () -> RoutingStreamingChatModel.builder(GUARD)
            .model("gpt-4o", BudgetedStreamingChatModel.wrap(openAiStream().build(), GUARD)),
        "already");
    refused(() -> BudgetedChatModel.wrap(routing, GUARD), "already");
    refused(() -> BudgetedStreamingChatModel.wrap(streaming, GUARD), "already");
  }

  @Test
  void noModelsNoNamesAndNamesThatNobodyGave() {
    refused(() -> RoutingChatModel.builder(GUARD).build(), "no model");
    refused(() -> RoutingChatModel.builder(GUARD).model(" ", openAi().build()), "name");
    refused(
        () -> RoutingChatModel.builder(GUARD)
            .model("gpt-4o", openAi().build())
            .otherwise("gpt-5")
            .build(),
        "gpt-5: no model object");
    refused(
        () -> RoutingChatModel.builder(GUARD).options(CallOptions.DEFAULT.provider("groq")),
        "name it groq/");
  }

  @Test
  void rulesThatNameModelsWithoutAnObject() {
    RoutingRules rules = RoutingRules.NONE
        .task("routine", List.of(Candidate.of("gpt-4o"), Candidate.of("claude-haiku-4-5")))
        .task("complex", List.of(Candidate.of("azure/gpt-4o"), Candidate.of("openai/gpt-4o")));

    assertThatThrownBy(() -> RoutingChatModel.builder(GUARD)
            .model("gpt-4o", openAi().build())
            .complete(rules)
            .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("tasks.routine: no model object is given for claude-haiku-4-5\n"
            + "tasks.complex: no model object is given for azure/gpt-4o");
    assertThat(RoutingChatModel.builder(GUARD)
            .model("gpt-4o", openAi().build())
            .model("claude-haiku-4-5", claude().build())
            .model("azure/gpt-4o", openAi().build())
            .complete(rules)
            .build())
        .isNotNull();
  }

  @Test
  void modelsOfTheGuardsFileWithoutAnObject(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("purser.yaml"), """
        owner: dana
        budgets: [{name: day, limit: $1, window: day}]
        tasks: {routine: [gpt-4o, claude-haiku-4-5]}
        """);
    try (Purser purser = Purser.builder().configuration(file).sink(record -> {}).build()) {
      RoutingChatModel.Builder builder =
          RoutingChatModel.builder(purser).model("gpt-4o", openAi().build());

      assertThatThrownBy(() -> builder.complete().build())
          .hasMessage("tasks.routine: no model object is given for claude-haiku-4-5");
      assertThat(builder.model("claude-haiku-4-5", claude().build()).complete().build())
          .isNotNull();
    }
  }
}
