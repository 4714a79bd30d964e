package dev.purser.core;

import static dev.purser.core.Guard.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.ControlRecord;
import dev.purser.api.ControlRecord.Kind;
import dev.purser.api.Dimension;
import dev.purser.api.Grant;
import dev.purser.api.GrantInForce;
import dev.purser.api.Measure;
import dev.purser.api.Usd;
import dev.purser.api.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A grant goes with the accounts it is to, and ends with a word where there are none any more. */
class GrantsWhenBudgetsChangeTest {

  private static final Attribution ALICE = Attribution.key("alice").team("platform");
  private static final Budget KEY = Budget.daily("key", Usd.of("0.10")).per(Dimension.KEY);
  private static final Budget ALL = Budget.total("all", Usd.of("10"));
  private static final String ALICES = "key=alice";

  private final Guard guard = Guard.on(KEY, ALL);
  private final GrantInForce granted = guard.purser.grants().grant(grant("key", "0.05"));

  private static Grant grant(String budget, String usd) {
    Grant grant = Grant.of(budget, Usd.of(usd)).by("dana").because("release night");
    return budget.equals("all") ? grant : grant.to(ALICES);
  }

  private long limit(String budget, String scope) {
    return guard.balance(budget, scope).limit();
  }

  private ControlRecord ended() {
    guard.close();
    return guard.controls.stream()
        .filter(record -> record.kind() == Kind.GRANT_ENDED)
        .reduce((one, other) -> {
          throw new AssertionError("ended twice: " + one + other);
        })
        .orElseThrow();
  }

  @Test
  void anotherLimitKeepsIt() {
    guard.purser.revise(List.of(KEY.limit(200_000_000), ALL));

    assertThat(limit("key", ALICES)).isEqualTo(250_000_000);
    assertThat(guard.purser.grants().inForce()).containsExactly(granted);
  }

  @Test
  void aRenamedBudgetTakesItAlongOnce() {
    guard.purser.revise(List.of(KEY.named("tripwire"), ALL));

    assertThat(limit("tripwire", ALICES)).isEqualTo(150_000_000);
    assertThat(guard.purser.grants().inForce()).containsExactly(granted.withBudget("tripwire"));
    guard.purser.grants().grant(grant("tripwire", "0.01"));
    assertThat(limit("tripwire", ALICES)).isEqualTo(160_000_000);
    guard.purser.grants().end(granted.id(), "mo", "enough");
    assertThat(limit("tripwire", ALICES)).isEqualTo(110_000_000);
  }

  @Test
  void budgetsThatSwapNamesKeepTheirOwn() {
    Budget other = Budget.daily("other", Usd.of("1"));
    guard.purser.revise(List.of(KEY, other, ALL));
    guard.purser.grants().grant(Grant.of("other", Usd.of("3")).by("dana").because("why"));

    guard.purser.revise(List.of(KEY.named("other"), other.named("key"), ALL));

    assertThat(limit("other", ALICES)).isEqualTo(150_000_000);
    assertThat(limit("key", "")).isEqualTo(4_000_000_000L);
  }

  @Test
  void ofTwoBudgetsThatCountAlikeTheNewOneTakesTheGrantOfTheOneWhoseAccountsItTakes() {
    guard.purser.revise(List.of(KEY, KEY.named("twin"), ALL));
    guard.purser.grants().grant(grant("twin", "0.01"));
    guard.spend(2_000, ALICE);

    guard.purser.revise(List.of(KEY.named("new"), ALL));

    assertThat(limit("new", ALICES)).isEqualTo(150_000_000);
    assertThat(ended().facts()).containsEntry("budget", "twin");
  }

  @Test
  void aBudgetThatCountsOtherwiseKeepsItWhereTheScopeStillFits() {
    guard.purser.revise(
        List.of(Budget.weekly("key", Usd.of("0.10")).per(Dimension.KEY).observe(), ALL));

    assertThat(limit("key", ALICES)).isEqualTo(150_000_000);
    assertThat(guard.purser.grants().inForce()).containsExactly(granted);
  }

  @Test
  void aBudgetThatCountsOtherThingsApartEndsIt() {
    guard.purser.revise(List.of(KEY.per(Dimension.TEAM), ALL));

    assertThat(limit("key", "team=platform")).isEqualTo(100_000_000);
    ControlRecord ended = ended();
    assertThat(ended.why()).contains("no such account");
    assertThat(ended.by()).isEqualTo("purser");
    assertThat(ended.facts()).containsEntry("grant", granted.id());
  }

  @Test
  void aBudgetThatCountsInAnotherUnitEndsIt() {
    guard.purser.revise(
        List.of(Budget.of("key", Measure.TOKENS, 1_000, Window.DAY).per(Dimension.KEY), ALL));

    assertThat(limit("key", ALICES)).isEqualTo(1_000);
    assertThat(ended().why()).contains("TOKENS");
  }

  @Test
  void aBudgetThatIsGoneEndsItAndOneThatComesBackHasItNot() {
    guard.purser.revise(List.of(ALL));
    guard.purser.revise(List.of(KEY, ALL));

    assertThat(limit("key", ALICES)).isEqualTo(100_000_000);
    assertThat(ended().why()).contains("not in force");
  }

  @Test
  void oneThatTakesAnothersPlaceHasTheGrantsOfBothWhereTheyFit() {
    Budget week = Budget.weekly("week", Usd.of("0.10")).per(Dimension.KEY);
    guard.purser.revise(List.of(KEY, week, ALL));
    guard.purser.grants().grant(grant("week", "0.01"));
    guard.purser.grants().grant(grant("all", "1"));

    // Both go on with the accounts of "key" in the end; "all" has none of its kind any more.
    guard.purser.revise(List.of(KEY.named("week"), week.named("all")));
    assertThat(limit("week", ALICES)).isEqualTo(150_000_000);
    assertThat(limit("all", ALICES)).isEqualTo(110_000_000);
    guard.purser.revise(List.of(KEY.named("all")));

    assertThat(limit("all", ALICES)).isEqualTo(160_000_000);
    assertThat(ended().facts()).containsEntry("amount", "1000000000");
  }

  @Test
  void whatEndsAfterAChangeLeavesNothingBehind() {
    guard.purser.revise(List.of(KEY.named("tripwire"), ALL));
    guard.clock.forward(java.time.Duration.ofDays(1));

    assertThat(guard.refusal(call(10_001, ALICE)).limit()).isEqualTo(100_000_000);
    guard.sweep();
    assertThat(guard.refusal(call(10_001, ALICE)).limit()).isEqualTo(100_000_000);
    assertThat(ended().facts()).containsEntry("budget", "tripwire");
  }
}
