package dev.purser.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Candidate;
import dev.purser.api.Fit;
import dev.purser.api.JournalOptions;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConfigurationReaderTest {

  private static final String ONE = "budgets: [{name: b, limit: 1, window: day, owner: erin}]\n";

  @Test
  void everyKeyAtTheTop() {
    Configuration read = Yaml.read(ONE + """
        owner: dana
        zone: Europe/Vienna
        free-models: [ollama/*, "*-local"]
        fit: all
        max-wait: 2s
        least-useful-output: 1k
        lease: 30m
        estimates: strict
        journal: spend
        week-starts: Sunday
        fiscal-year-starts: february
        tasks:
          routine: [a, b]
          "2": [c]
        """);

    assertThat(read.owner()).isEqualTo("dana");
    assertThat(read.zone()).isEqualTo(ZoneId.of("Europe/Vienna"));
    assertThat(read.freeModels()).containsExactly("ollama/*", "*-local");
    assertThat(read.fit()).isEqualTo(Fit.ALL);
    assertThat(read.maxWait()).isEqualTo(Duration.ofSeconds(2));
    assertThat(read.leastUsefulOutput()).isEqualTo(1000);
    assertThat(read.lease()).isEqualTo(Duration.ofMinutes(30));
    assertThat(read.estimates()).isEqualTo(Estimates.STRICT);
    assertThat(read.journal()).isEqualTo(JournalOptions.in(Path.of("spend")));
    assertThat(read.routing().tasks()).containsEntry("routine", candidates("a", "b"));
    assertThat(read.routing().tasks()).containsEntry("2", candidates("c"));
  }

  private static List<Candidate> candidates(String... models) {
    return Stream.of(models).map(Candidate::of).toList();
  }

  @Test
  void theZoneIsUtcAndTheOwnerNobodyByDefault() {
    Configuration read = Yaml.read(ONE);

    assertThat(read.zone()).isEqualTo(ZoneOffset.UTC);
    assertThat(read.owner()).isNull();
    assertThat(read.budgets().get(0).owner()).isEqualTo("erin");
  }

  @Test
  void everyProblemIsToldAtOnceWithItsLine() {
    assertThat(Yaml.problems("""
            ownr: dana
            zone: Mars/Olympus
            fit: some
            budgets:
              - name: a
                limit: 0
                window: day
              - name: a
                limit: $250,000
                window: fortnight
                per: [key, teem]
                alert-at: [50%, 0.8]
              - just text
              - {limit: 1, window: day, outside: pass}
            tasks:
              routine: gpt-5
              complex: []
            lease: 0s
            max-wait: soon
            """))
        .containsExactly(
            "purser.yaml:1: ownr: unknown key; did you mean \"owner\"?",
            "purser.yaml:2: zone: unknown time zone \"Mars/Olympus\"; write one such as"
                + " America/Los_Angeles",
            "purser.yaml:3: fit: unknown fit \"some\"; known are uncapped, all, never",
            "purser.yaml:6: budgets[0].limit: must be above zero, is $0.00",
            "purser.yaml:8: budgets[1].name: is taken by another budget",
            "purser.yaml:9: budgets[1].limit: amounts are written without commas: $250000",
            "purser.yaml:10: budgets[1].window: unknown window \"fortnight\"; write hour, day, week,"
                + " month, quarter, year, total, an amount of time such as 1h, or a span such as"
                + " 2026-01-01/2026-03-31",
            "purser.yaml:11: budgets[1].per[1]: unknown dimension \"teem\"; did you mean \"team\"?",
            "purser.yaml:12: budgets[1].alert-at[1]: not a percentage: \"0.8\"; write 50%",
            "purser.yaml:13: budgets[2]: must be a mapping with name, limit and window",
            "purser.yaml:14: budgets[3].name: is missing",
            "purser.yaml:14: budgets[3].outside: needs a fixed span: nothing is outside of day",
            "purser.yaml:16: tasks.routine: must be a list",
            "purser.yaml:17: tasks.complex: needs models, none of them blank",
            "purser.yaml:18: lease: must be longer than nothing, at most 366 days, is PT0S",
            "purser.yaml:19: max-wait: not an amount of time: \"soon\"; write 500ms, 90s, 30m, 1h or"
                + " 7d");
  }

  @Test
  void whatFollowsFromAProblemIsNotToldAgain() {
    assertThat(Yaml.problems("owner: [a]\nbudgets: [{name: b, limit: 1, window: day}]"))
        .containsExactly("purser.yaml:1: owner: must be a single value");
    assertThat(Yaml.problems("owner: dana\nbudgets: [x]"))
        .containsExactly(
            "purser.yaml:2: budgets[0]: must be a mapping with name, limit and window");
    assertThat(Yaml.problems("owner: dana\nbudgets: 5"))
        .containsExactly("purser.yaml:2: budgets: must be a list");
    assertThat(Yaml.problems("owner: dana\nbudgets: [{nme: b, limit: 1, window: day}]"))
        .containsExactly("purser.yaml:2: budgets[0].nme: unknown key; did you mean \"name\"?");
    assertThat(Yaml.problems(ONE + "tasks: {x: ['']}"))
        .containsExactly("purser.yaml:2: tasks.x[0]: must not be blank");
    assertThat(Yaml.problems("owner: dana\nbudgets: [{nme: b, limt: 1}, 5]"))
        .doesNotContain("purser.yaml:2: budgets: at least one is needed, or nothing has a limit");
  }

  @Test
  void aMissingOwnerIsToldWhereTheBudgetBegins() {
    assertThat(Yaml.problems("zone: UTC\n\nbudgets:\n\n  - name: b\n    limit: 1\n    window: day"))
        .containsExactly(
            "purser.yaml:5: budgets[0].owner: is missing: name the person who answers" + " for it");
  }

  @Test
  void withoutBudgetsNothingHasALimit() {
    String none = "budgets: at least one is needed, or nothing has a limit";
    assertThat(Yaml.problems("# spend\nowner: dana")).containsExactly("purser.yaml:2: " + none);
    assertThat(Yaml.problems("owner: dana\nbudgets: []")).containsExactly("purser.yaml:2: " + none);
    assertThat(Yaml.problems("owner: dana\nbudgets:"))
        .containsExactly("purser.yaml:2: budgets: has no value");
  }

  @Test
  void unknownKeysAreErrors() {
    assertThat(Yaml.problems(ONE + "free_models: [a]\nretries: 3"))
        .containsExactly(
            "purser.yaml:2: free_models: unknown key; did you mean \"free-models\"?",
            "purser.yaml:3: retries: unknown key; known are owner, zone, budgets, keys, tasks, routing,"
                + " free-models, prices, prices-file, prices-file-without, fit, max-wait,"
                + " least-useful-output, lease, estimates, journal, week-starts, fiscal-year-starts");
  }

  @Test
  void wordsOfTheTopThatAreNone() {
    assertThat(Yaml.problems(ONE + "week-starts: Sonday\nleast-useful-output: few\nlease: 15"))
        .containsExactly(
            "purser.yaml:2: week-starts: unknown weekday \"Sonday\"; did you mean \"monday\"?",
            "purser.yaml:3: least-useful-output: not a number of tokens: \"few\"; write 2000, 2_000,"
                + " 2k or 2M",
            "purser.yaml:4: lease: not an amount of time: \"15\"; write 500ms, 90s, 30m, 1h or 7d");
    assertThat(Yaml.problems(ONE + "free-models: [a, '']\ntasks: {x: [' ', b]}\nmax-wait: {a: b}"))
        .containsExactly(
            "purser.yaml:2: free-models[1]: must not be blank",
            "purser.yaml:3: tasks.x[0]: must not be blank",
            "purser.yaml:4: max-wait: must be a single value");
    assertThat(Yaml.problems(ONE + "least-useful-output: 0\ntasks: [a]"))
        .containsExactly(
            "purser.yaml:2: least-useful-output: must be at least 1 token, is 0",
            "purser.yaml:3: tasks: must be a mapping");
  }

  @Test
  void weekdaysAndMonthsOfTheTopAreThoseOfBudgetsThatSayNothingElse() {
    Configuration read = Yaml.read("""
        owner: dana
        week-starts: sunday
        fiscal-year-starts: february
        budgets:
          - {name: w, limit: 1, window: week}
          - {name: own w, limit: 1, window: week, week-starts: saturday}
          - {name: q, limit: 1, window: quarter}
          - {name: y, limit: 1, window: year}
          - {name: own y, limit: 1, window: year, fiscal-year-starts: October}
        """);

    assertThat(read.budgets().stream().map(budget -> budget.window().toString()))
        .containsExactly(
            "week from " + DayOfWeek.SUNDAY,
            "week from " + DayOfWeek.SATURDAY,
            "quarter from FEBRUARY",
            "year from FEBRUARY",
            "year from OCTOBER");
  }
}
