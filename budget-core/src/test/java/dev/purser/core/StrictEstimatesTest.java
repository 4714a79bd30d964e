package dev.purser.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.Prompt;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Strictly, each byte of a text is held as a token; what is charged stays what was used. */
class StrictEstimatesTest {

  private static final String TEXT = "budget ".repeat(1_000);

  private static CallIntent.Builder reading() {
    return CallIntent.builder(Guard.GPT_4O).prompt(Prompt.ofText(TEXT)).outputCap(0);
  }

  private static Usd held(Guard guard) {
    var reservation = guard.hold(reading());
    Usd reserved = reservation.reserved();
    reservation.settle(Usage.ofTokens(1_001, 0));
    return reserved;
  }

  private static Guard guard(boolean strict) {
    return new Guard(builder -> Guard.with(
        builder.owner("dana").strictEstimates(strict), Budget.daily("day", Usd.of("1"))));
  }

  @Test
  void everyByteIsHeldAsAToken() {
    Guard guard = guard(true);

    // gpt-4o reads a million tokens for $2.50.
    assertThat(held(guard)).isEqualTo(Usd.of("0.0175"));
    assertThat(guard.balance("day", "").settled()).isEqualTo(2_502_500);
  }

  @Test
  void otherwiseTextIsCounted() {
    assertThat(held(guard(false))).isEqualTo(Usd.of("0.0025025"));
  }

  @Test
  void theFileSaysItAndAReloadChangesIt(@TempDir Path folder) throws IOException {
    String budgets = "owner: dana\nbudgets:\n  - {name: day, limit: $1, window: day}\n";
    Path file = folder.resolve("purser.yaml");
    Files.writeString(file, budgets + "estimates: strict\n");
    Guard guard = new Guard(builder -> builder.configuration(file));
    assertThat(held(guard)).isEqualTo(Usd.of("0.0175"));

    Files.writeString(file, budgets + "estimates: default\n");
    guard.purser.reload();

    assertThat(held(guard)).isEqualTo(Usd.of("0.0025025"));
  }

  @Test
  void anEstimatorOfOnesOwnIsNotReplaced() {
    Guard guard = new Guard(builder -> Guard.with(
        builder
            .owner("dana")
            .strictEstimates(true)
            .estimator((model, prompt) -> Usage.ofTokens(4_000, 0)),
        Budget.daily("day", Usd.of("1"))));

    assertThat(held(guard)).isEqualTo(Usd.of("0.01"));
  }
}
