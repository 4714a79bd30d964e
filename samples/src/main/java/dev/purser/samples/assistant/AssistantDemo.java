package dev.purser.samples.assistant;

import static dev.purser.api.Dimension.SESSION;

import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.service.AiServices;
import dev.purser.api.Attribution;
import dev.purser.api.AttributionScope;
import dev.purser.api.Budget;
import dev.purser.api.BudgetExceededException;
import dev.purser.api.Candidate;
import dev.purser.api.Usd;
import dev.purser.core.Purser;
import dev.purser.langchain4j.MemorySessions;
import dev.purser.langchain4j.RefusalEndsLoop;
import dev.purser.langchain4j.RoutingChatModel;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/**
 * A tool-using assistant over models of two providers: routine questions go to a cheap model, complaints
 * to a dear one; one provider fails in the middle; and a question that the model never finishes with is
 * ended by the conversation's cap.
 */
public final class AssistantDemo {

  private static final int OK = 0;
  private static final int WRONG_BILL = 1;

  private static final Usd CAP = Usd.of("0.05");
  private static final int MOST_TOKENS = 1_000;
  private static final String ADA = "ada";

  private final PrintStream out;
  private final MockModels models;
  private final Purser purser;
  private final Parcels parcels = new Parcels();
  private final Assistant assistant;

  private AssistantDemo(PrintStream out, MockModels models, Purser purser) {
    this.out = out;
    this.models = models;
    this.purser = purser;
    assistant = AiServices.builder(Assistant.class)
        .chatModel(model())
        .chatMemoryProvider(id -> MessageWindowChatMemory.withMaxMessages(20))
        .chatRequestTransformer(new MemorySessions())
        .tools(parcels)
        .toolExecutionErrorHandler(new RefusalEndsLoop())
        .build();
  }

  /** Runs the demo; exits with 0 if what was billed is what was charged, and with 1 otherwise. */
  public static void main(String[] args) throws IOException {
    System.exit(run(System.out));
  }

  /** Runs it; returns the exit code. */
  public static int run(PrintStream out) throws IOException {
    try (MockModels models = MockModels.start();
        Purser purser = Purser.builder()
            .owner("dana@acme.dev")
            .budget(Budget.total("conversation", CAP).per(SESSION))
            .task("routine", Candidate.of("claude-haiku-4-5"), Candidate.of("gpt-5-mini"))
            .task("complex", Candidate.of("gpt-5.4"))
            .routing(rules -> rules.otherwise("routine"))
            .sink(record -> {})
            .build()) {
      return new AssistantDemo(out, models, purser).converse();
    }
  }

  private RoutingChatModel model() {
    return RoutingChatModel.builder(purser)
        .model(
            "claude-haiku-4-5",
            AnthropicChatModel.builder()
                .baseUrl(models.baseUrl())
                .apiKey("sk-ant-mock")
                .modelName("claude-haiku-4-5")
                .maxTokens(MOST_TOKENS)
                .maxRetries(0)
                .build())
        .model("gpt-5-mini", openAi("gpt-5-mini"))
        .model("gpt-5.4", openAi("gpt-5.4"))
        .build();
  }

  private OpenAiChatModel openAi(String name) {
    return OpenAiChatModel.builder()
        .baseUrl(models.baseUrl())
        .apiKey("sk-mock")
        .modelName(name)
        .maxCompletionTokens(MOST_TOKENS)
        .maxRetries(0)
        .build();
  }

  private int converse() {
    out.println("A conversation may cost $" + CAP + ".");
    ask("Where is my parcel P-7?");
    models.anthropicGoesDown();
    out.println("Anthropic is overloaded from now on.");
    ask("And now?");
    try (AttributionScope complaints = Attribution.NONE.taskClass("complex").open()) {
      ask("I have a complaint.");
      ask("Watch it until it is here.");
      out.println("Both complaints cost $" + complaints.spent() + ".");
    }
    return bill();
  }

  private void ask(String question) {
    String came;
    try {
      came = assistant.ask(ADA, question);
    } catch (BudgetExceededException refused) {
      came = "refused, budget " + refused.refusal().budget();
    }
    out.println(question + " " + came + " " + models.served());
  }

  private int bill() {
    List<String> lines = purser.balances().ofBudget("conversation").stream()
        .map(account -> account.scope() + ": $" + Usd.ofNanos(account.spent()) + " spent, $"
            + Usd.ofNanos(account.held()) + " held")
        .toList();
    lines.forEach(out::println);
    long settled = purser.balances().ofBudget("conversation").stream()
        .mapToLong(account -> account.spent())
        .sum();
    out.println("the providers billed: $" + Usd.ofNanos(models.billed()));
    out.println("parcels looked up: " + parcels.lookedUp());
    return settled == models.billed() ? OK : WRONG_BILL;
  }
}
