package dev.purser.samples;

import static dev.purser.api.Dimension.KEY;
import static dev.purser.api.Dimension.MODEL;
import static dev.purser.api.Dimension.SESSION;
import static dev.purser.api.Dimension.TEAM;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import dev.purser.anthropic.AnthropicBudgetInterceptor;
import dev.purser.api.Attribution;
import dev.purser.api.AttributionScope;
import dev.purser.api.Budget;
import dev.purser.api.BudgetGuard;
import dev.purser.api.CallIntent;
import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.api.Reservation;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.core.Purser;
import dev.purser.okhttp.BudgetInterceptor;
import java.nio.file.Path;
import java.time.Duration;
import okhttp3.OkHttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lines that the README shows. They are compiled and run here so that they stay true. */
public final class ContractLines {

  private static final Logger log = LoggerFactory.getLogger(ContractLines.class);

  private ContractLines() {}

  /** Budgets, each with a named owner, that a restart does not refill. */
  public static Purser budgets() {
    Purser purser = Purser.builder()
        .owner("dana@acme.dev") // every budget has a named owner
        .budget(Budget.daily("tripwire", Usd.of("75")).per(KEY)) // hard stop for runaway loops
        .budget(Budget.quarterly("AI coding", Usd.of("250000"))) // the number the CTO wrote down
        .journal(Path.of("spend")) // embedded default: a folder
        .build();
    return purser;
  }

  /** The same, from a file that somebody else owns and may change while the application runs. */
  public static Purser configured(Path file) {
    Purser purser = Purser.builder()
        .configuration(file) // samples/purser.yaml
        .watch(Duration.ofSeconds(5)) // or purser.reload(), when you say so
        .build();
    return purser;
  }

  /** Calls wait for money that open calls hold, and are refused only after that. */
  public static Purser waiting() {
    Purser purser = Purser.builder()
        .owner("dana@acme.dev")
        .budget(Budget.daily("tripwire", Usd.of("75")).per(KEY))
        .maxWait(Duration.ofSeconds(30)) // for HELD only; what is spent is refused at once
        .build();
    return purser;
  }

  /** A budget for some calls only, and one that is tried out before it refuses anything. */
  public static Purser filteredAndObserving() {
    Purser purser = Purser.builder()
        .owner("dana@acme.dev")
        .budget(
            Budget.monthly("opus", Usd.of("5000")).only(MODEL, "claude-opus-*").per(TEAM))
        .budget(Budget.rolling("session", Usd.of("20"), Duration.ofHours(1))
            .per(SESSION)
            .observe()) // counts and tells, refuses nothing
        .build();
    return purser;
  }

  /** Every call of an HTTP client, and of each SDK that is given this client or interceptor. */
  public static OkHttpClient http(BudgetGuard purser) {
    OkHttpClient http =
        new OkHttpClient.Builder().addInterceptor(new BudgetInterceptor(purser)).build();
    return http;
  }

  /** Every call of the official Anthropic SDK. */
  public static AnthropicClient anthropic(BudgetGuard purser) {
    AnthropicClient client = AnthropicOkHttpClient.builder()
        .fromEnv()
        .addInterceptor(new AnthropicBudgetInterceptor(purser))
        .build();
    return client;
  }

  /** Who and what calls are for. */
  public static Usd attributed(Runnable agent) {
    try (AttributionScope run = Attribution.key("alice")
        .team("platform")
        .session("fix-1234")
        .taskClass("complex")
        .open()) {
      agent.run(); // every call inside is attributed; carry it to other threads with run.wrap(task)
      log.info("cost so far {}", run.spent());
      return run.spent();
    }
  }

  /** A sub-agent's session is a part of the one around it, and draws on its budgets too. */
  public static void subAgent(Runnable agent, Runnable subAgent) {
    try (AttributionScope run = Attribution.key("alice").session("fix-1234").open()) {
      agent.run();
      try (AttributionScope sub = Attribution.NONE.session("fix-1234/tests").open()) {
        subAgent.run(); // counts for fix-1234/tests and for fix-1234
        log.info("cost of the tests {}", sub.spent());
      }
      log.info("cost with all sub-agents {}", run.spent());
    }
  }

  /**
   * Any client, by hand.
   *
   * @throws dev.purser.api.BudgetExceededException if no budget can carry the call
   */
  public static String byHand(BudgetGuard purser, Client client, String question) {
    CallIntent intent = CallIntent.builder(ModelId.of("openai", "gpt-4o"))
        .prompt(Prompt.ofText(question))
        .outputCap(500)
        .build();
    try (Reservation held = purser.admit(intent).orThrow()) {
      Answer answer = client.call(question);
      held.settle(answer.usage()); // close() without settle charges the reserved amount
      return answer.text();
    }
  }

  /** Whatever makes the call. */
  public interface Client {

    /** Asks the model. */
    Answer call(String question);
  }

  /**
   * What the model said.
   *
   * @param text the answer
   * @param usage what the provider bills
   */
  public record Answer(String text, Usage usage) {}
}
