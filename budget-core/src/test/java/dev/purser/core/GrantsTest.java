package dev.purser.core;

import static dev.purser.core.Guard.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.api.Admission;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.ControlRecord;
import dev.purser.api.ControlRecord.Kind;
import dev.purser.api.Dimension;
import dev.purser.api.Grant;
import dev.purser.api.GrantInForce;
import dev.purser.api.Measure;
import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.api.Refusal;
import dev.purser.api.Reservation;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.api.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What somebody adds to the limit of an account, for a while. */
class GrantsTest {

  private static final Attribution ALICE = Attribution.key("alice").team("platform");
  private static final Attribution BOB = Attribution.key("bob").team("platform");

  private static final Budget KEY = Budget.daily("key", Usd.of("0.10")).per(Dimension.KEY);
  private static final String ALICES = "key=alice";

  /** Of $0.05, on top of the $0.10 that each key has. */
  private static final Grant FIVE_CENTS = given(Grant.of("key", Usd.of("0.05")).to(ALICES));

  private static Grant given(Grant grant) {
    return grant.by("dana").because("release night");
  }

  @Test
  void aCallThatWasExhaustedPassesAndTheAccountIsSpentToItsNewLimitNotBeyond() {
    Guard guard = Guard.on(KEY);
    guard.spend(10_000, ALICE);
    guard.spend(10_000, BOB);
    assertThat(guard.refusal(call(1, ALICE)).reason()).isEqualTo(Refusal.Reason.EXHAUSTED);

    guard.purser.grants().grant(FIVE_CENTS);

    guard.spend(5_000, ALICE);
    Refusal refusal = guard.refusal(call(1, ALICE));
    assertThat(refusal.limit()).isEqualTo(150_000_000);
    assertThat(refusal.settled()).isEqualTo(150_000_000);
    assertThat(guard.refusal(call(1, BOB)).limit()).isEqualTo(100_000_000);
  }

  @Test
  void grantsToOneAccountAddUpAndEndOneByOne() {
    Guard guard = Guard.on(KEY);
    GrantInForce first = guard.purser.grants().grant(FIVE_CENTS);
    GrantInForce second = guard.purser.grants().grant(FIVE_CENTS);

    assertThat(guard.balance("key", ALICES).limit()).isEqualTo(200_000_000);
    assertThat(guard.purser.grants().inForce()).containsExactly(first, second);
    assertThat(guard.purser.grants().end(first.id(), "mo", "enough")).isTrue();
    assertThat(guard.purser.grants().end(first.id(), "mo", "enough")).isFalse();
    assertThat(guard.balance("key", ALICES).limit()).isEqualTo(150_000_000);
    assertThat(guard.purser.grants().end(second.id(), "mo", "enough")).isTrue();
    assertThat(guard.balance("key", ALICES).limit()).isEqualTo(100_000_000);
    assertThat(guard.purser.grants().inForce()).isEmpty();
  }

  @Test
  void grantsOfSeveralBudgetsKnowNothingOfEachOther() {
    Guard guard = Guard.on(KEY, Budget.monthly("all", Usd.of("0.12")));
    guard.purser.grants().grant(FIVE_CENTS);

    guard.spend(12_000, ALICE);

    assertThat(guard.refusal(call(1, ALICE)).budget()).isEqualTo("all");
    guard.purser.grants().grant(given(Grant.of("all", Usd.of("1"))));
    guard.spend(3_000, ALICE);
    assertThat(guard.refusal(call(1, ALICE)).budget()).isEqualTo("key");
  }

  @Test
  void aPercentageIsOfTheLimitAtThatTimeAndRoundedDown() {
    Guard guard = Guard.on(
        Budget.of("calls", Measure.REQUESTS, 19, Window.DAY), Budget.concurrent("slots", 4));

    assertThat(guard.purser.grants().grant(given(Grant.ofPercent("calls", 10))).amount())
        .isEqualTo(1);
    assertThat(guard.purser.grants().grant(given(Grant.ofPercent("calls", 200))).amount())
        .isEqualTo(38);
    assertThat(guard.purser.grants().grant(given(Grant.ofPercent("slots", 25))).amount())
        .isEqualTo(1);
    assertThatThrownBy(() -> guard.purser.grants().grant(given(Grant.ofPercent("slots", 24))))
        .hasMessageContaining("comes to nothing");
    assertThat(guard.balance("slots", "").limit()).isEqualTo(5);
  }

  @Test
  void amountsNearTheEndOfTheRangeSaturate() {
    Guard guard = Guard.on(Budget.of("tokens", Measure.TOKENS, Long.MAX_VALUE - 5, Window.DAY));
    Grant most = given(Grant.of("tokens", Long.MAX_VALUE));

    guard.purser.grants().grant(most);
    guard.purser.grants().grant(most);
    GrantInForce percent =
        guard.purser.grants().grant(given(Grant.ofPercent("tokens", Integer.MAX_VALUE)));

    assertThat(percent.amount()).isEqualTo(Long.MAX_VALUE);
    assertThat(guard.balance("tokens", "").limit()).isEqualTo(Long.MAX_VALUE);
    guard.spend(1_000, ALICE);
    guard.purser.grants().inForce().forEach(each -> guard.purser.grants().end(each.id(), "m", "w"));
    assertThat(guard.balance("tokens", "").limit()).isEqualTo(Long.MAX_VALUE - 5);
  }

  @Test
  void aGrantEndsWithTheInstantThatWasSaidWhetherOrNotAnybodyLooks() {
    Guard guard = Guard.on(KEY);
    Instant until = guard.clock.instant().plus(Duration.ofMinutes(10));
    guard.spend(10_000, ALICE);
    guard.purser.grants().grant(FIVE_CENTS.until(until));

    guard.clock.set(until.minusNanos(1));
    guard.spend(1_000, ALICE);
    guard.clock.set(until);

    Refusal refusal = guard.refusal(call(1, ALICE));
    assertThat(refusal.limit()).isEqualTo(100_000_000);
    assertThat(refusal.settled()).isEqualTo(110_000_000);
  }

  @Test
  void aClockThatIsSetBackDoesNotReviveIt() {
    Guard guard = Guard.on(KEY);
    Instant until = guard.clock.instant().plus(Duration.ofMinutes(10));
    guard.spend(10_000, ALICE);
    guard.purser.grants().grant(FIVE_CENTS.until(until));
    guard.clock.set(until);
    guard.refusal(call(1, ALICE));

    guard.clock.set(until.minus(Duration.ofMinutes(5)));

    assertThat(guard.refusal(call(1, ALICE)).reason()).isEqualTo(Refusal.Reason.EXHAUSTED);
    assertThat(guard.purser.grants().inForce()).isEmpty();
  }

  @Test
  void withoutAnEndItEndsWithThePresentWindow() {
    Guard guard = Guard.on(KEY, Budget.total("all", Usd.of("1")));

    assertThat(guard.purser.grants().grant(FIVE_CENTS).until())
        .isEqualTo(Instant.parse("2026-11-24T00:00:00Z"));
    assertThat(guard.purser.grants().grant(given(Grant.of("all", Usd.of("2")))).until())
        .isNull();
    guard.clock.set(Instant.parse("2026-11-24T00:00:00Z"));
    assertThat(guard.refusal(call(10_001, ALICE)).limit()).isEqualTo(100_000_000);
    guard.clock.forward(Duration.ofDays(10_000));
    guard.reap();
    assertThat(guard.balance("all", "").limit()).isEqualTo(3_000_000_000L);
  }

  @Test
  void oneThatLastsLongerAddsToEachWindowUntilThen() {
    Guard guard = Guard.on(KEY);
    guard.purser.grants().grant(FIVE_CENTS.until(Instant.parse("2026-11-25T12:00:00Z")));

    for (int day = 0; day < 2; day++) {
      guard.spend(15_000, ALICE);
      assertThat(guard.refusal(call(1, ALICE)).limit()).isEqualTo(150_000_000);
      guard.clock.forward(Duration.ofDays(1));
      guard.sweep();
    }
  }

  @Test
  void aWindowThatRollsHasNoEndSoTheGrantNeedsOne() {
    Guard guard = Guard.on(Budget.rolling("hour", Usd.of("0.10"), Duration.ofHours(1)));
    Grant grant = given(Grant.of("hour", Usd.of("0.05")));

    assertThatThrownBy(() -> guard.purser.grants().grant(grant))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("until(…)");

    Instant until = guard.clock.instant().plus(Duration.ofMinutes(1));
    guard.purser.grants().grant(grant.until(until));
    guard.spend(15_000, ALICE);
    guard.clock.set(until);
    assertThat(guard.refusal(call(1, ALICE)).limit()).isEqualTo(100_000_000);
  }

  @Test
  void aGrantToASpanThatHasNotBegunIsForTheSpanAndAddsNothingBefore() {
    LocalDate first = LocalDate.of(2026, 12, 1);
    Guard guard = Guard.on(
        Budget.of("sprint", Measure.USD, 100_000_000, Window.days(first, first.plusDays(6))));

    GrantInForce granted = guard.purser.grants().grant(given(Grant.of("sprint", Usd.of("0.05"))));

    assertThat(granted.until()).isEqualTo(Instant.parse("2026-12-08T00:00:00Z"));
    assertThat(guard.refusal(call(1, ALICE)).limit()).isZero();
    guard.clock.set(Instant.parse("2026-12-02T00:00:00Z"));
    guard.spend(15_000, ALICE);
    guard.clock.set(Instant.parse("2026-12-08T00:00:00Z"));
    assertThatThrownBy(() -> guard.purser.grants().grant(given(Grant.of("sprint", Usd.of("0.05")))))
        .hasMessageContaining("span is over");
  }

  @Test
  void endingOneLeavesWhatIsSpentAboveTheLimitAndThenOnlyFreeCallsPass() {
    Guard guard =
        new Guard(builder -> Guard.with(builder.owner("dana").freeModels("llama3*"), KEY));
    GrantInForce granted = guard.purser.grants().grant(FIVE_CENTS);
    guard.spend(12_000, ALICE);
    Reservation open = guard.hold(call(3_000, ALICE));

    guard.purser.grants().end(granted.id(), "mo", "enough");

    Refusal refusal = guard.refusal(call(1, ALICE));
    assertThat(refusal.reason()).isEqualTo(Refusal.Reason.EXHAUSTED);
    assertThat(guard.balance("key", ALICES).remaining()).isEqualTo(-50_000_000);
    CallIntent.Builder free = CallIntent.builder(ModelId.of("other", "llama3.2"))
        .prompt(Prompt.ofTokens(100))
        .outputCap(100)
        .attribution(ALICE);
    guard.hold(free).settle(Usage.ofTokens(100, 100));
    // What was admitted goes on, and settles for what it used.
    open.settle(Usage.ofTokens(0, 2_000));
    assertThat(guard.balance("key", ALICES).settled()).isEqualTo(140_000_000);
  }

  @Test
  void aBudgetThatOnlyWatchesMayBeGrantedTo() {
    Guard guard = Guard.on(KEY.observe());
    guard.purser.grants().grant(FIVE_CENTS);

    guard.spend(15_000, ALICE);
    guard.close();
    assertThat(guard.purser.counters()).doesNotContainKey("calls.observed.exhausted");
    guard.spend(1, ALICE);
    assertThat(guard.purser.counters()).containsEntry("calls.observed.exhausted", 1L);
  }

  @Test
  void anAccountThatIsSweptKeepsItsGrantAndOneThatWasNeverOpenedHasIt() {
    Guard guard = Guard.on(KEY);
    guard.spend(1, ALICE);
    guard.purser.grants().grant(FIVE_CENTS.until(guard.clock.instant().plus(Duration.ofDays(9))));
    guard
        .purser
        .grants()
        .grant(FIVE_CENTS.to("key=carol").until(guard.clock.instant().plus(Duration.ofDays(9))));

    guard.clock.forward(Duration.ofDays(1));
    guard.sweep();

    guard.spend(15_000, ALICE);
    guard.spend(15_000, Attribution.key("carol"));
    assertThat(guard.refusal(call(1, ALICE)).limit()).isEqualTo(150_000_000);
    guard.clock.forward(Duration.ofDays(9));
    guard.sweep();
    assertThat(guard.refusal(call(10_001, ALICE)).limit()).isEqualTo(100_000_000);
  }

  @Test
  void whatIsDoneIsRecordedWithItsFacts() {
    Guard guard = Guard.on(KEY, Budget.total("all", Usd.of("1")));
    GrantInForce ended = guard.purser.grants().grant(FIVE_CENTS);
    GrantInForce over = guard.purser.grants().grant(FIVE_CENTS);
    guard.purser.grants().grant(given(Grant.of("all", Usd.of("1"))));

    guard.purser.grants().end(ended.id(), "mo", "found the loop");
    guard.clock.forward(Duration.ofDays(1));
    guard.reap();
    guard.close();

    assertThat(guard.controls)
        .extracting(ControlRecord::kind)
        .containsExactly(
            Kind.GRANTED, Kind.GRANTED, Kind.GRANTED, Kind.GRANT_ENDED, Kind.GRANT_ENDED);
    ControlRecord granted = guard.controls.get(0);
    assertThat(granted.subject()).isEqualTo("key (key=alice)");
    assertThat(granted.by()).isEqualTo("dana");
    assertThat(granted.why()).isEqualTo("release night");
    assertThat(granted.facts())
        .containsEntry("grant", ended.id())
        .containsEntry("budget", "key")
        .containsEntry("scope", ALICES)
        .containsEntry("measure", "USD")
        .containsEntry("amount", "50000000")
        .containsEntry("until", "2026-11-24T00:00:00Z");
    assertThat(guard.controls.get(2).facts()).doesNotContainKey("until");
    assertThat(guard.controls.get(3).by()).isEqualTo("mo");
    assertThat(guard.controls.get(3).facts()).containsEntry("granted_by", "dana");
    assertThat(guard.controls.get(4).facts()).containsEntry("grant", over.id());
    assertThat(guard.controls.get(4).why()).contains("over");
    assertThat(guard.purser.counters())
        .containsEntry("control.granted", 3L)
        .containsEntry("control.grant_ended", 2L);
  }

  @Test
  void whatIsWrongIsToldAndChangesNothing() {
    Guard guard = Guard.on(
        KEY,
        Budget.of("calls", Measure.REQUESTS, 10, Window.DAY),
        Budget.total("all", Usd.of("1")));

    wrong(guard, Grant.of("kee", Usd.of("1")), "no budget \"kee\"", "\"key\"", "\"calls\"");
    wrong(guard, Grant.of("key", Usd.of("1")), "key=…");
    wrong(guard, Grant.of("key", Usd.of("1")).to("team=platform"), "key=…", "team=platform");
    wrong(guard, Grant.of("key", Usd.of("1")).to("key=a,team=b"), "key=a,team=b");
    wrong(guard, Grant.of("key", Usd.of("1")).to("key=a\\b"), "key=a\\b");
    wrong(guard, Grant.of("all", Usd.of("1")).to(ALICES), "only one account");
    wrong(guard, Grant.of("all", Usd.of("1")).to("(overflow)"), "only one account");
    wrong(guard, Grant.of("key", Usd.of("1")).to("(overflow)"), "no account that others share");
    wrong(guard, Grant.of("calls", Usd.of("1")), "REQUESTS");
    wrong(guard, Grant.of("all", 1_000), "Usd.of");
    wrong(guard, Grant.of("all", Usd.of("1")).until(guard.clock.instant()), "not after now");
    assertThatThrownBy(
            () -> guard.purser.grants().grant(Grant.of("all", Usd.of("1")).because("x")))
        .hasMessageContaining("by(…)");
    assertThatThrownBy(
            () -> guard.purser.grants().grant(Grant.of("all", Usd.of("1")).by("x")))
        .hasMessageContaining("because(…)");
    assertThatThrownBy(() -> guard.purser.grants().end("grant-1", " ", "why"))
        .hasMessageContaining("by");
    assertThatThrownBy(() -> guard.purser.grants().writeOff("id", "mo", ""))
        .hasMessageContaining("why");

    guard.close();
    assertThat(guard.purser.grants().inForce()).isEmpty();
    assertThat(guard.controls).isEmpty();
    assertThat(guard.admit(call(1, ALICE))).isInstanceOf(Admission.Admitted.class);
  }

  private static void wrong(Guard guard, Grant grant, String... message) {
    assertThatThrownBy(() -> guard.purser.grants().grant(given(grant)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(message);
  }

  @Test
  void whoSharesAnAccountWithOthersIsGrantedNothingOfTheirOwn() {
    UnaryOperator<PurserBuilder> two =
        builder -> Guard.with(builder.owner("dana"), KEY.maxAccounts(2));
    Guard guard = new Guard(two);
    guard.spend(1_000, ALICE);
    guard.spend(1_000, BOB);
    guard.spend(10_000, Attribution.key("carol"));
    guard.refusal(call(1, Attribution.key("dave")));

    wrong(guard, Grant.of("key", Usd.of("0.05")).to("key=carol"), "shares", "(overflow)");
    guard.purser.grants().grant(given(Grant.of("key", Usd.of("0.05")).to("(overflow)")));

    guard.spend(5_000, Attribution.key("dave"));
    assertThat(guard.refusal(call(1, Attribution.key("carol"))).limit()).isEqualTo(150_000_000);
  }
}
