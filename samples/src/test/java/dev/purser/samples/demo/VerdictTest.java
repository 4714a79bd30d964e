package dev.purser.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.Dimension;
import dev.purser.api.Measure;
import dev.purser.api.ModelId;
import dev.purser.api.Usd;
import dev.purser.api.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class VerdictTest {

  private static final Usd LIMIT = Usd.of("1.00");
  private static final Instant START = Instant.parse("2026-11-24T23:59:50Z");
  private static final LocalDate TODAY = LocalDate.parse("2026-11-24");
  private static final PicoUsd BILLED = new PicoUsd(1_250_000_000_000L);

  @Test
  void aBudgetThatCountsTheCallsApartCountsThemTogetherBecauseTheyAreAlike() {
    assertOver("0.25", Budget.total("b", LIMIT).per(Dimension.KEY, Dimension.SESSION));
    assertOver("0.25", Budget.total("b", LIMIT).only(Dimension.MODEL, "gpt-*"));
    assertOver("0.00", Budget.total("b", Usd.of("1.25")));
  }

  @Test
  void aBudgetThatDoesNotCoverTheCallsIsNotJudged() {
    assertUnjudged(
        "does not cover these calls", Budget.total("b", LIMIT).only(Dimension.MODEL, "claude-*"));
    assertUnjudged(
        "does not cover these calls", Budget.total("b", LIMIT).only(Dimension.TEAM, "platform"));
    assertUnjudged(
        "its span is not now",
        Budget.of("b", Measure.USD, LIMIT.nanos(), yesterday()).passOutside());
  }

  @Test
  void aSpanThatIsOverAllowsNothing() {
    assertOver("1.25", Budget.of("b", Measure.USD, LIMIT.nanos(), yesterday()));
  }

  @Test
  void aWindowThatEndedDuringTheRunIsNotJudged() {
    assertOver("0.25", Budget.daily("b", LIMIT));
    assertOver("0.25", Budget.rolling("b", LIMIT, Duration.ofSeconds(10)));

    assertUnjudged("its window ended during the run", Budget.daily("b", LIMIT), 10);
    assertUnjudged(
        "its window ended during the run", Budget.rolling("b", LIMIT, Duration.ofSeconds(9)), 9);
  }

  @Test
  void theBillIsInMoney() {
    assertUnjudged(
        "does not count money",
        Budget.of("b", Measure.REQUESTS, 3, Window.rolling(Duration.ofHours(1))));
    assertUnjudged("does not count money", Budget.concurrent("b", 3));
  }

  private static Window yesterday() {
    return Window.days(TODAY.minusDays(1), TODAY.minusDays(1));
  }

  private static void assertOver(String usd, Budget budget) {
    Verdict verdict = verdict(budget, 9);
    assertThat(verdict.over().orElseThrow()).hasToString(usd);
    assertThat(verdict.counts()).isTrue();
  }

  private static void assertUnjudged(String why, Budget budget) {
    assertUnjudged(why, budget, 9);
  }

  private static void assertUnjudged(String why, Budget budget, int seconds) {
    Verdict verdict = verdict(budget, seconds);
    assertThat(verdict.over()).isEmpty();
    assertThat(verdict.note()).isEqualTo(why);
    assertThat(verdict.counts()).isFalse();
    assertThat(verdict.text()).endsWith(": not judged (" + why + ")");
  }

  private static Verdict verdict(Budget budget, int seconds) {
    return Verdict.of(
        budget,
        new RunEvidence(
            START,
            START.plusSeconds(seconds),
            Attribution.key("demo"),
            ModelId.of("openai", "gpt-4o"),
            BILLED));
  }
}
