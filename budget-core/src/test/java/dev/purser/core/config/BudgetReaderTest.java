package dev.purser.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Budget;
import dev.purser.api.Dimension;
import dev.purser.api.Enforcement;
import dev.purser.api.Filter;
import dev.purser.api.Measure;
import dev.purser.api.Window;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetReaderTest {

  private static final String DAY = "limit: 1, window: day, ";

  @ParameterizedTest
  @CsvSource({
    "usd, $2, USD, 2000000000",
    "tokens, 2M, TOKENS, 2000000",
    "input-tokens, 500k, INPUT_TOKENS, 500000",
    "output-tokens, 1_000, OUTPUT_TOKENS, 1000",
    "requests, 7, REQUESTS, 7",
  })
  void measuresHaveLimitsOfTheirUnit(String word, String limit, Measure measure, long amount) {
    Budget budget = Yaml.budget("measure: " + word + ", limit: " + limit + ", window: day");

    assertThat(budget.measure()).isEqualTo(measure);
    assertThat(budget.limit()).isEqualTo(amount);
  }

  @Test
  void concurrentCallsNeedNoWindowAndMayHaveNone() {
    assertThat(Yaml.budget("measure: concurrent-calls, limit: 5"))
        .isEqualTo(Budget.concurrent("b", 5).owner("dana").zone(ZoneOffset.UTC));
    assertThat(Yaml.budget("measure: concurrent-calls, limit: 5, window: total").window())
        .isEqualTo(Window.TOTAL);
    assertThat(Yaml.budgetProblems("measure: concurrent-calls, limit: 5, window: day"))
        .containsExactly("window: must be left out: concurrent calls have no window");
  }

  @Test
  void whatTheWindowHasNoUseForIsNotTakenInSilence() {
    assertThat(Yaml.budgetProblems(DAY + "week-starts: sunday, fiscal-year-starts: may"))
        .containsExactly(
            "week-starts: has no effect: the window is no week",
            "fiscal-year-starts: has no effect: the window is no quarter and no year");
    assertThat(Yaml.budget("limit: 1, window: quarter, fiscal-year-starts: may").window())
        .isEqualTo(Window.quarter(java.time.Month.MAY));
    assertThat(Yaml.budget("limit: 1, window: week, week-starts: sunday").window())
        .isEqualTo(Window.week(java.time.DayOfWeek.SUNDAY));
  }

  @Test
  void everyOtherMeasureNeedsAWindow() {
    assertThat(Yaml.budgetProblems("limit: 5")).containsExactly("window: is missing");
    assertThat(Yaml.budgetProblems("measure: tokens"))
        .containsExactly("limit: is missing", "window: is missing");
  }

  @Test
  void whereTheMeasureIsUnknownSoIsWhatTheLimitIs() {
    assertThat(Yaml.budgetProblems("measure: dollars, limit: 2M, window: day"))
        .containsExactly(
            "measure: unknown measure \"dollars\"; known are usd, tokens, input-tokens,"
                + " output-tokens, requests, concurrent-calls");
  }

  @Test
  void dimensionsAreOneOrAList() {
    assertThat(Yaml.budget(DAY + "per: team").dimensions()).containsExactly(Dimension.TEAM);
    assertThat(Yaml.budget(DAY + "per: [key, user, session, taskClass, model, provider, tag:repo]")
            .dimensions())
        .containsExactly(
            Dimension.KEY,
            Dimension.USER,
            Dimension.SESSION,
            Dimension.TASK_CLASS,
            Dimension.MODEL,
            Dimension.PROVIDER,
            Dimension.tag("repo"));
    assertThat(Yaml.budget(DAY + "per: [task-class]").dimensions())
        .containsExactly(Dimension.TASK_CLASS);
    assertThat(Yaml.budgetProblems(DAY + "per: {key: 1}")).containsExactly("per: must be a list");
    assertThat(Yaml.budgetProblems(DAY + "per: [[key], 'tag:']"))
        .containsExactly(
            "per[0]: must be a single value", "per[1]: a tag dimension needs the tag's name");
  }

  @Test
  void filtersAreOneValueOrAListForADimension() {
    assertThat(Yaml.budget(DAY + "only: {model: claude-opus-*, tag:repo: [a, '*b']}")
            .filters())
        .containsExactly(
            new Filter(Dimension.MODEL, List.of("claude-opus-*")),
            new Filter(Dimension.tag("repo"), List.of("a", "*b")));
    assertThat(Yaml.budgetProblems(DAY + "only: {modl: x, team: [], user: ' ', key: {a: b}}"))
        .containsExactly(
            "only.modl: unknown dimension \"modl\"; did you mean \"model\"?",
            "only.team: needs at least one value",
            "only.user: must not be blank",
            "only.key: must be a list");
    assertThat(Yaml.budgetProblems(DAY + "only: [key]")).containsExactly("only: must be a mapping");
  }

  @Test
  void zoneOwnerEnforcementAccountsAndAlerts() {
    Budget budget = Yaml.budget(DAY
        + "zone: Europe/Vienna, owner: erin, enforcement: observe, max-accounts: 5k,"
        + " alert-at: [100%, '50 %', 120%]");

    assertThat(budget.zone()).isEqualTo(ZoneId.of("Europe/Vienna"));
    assertThat(budget.owner()).isEqualTo("erin");
    assertThat(budget.enforcement()).isEqualTo(Enforcement.OBSERVE);
    assertThat(budget.maxAccounts()).isEqualTo(5000);
    assertThat(budget.alertAt()).containsExactly(50, 100, 120);
    assertThat(Yaml.budget(DAY + "enforcement: block").enforcement()).isEqualTo(Enforcement.BLOCK);
  }

  @Test
  void wordsThatAreNone() {
    assertThat(Yaml.budgetProblems(
            DAY + "zone: Mars, owner: '', enforcement: blok, max-accounts: 3M, alert-at: [0%]"))
        .containsExactly(
            "zone: unknown time zone \"Mars\"; write one such as America/Los_Angeles",
            "owner: must not be blank",
            "enforcement: unknown enforcement \"blok\"; did you mean \"block\"?",
            "alert-at: must be from 1 % to 1000 %, has 0 %");
    assertThat(Yaml.budgetProblems(DAY + "max-accounts: 3000M"))
        .containsExactly("max-accounts: too many accounts: \"3000M\"");
    assertThat(Yaml.budgetProblems(DAY + "max-accounts: 0"))
        .containsExactly("max-accounts: must be at least 1, is 0");
    assertThat(Yaml.budgetProblems(DAY + "alert-at: 50%"))
        .containsExactly("alert-at: must be a list");
  }

  @Test
  void aFixedSpanCanLetCallsOutsidePass() {
    Budget budget = Yaml.budget("limit: 1, window: 2026-01-01/2026-03-31, outside: pass");

    assertThat(budget.passesOutside()).isTrue();
    assertThat(budget.window())
        .isEqualTo(Window.days(LocalDate.of(2026, 1, 1), LocalDate.of(2026, 3, 31)));
    assertThat(Yaml.budget(DAY + "outside: refuse").passesOutside()).isFalse();
    assertThat(Yaml.budgetProblems(DAY + "outside: pass"))
        .containsExactly("outside: needs a fixed span: nothing is outside of day");
    assertThat(Yaml.budgetProblems("limit: 1, window: yera, outside: pass"))
        .singleElement()
        .asString()
        .startsWith("window: unknown window \"yera\"; did you mean \"year\"?");
    assertThat(Yaml.budgetProblems(DAY + "outside: ignore"))
        .containsExactly("outside: unknown choice \"ignore\"; known are refuse, pass");
  }

  @Test
  void aNameMayLookLikeANumberOrATruth() {
    assertThat(Yaml.read("budgets:\n- {name: 2026, owner: yes, limit: 1, window: day}")
            .budgets())
        .singleElement()
        .satisfies(budget -> {
          assertThat(budget.name()).isEqualTo("2026");
          assertThat(budget.owner()).isEqualTo("yes");
        });
    assertThat(Yaml.problems("owner: dana\nbudgets:\n- {name: ' ', limit: 1, window: day}"))
        .containsExactly("purser.yaml:3: budgets[0].name: must not be blank");
  }
}
