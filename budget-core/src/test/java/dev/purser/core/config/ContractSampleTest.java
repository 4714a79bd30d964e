package dev.purser.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Budget;
import dev.purser.api.Candidate;
import dev.purser.api.Dimension;
import dev.purser.api.Fit;
import dev.purser.api.Usd;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The sample of the design page and the README, to the letter. */
class ContractSampleTest {

  private static final String SAMPLE = """
      # purser.yaml: the same, as a file that a platform lead owns
      owner: dana@acme.dev
      zone: America/Los_Angeles
      budgets:
        - {name: AI coding,  limit: $250000, window: quarter, alert-at: [50%, 80%, 100%]}
        - {name: tripwire,   limit: $75,     window: day,     per: [key]}
        - {name: session,    limit: $20,     window: 1h,      per: [session], enforcement: observe}
      tasks:
        routine: [claude-haiku-4-5, gpt-5-mini]
        complex: [claude-opus-4-6, gpt-5.4]
      """;

  @Test
  void readsAsWhatTheBuilderWouldHaveBeenTold() {
    Configuration built = Configuration.builder()
        .owner("dana@acme.dev")
        .zone(ZoneId.of("America/Los_Angeles"))
        .budget(Budget.quarterly("AI coding", Usd.of("250000")).alertAt(50, 80, 100))
        .budget(Budget.daily("tripwire", Usd.of("75")).per(Dimension.KEY))
        .budget(Budget.rolling("session", Usd.of("20"), Duration.ofHours(1))
            .per(Dimension.SESSION)
            .observe())
        .routing(rules -> rules
            .task("routine", List.of(Candidate.of("claude-haiku-4-5"), Candidate.of("gpt-5-mini")))
            .task("complex", List.of(Candidate.of("claude-opus-4-6"), Candidate.of("gpt-5.4"))))
        .build();

    assertThat(Yaml.read(SAMPLE)).isEqualTo(built.checked());
  }

  @Test
  void whatItDoesNotSayHasItsDefault() {
    Configuration read = Yaml.read(SAMPLE);

    assertThat(read.fit()).isEqualTo(Fit.UNCAPPED);
    assertThat(read.maxWait()).isEqualTo(Duration.ZERO);
    assertThat(read.leastUsefulOutput()).isEqualTo(128);
    assertThat(read.lease()).isEqualTo(Duration.ofMinutes(15));
    assertThat(read.freeModels()).isEmpty();
    assertThat(read.routing().tasks().keySet()).containsExactly("routine", "complex");
    assertThat(read.budgets()).allSatisfy(budget -> {
      assertThat(budget.owner()).isEqualTo("dana@acme.dev");
      assertThat(budget.zone()).isEqualTo(ZoneId.of("America/Los_Angeles"));
      assertThat(budget.maxAccounts()).isEqualTo(100_000);
    });
  }
}
