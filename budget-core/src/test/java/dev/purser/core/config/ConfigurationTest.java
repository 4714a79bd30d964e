package dev.purser.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.purser.api.Budget;
import dev.purser.api.Candidate;
import dev.purser.api.Measure;
import dev.purser.api.Usd;
import dev.purser.api.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigurationTest {

  private static final Budget DAY = Budget.daily("day", Usd.of("1"));
  private static final LocalDate MAY = LocalDate.of(2026, 5, 1);

  private static Configuration.Builder dana() {
    return Configuration.builder().owner("dana");
  }

  private static List<String> problems(Configuration.Builder builder) {
    return catchThrowableOfType(
            ConfigurationException.class, () -> builder.build().checked())
        .getMessage()
        .lines()
        .toList();
  }

  private static String problem(Budget budget) {
    List<String> problems = problems(dana().budget(budget));
    assertThat(problems).hasSize(1);
    return problems.get(0);
  }

  @Test
  void ownerAndZoneFillWhatBudgetsLeaveOpen() {
    Budget own = DAY.named("own").owner("erin").zone(ZoneId.of("Europe/Vienna"));

    Configuration checked = dana().budget(DAY).budget(own).build().checked();

    assertThat(checked.budgets()).containsExactly(DAY.owner("dana").zone(ZoneOffset.UTC), own);
    assertThat(checked.checked()).isEqualTo(checked);
  }

  @Test
  void aBudgetsOwnOwnerIsEnough() {
    Configuration checked =
        Configuration.builder().budget(DAY.owner("erin")).build().checked();

    assertThat(checked.budgets().get(0).owner()).isEqualTo("erin");
  }

  @Test
  void everyProblemIsToldAtOnceAndNamesItsBudgetAndField() {
    Configuration.Builder builder = Configuration.builder()
        .budget(DAY.limit(0))
        .budget(DAY.owner("erin"))
        .budget(DAY.named(" ").owner("erin"))
        .lease(Duration.ZERO);

    assertThat(problems(builder))
        .containsExactly(
            "budget \"day\": limit must be above zero, is $0.00",
            "budget \"day\": owner is missing: name the person who answers for it",
            "budget \"day\": name is taken by another budget",
            "budgets[2]: name must not be blank",
            "lease: must be longer than nothing, at most 366 days, is PT0S");
  }

  @Test
  void problemsFromAProgramHaveNoLine() {
    assertThatThrownBy(() -> dana().budget(DAY.limit(-5)).build().checked())
        .isInstanceOfSatisfying(
            ConfigurationException.class,
            e -> assertThat(e.problems())
                .containsExactly(new Problem(
                    "budget \"day\"", 0, "limit must be above zero, is $-0.000000005")));
  }

  @Test
  void withoutBudgetsNothingHasALimit() {
    assertThat(problems(dana()))
        .containsExactly("budgets: at least one is needed, or nothing has a limit");
  }

  @Test
  void aBlankOwnerIsNobody() {
    assertThat(problems(Configuration.builder().owner(" ").budget(DAY)))
        .singleElement()
        .asString()
        .startsWith("budget \"day\": owner is missing");
    assertThat(problem(DAY.owner(""))).startsWith("budget \"day\": owner is missing");
  }

  @Test
  void concurrentCallsHaveNoWindow() {
    assertThat(problem(Budget.of("open", Measure.CONCURRENT_CALLS, 5, Window.DAY)))
        .isEqualTo("budget \"open\": window must be left out: concurrent calls have no window");
    assertThat(dana().budget(Budget.concurrent("open", 5)).build().checked().budgets())
        .hasSize(1);
  }

  @Test
  void onlyAFixedSpanHasAnOutside() {
    assertThat(problem(DAY.passOutside()))
        .isEqualTo("budget \"day\": passOutside needs a fixed span: nothing is outside of day");
    for (Window window : List.of(
        Window.HOUR,
        Window.WEEK,
        Window.MONTH,
        Window.QUARTER,
        Window.YEAR,
        Window.TOTAL,
        Window.rolling(Duration.ofHours(1)))) {
      assertThat(problem(Budget.of("b", Measure.USD, 1, window).passOutside()))
          .contains("passOutside");
    }
    for (Window window : List.of(
        Window.days(MAY, MAY),
        Window.between(Instant.EPOCH, Instant.MAX),
        Window.between(Instant.MIN, Instant.EPOCH))) {
      dana()
          .budget(Budget.of("b", Measure.USD, 1, window).passOutside())
          .build()
          .checked();
    }
  }

  @Test
  void boundsOfABudgetsNumbers() {
    assertThat(problem(DAY.maxAccounts(0)))
        .isEqualTo("budget \"day\": maxAccounts must be at least 1, is 0");
    assertThat(problem(DAY.alertAt(50, 1001)))
        .isEqualTo("budget \"day\": alertAt must be from 1 % to 1000 %, has 1001 %");
    assertThat(problem(DAY.alertAt(0, 50)))
        .isEqualTo("budget \"day\": alertAt must be from 1 % to 1000 %, has 0 %");
    dana().budget(DAY.alertAt(1, 1000).maxAccounts(1)).build().checked();
  }

  @Test
  void boundsOfTheGuardsNumbers() {
    assertThat(problems(dana().budget(DAY).lease(Duration.ofSeconds(-1)))).hasSize(1);
    assertThat(problems(dana().budget(DAY).lease(Duration.ofDays(367)))).hasSize(1);
    assertThat(problems(dana().budget(DAY).maxWait(Duration.ofNanos(-1))))
        .containsExactly("maxWait: must be from nothing to 366 days, is PT-0.000000001S");
    assertThat(problems(dana().budget(DAY).maxWait(Duration.ofSeconds(Long.MAX_VALUE))))
        .hasSize(1);
    assertThat(problems(dana().budget(DAY).leastUsefulOutput(0)))
        .containsExactly("leastUsefulOutput: must be at least 1 token, is 0");
  }

  @Test
  void modelsAreNamed() {
    assertThat(problems(dana()
            .budget(DAY)
            .freeModel("ollama/*")
            .freeModel(" ")
            .routing(
                rules -> rules.task("none", List.of()).task(" ", List.of(Candidate.of("gpt-5"))))))
        .containsExactly(
            "tasks.none: needs models, none of them blank",
            "tasks. : must have a name",
            "freeModels[1]: must not be blank");
  }

  @Test
  void whatRoutesNameIsThere() {
    assertThat(problems(dana()
            .budget(DAY.downgradeAt(80, "cheap"))
            .budget(Budget.concurrent("slots", 4).downgradeAt(80, "t"))
            .routing(rules -> rules
                .task("t", List.of(Candidate.of("gpt-5").until(80).ofBudget("week")))
                .otherwise("other")
                .bySize("t", "big")
                .attempts(0))))
        .containsExactlyInAnyOrder(
            "tasks.t: goes by budget \"week\", which is not there",
            "routing.default: names no task class of tasks: \"other\"",
            "routing.classify.large: names no task class of tasks: \"big\"",
            "routing.attempts: must be from 1 to 10, is 0",
            "budget \"day\": downgrade names no task class of tasks: \"cheap\"",
            "budget \"slots\": downgrade has no effect: calls that are over use nothing of it");
  }

  @Test
  void aConfigurationDoesNotChangeWithItsBuilder() {
    Configuration.Builder builder = dana().budget(DAY);
    Configuration built = builder.build();

    builder
        .budget(DAY.named("more"))
        .routing(rules -> rules.task("t", List.of(Candidate.of("m"))))
        .freeModel("f");

    assertThat(built.budgets()).containsExactly(DAY);
    assertThat(built.routing().tasks()).isEmpty();
    assertThat(built.freeModels()).isEmpty();
    assertThatThrownBy(() -> built.routing().tasks().put("t", List.of()))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void theMessageIsBoundedTheListIsNot() {
    Configuration.Builder builder = dana();
    for (int i = 0; i < 150; i++) {
      builder.budget(DAY.named("b" + i).limit(0));
    }

    assertThatThrownBy(() -> builder.build().checked())
        .isInstanceOfSatisfying(ConfigurationException.class, e -> {
          assertThat(e.problems()).hasSize(150);
          assertThat(e.getMessage().lines()).hasSize(101).last().isEqualTo("and 50 more problems");
        });
  }
}
