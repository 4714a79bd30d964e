package dev.purser.core;

import static dev.purser.core.Guard.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AbandonReason;
import dev.purser.api.AccountBalance;
import dev.purser.api.Attribution;
import dev.purser.api.Balances;
import dev.purser.api.Budget;
import dev.purser.api.Dimension;
import dev.purser.api.Enforcement;
import dev.purser.api.Grant;
import dev.purser.api.Measure;
import dev.purser.api.Reservation;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.api.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What accounts have and hold, how fast they are spent, and how long they will last. */
class BalancesTest {

  private static final Attribution ALICE = Attribution.key("alice").team("platform");
  private static final Attribution BOB = Attribution.key("bob").team("platform");

  private static final Budget KEY = Budget.daily("key", Usd.of("1")).per(Dimension.KEY);
  private static final String ALICES = "key=alice";

  private static final Budget TWENTY_CENTS = Budget.total("all", Usd.of("0.20"));

  private static final Instant MIDNIGHT = Instant.parse("2026-11-24T00:00:00Z");

  private static AccountBalance account(Guard guard, String budget, String scope) {
    return guard.purser.balances().account(budget, scope).orElseThrow();
  }

  @Test
  void anAccountShowsWhatItHasWithItsBudgetsTerms() {
    Guard guard = Guard.on(KEY.observe());
    guard.spend(20_000, ALICE);
    Reservation open = guard.hold(call(10_000, ALICE));
    guard
        .purser
        .grants()
        .grant(Grant.ofPercent("key", 50).to(ALICES).by("dana").because("release night"));

    AccountBalance seen = account(guard, "key", ALICES);

    assertThat(seen.values()).isEqualTo(Map.of(Dimension.KEY, "alice"));
    assertThat(seen.owner()).isEqualTo("dana");
    assertThat(seen.measure()).isEqualTo(Measure.USD);
    assertThat(seen.enforcement()).isEqualTo(Enforcement.OBSERVE);
    assertThat(seen.window()).isEqualTo(Window.DAY);
    assertThat(seen.limit()).isEqualTo(1_500_000_000);
    assertThat(seen.granted()).isEqualTo(500_000_000);
    assertThat(seen.spent()).isEqualTo(200_000_000);
    assertThat(seen.held()).isEqualTo(100_000_000);
    assertThat(seen.remaining()).isEqualTo(1_200_000_000);
    assertThat(seen.used()).isEqualTo(300_000_000);
    assertThat(seen.resetsAt()).isEqualTo(MIDNIGHT);
    open.release();
  }

  @Test
  void whatWasTakenStaysAsItWas() {
    Guard guard = Guard.on(KEY);
    guard.spend(20_000, ALICE);
    Balances before = guard.purser.balances();
    guard.spend(20_000, ALICE);
    guard.clock.forward(Duration.ofDays(1));

    assertThat(before.at()).isEqualTo(Instant.parse("2026-11-23T12:00:00Z"));
    assertThat(before.account("key", ALICES).orElseThrow().spent()).isEqualTo(200_000_000);
    assertThat(account(guard, "key", ALICES).spent()).isZero();
  }

  @Test
  void theyAreSortedByUseAndFoundByWhateverTheyAreCountedBy() {
    Guard guard = Guard.on(
        KEY,
        Budget.monthly("team", Usd.of("2")).per(Dimension.TEAM, Dimension.KEY),
        Budget.rolling("session", Usd.of("10"), Duration.ofHours(1)).per(Dimension.SESSION),
        Budget.total("all", Usd.of("1000")));
    guard.spend(30_000, ALICE.session("fix-1"));
    guard.spend(70_000, BOB);
    Balances balances = guard.purser.balances();

    assertThat(balances.all())
        .extracting(each -> each.budget() + " " + each.scope())
        .containsExactly(
            "key key=bob",
            "team team=platform,key=bob",
            "key key=alice",
            "team team=platform,key=alice",
            "session session=(none)",
            "session session=fix-1",
            "all ");
    assertThat(balances.ofBudget("key")).hasSize(2);
    assertThat(balances.ofBudget("nobody's")).isEmpty();
    assertThat(balances.ofKey("alice"))
        .extracting(AccountBalance::budget)
        .containsExactly("key", "team");
    assertThat(balances.ofTeam("platform")).hasSize(2);
    assertThat(balances.ofSession("fix-1")).hasSize(1);
    assertThat(balances.of(Dimension.SESSION, Dimension.NONE)).hasSize(1);
    assertThat(balances.of(Dimension.USER, "alice")).isEmpty();
    assertThat(balances.account("all", "")).isPresent();
    assertThat(balances.account("key", "key=carol")).isEmpty();
  }

  @Test
  void anAccountThatOnlyHasAGrantIsShownAndTheLookOpensNoSharedOne() {
    Guard guard = new Guard(builder -> Guard.with(builder.owner("dana"), KEY.maxAccounts(1)));
    guard
        .purser
        .grants()
        .grant(Grant.of("key", Usd.of("1")).to("key=carol").by("dana").because("starts tomorrow"));
    guard.sweep();

    AccountBalance carol = account(guard, "key", "key=carol");
    assertThat(carol.limit()).isEqualTo(2_000_000_000);
    assertThat(carol.used()).isZero();
    assertThat(carol.projectedExhaustion()).isNull();
    guard.purser.grants().inForce().forEach(each -> guard.purser.grants().end(each.id(), "d", "w"));
    guard.sweep();
    guard.spend(1, ALICE);
    assertThat(guard.purser.balances().all())
        .extracting(AccountBalance::scope)
        .containsExactly(ALICES);
  }

  @Test
  void theSharedAccountIsShownAsWhatItIs() {
    Guard guard = new Guard(builder -> Guard.with(builder.owner("dana"), KEY.maxAccounts(1)));
    guard.spend(10_000, ALICE);
    guard.spend(20_000, BOB);
    guard.spend(30_000, Attribution.key("carol"));
    guard.clock.forward(Duration.ofMinutes(30));

    AccountBalance shared = account(guard, "key", "(overflow)");
    assertThat(shared.spent()).isEqualTo(500_000_000);
    assertThat(shared.values()).isEmpty();
    assertThat(shared.burnPerHour()).isEqualTo(1_000_000_000);
    assertThat(account(guard, "key", ALICES).burnPerHour()).isEqualTo(200_000_000);
  }

  @Test
  void theBurnIsWhatWasChargedInTheLastHourAndTheRestOfItsQuarter() {
    Guard guard = Guard.on(
        KEY,
        Budget.monthly("all", Usd.of("100")),
        Budget.of("tokens", Measure.TOKENS, 1_000_000, Window.DAY),
        Budget.of("requests", Measure.REQUESTS, 1_000, Window.DAY),
        Budget.concurrent("slots", 10));
    guard.spend(10_000, ALICE);
    guard.clock.forward(Duration.ofMinutes(70));
    // 13:10; what counts began at 12:00.
    guard.spend(60_000, ALICE);

    AccountBalance alice = account(guard, "key", ALICES);
    assertThat(alice.burnPerHour()).isEqualTo(700_000_000L * 60 / 70);
    assertThat(account(guard, "all", "").burnPerHour()).isEqualTo(700_000_000L * 60 / 70);
    assertThat(account(guard, "tokens", "").burnPerHour()).isEqualTo(70_000 * 60 / 70);
    assertThat(account(guard, "requests", "").burnPerHour()).isEqualTo(2 * 60 / 70);
    assertThat(account(guard, "slots", "").burnPerHour()).isZero();
    // 13:20; what counts began at 12:15.
    guard.clock.forward(Duration.ofMinutes(10));
    assertThat(account(guard, "key", ALICES).burnPerHour()).isEqualTo(600_000_000L * 60 / 65);
    guard.clock.forward(Duration.ofMinutes(76));
    assertThat(account(guard, "key", ALICES).burnPerHour()).isZero();
  }

  @Test
  void aGuardThatHasJustStartedDoesNotStretchASecondToAnHour() {
    Guard guard = Guard.on(KEY);
    guard.clock.forward(Duration.ofSeconds(1));
    guard.spend(1_000, ALICE);

    assertThat(account(guard, "key", ALICES).burnPerHour()).isEqualTo(60 * 10_000_000);
  }

  @Test
  void aSessionBurnsWhatItsPartsDoAndACorrectionIsTakenOff() {
    Guard guard = Guard.on(Budget.daily("session", Usd.of("10")).per(Dimension.SESSION));
    guard.clock.forward(Duration.ofMinutes(30));
    guard.spend(10_000, ALICE.session("child").parent("root"));
    Reservation cut = guard.hold(call(50_000, ALICE.session("root")));
    cut.abandon(AbandonReason.STREAM_CUT);
    assertThat(account(guard, "session", "session=root").burnPerHour()).isEqualTo(1_200_000_000);
    cut.settle(Usage.ofTokens(0, 10_000));

    assertThat(account(guard, "session", "session=root").burnPerHour()).isEqualTo(400_000_000);
    assertThat(account(guard, "session", "session=child").burnPerHour()).isEqualTo(200_000_000);
  }

  @Test
  void itIsExhaustedWhenWhatRemainsIsBurntUnlessTheWindowEndsBefore() {
    Guard guard = Guard.on(KEY, Budget.total("all", Usd.of("2")));
    guard.clock.forward(Duration.ofHours(1));
    Instant now = guard.clock.instant();
    guard.spend(20_000, ALICE);
    guard.spend(5_000, BOB);

    // $0.20 an hour, $0.80 left: four hours. $0.05 an hour: beyond midnight.
    assertThat(account(guard, "key", ALICES).projectedExhaustion())
        .isEqualTo(now.plus(Duration.ofHours(4)));
    assertThat(account(guard, "key", "key=bob").projectedExhaustion()).isNull();
    assertThat(account(guard, "all", "").projectedExhaustion())
        .isEqualTo(now.plus(Duration.ofHours(7)));
    assertThat(account(guard, "all", "").resetsAt()).isNull();
    guard.spend(80_000, ALICE);
    assertThat(account(guard, "key", ALICES).projectedExhaustion()).isEqualTo(now);
  }

  @Test
  void aWindowThatRollsIsExhaustedOnlyIfItIsSpentFasterThanItForgets() {
    Guard guard = Guard.on(
        Budget.rolling("slow", Usd.of("1"), Duration.ofHours(4)),
        Budget.rolling("fast", Usd.of("1"), Duration.ofHours(6)));
    guard.clock.forward(Duration.ofHours(1));
    guard.spend(25_000, ALICE);

    // $0.25 an hour: exactly what the shorter one forgets.
    assertThat(account(guard, "slow", "").projectedExhaustion()).isNull();
    assertThat(account(guard, "fast", "").projectedExhaustion())
        .isEqualTo(guard.clock.instant().plus(Duration.ofHours(3)));
  }

  /** An account of $0.20 of which $0.10 was spent, at $0.20 an hour; it would last half an hour. */
  private static Guard halfSpent(Budget budget) {
    Guard guard = Guard.on(budget);
    guard.clock.forward(Duration.ofMinutes(30));
    guard.spend(10_000, ALICE);
    return guard;
  }

  private static void grant(Guard guard, String usd, Instant until) {
    guard
        .purser
        .grants()
        .grant(Grant.of("all", Usd.of(usd)).until(until).by("dana").because("release night"));
  }

  private static Duration lasts(Guard guard) {
    Instant at = account(guard, "all", "").projectedExhaustion();
    return Duration.between(guard.clock.instant(), Objects.requireNonNull(at));
  }

  private static Instant in(Guard guard, int minutes) {
    return guard.clock.instant().plus(Duration.ofMinutes(minutes));
  }

  @Test
  void aGrantThatEndsBeforeTheLimitIsReachedChangesNothing() {
    Guard guard = halfSpent(TWENTY_CENTS);
    assertThat(lasts(guard)).isEqualTo(Duration.ofMinutes(30));

    grant(guard, "50", in(guard, 10));

    assertThat(lasts(guard)).isEqualTo(Duration.ofMinutes(30));
  }

  @Test
  void whatWasSpentOfAGrantIsMissingFromTheInstantAtWhichItEnds() {
    Guard guard = halfSpent(TWENTY_CENTS);
    grant(guard, "50", in(guard, 40));
    assertThat(lasts(guard)).isEqualTo(Duration.ofMinutes(40));

    // At the very instant at which the limit would be reached without it.
    Guard exactly = halfSpent(TWENTY_CENTS);
    grant(exactly, "50", in(exactly, 30));
    assertThat(lasts(exactly)).isEqualTo(Duration.ofMinutes(30));
  }

  @Test
  void aGrantThatEndsAfterItIsUsedUpCountsInFull() {
    Guard guard = halfSpent(TWENTY_CENTS);
    grant(guard, "0.10", in(guard, 61));

    assertThat(lasts(guard)).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void ofSeveralGrantsEachCountsUntilItEnds() {
    Guard guard = halfSpent(TWENTY_CENTS);
    grant(guard, "50", in(guard, 45));
    grant(guard, "0.10", in(guard, 90));
    // Without an end.
    grant(guard, "0.20", Instant.MAX);
    grant(guard, "50", in(guard, 45));

    // $0.50 from the end of those of $50 on, which is reached after two hours; $0.40 after 90
    // minutes.
    assertThat(lasts(guard)).isEqualTo(Duration.ofMinutes(90));
    grant(guard, "0.01", Instant.MAX);
    assertThat(lasts(guard)).isEqualTo(Duration.ofMinutes(93));
  }

  @Test
  void aGrantThatEndsTodayLeavesNothingAlthoughTheDayWouldHaveLasted() {
    Guard guard = halfSpent(Budget.daily("all", Usd.of("0.20")));
    grant(guard, "50", in(guard, 120));
    assertThat(lasts(guard)).isEqualTo(Duration.ofHours(2));

    Guard untilMidnight = halfSpent(Budget.daily("all", Usd.of("0.20")));
    grant(untilMidnight, "50", MIDNIGHT);
    assertThat(account(untilMidnight, "all", "").projectedExhaustion()).isNull();
  }

  @Test
  void theEndOfAGrantLeavesNothingEvenIfNothingIsSpentAnyMore() {
    Guard guard = Guard.on(TWENTY_CENTS);
    grant(guard, "0.10", in(guard, 300));
    guard.spend(20_000, ALICE);
    guard.clock.forward(Duration.ofMinutes(100));

    assertThat(account(guard, "all", "").burnPerHour()).isZero();
    assertThat(lasts(guard)).isEqualTo(Duration.ofMinutes(200));
  }

  @Test
  void aGrantThatEndsAHundredYearsAwayIsOneWithoutAnEnd() {
    Guard guard = Guard.on(TWENTY_CENTS);
    grant(guard, "0.10", guard.clock.instant().plus(Duration.ofDays(40_000)));
    guard.spend(20_000, ALICE);
    guard.clock.forward(Duration.ofMinutes(100));

    assertThat(account(guard, "all", "").projectedExhaustion()).isNull();
  }

  @Test
  void grantsBeyondTheEndOfTheRangeAreProjectedAsTheLimitIsCut() {
    Guard guard = Guard.on(Budget.of("all", Measure.TOKENS, Long.MAX_VALUE, Window.TOTAL));
    Reservation open = guard.hold(call(10, ALICE));
    open.settle(Usage.ofTokens(0, Long.MAX_VALUE / 2));
    for (int i = 0; i < 2; i++) {
      guard
          .purser
          .grants()
          .grant(Grant.of("all", Long.MAX_VALUE).until(in(guard, 60)).by("d").because("w"));
    }

    assertThat(lasts(guard)).isEqualTo(Duration.ofMinutes(30));
  }

  @Test
  void aWindowThatRollsIsMeasuredByTheLimitOfEachGrantsTime() {
    // $0.20 an hour: with the grant it forgets as much, without it does not.
    Guard guard = halfSpent(Budget.rolling("all", Usd.of("0.20"), Duration.ofHours(2)));
    assertThat(lasts(guard)).isEqualTo(Duration.ofMinutes(30));

    grant(guard, "0.20", in(guard, 20));
    assertThat(lasts(guard)).isEqualTo(Duration.ofMinutes(30));
    grant(guard, "0.20", in(guard, 45));
    assertThat(lasts(guard)).isEqualTo(Duration.ofMinutes(45));
    grant(guard, "0.20", Instant.MAX);
    assertThat(account(guard, "all", "").projectedExhaustion()).isNull();
  }

  @Test
  void whatAWindowThatRollsHasForgottenWhenAGrantEndsIsNotMissing() {
    Guard guard = Guard.on(Budget.rolling("all", Usd.of("0.20"), Duration.ofHours(4)));
    grant(guard, "0.20", in(guard, 220));
    guard.spend(30_000, ALICE);
    guard.clock.forward(Duration.ofMinutes(100));
    assertThat(lasts(guard)).isEqualTo(Duration.ofHours(2));

    Guard later = Guard.on(Budget.rolling("all", Usd.of("0.20"), Duration.ofHours(4)));
    grant(later, "0.20", in(later, 340));
    later.spend(30_000, ALICE);
    later.clock.forward(Duration.ofMinutes(100));
    assertThat(account(later, "all", "").projectedExhaustion()).isNull();
  }

  @Test
  void outsideOfItsSpanABudgetHasNothing() {
    Guard guard = Guard.on(
        Budget.of("later", Measure.USD, 1_000, Window.between(MIDNIGHT, MIDNIGHT.plusSeconds(9))));
    guard.refusal(call(1, ALICE));

    AccountBalance later = account(guard, "later", "");
    assertThat(later.limit()).isZero();
    assertThat(later.remaining()).isZero();
    assertThat(later.resetsAt()).isEqualTo(MIDNIGHT);
    assertThat(later.projectedExhaustion()).isEqualTo(guard.clock.instant());
  }

  @Test
  void amountsAtTheEndOfTheRangeAreShownNotOverflown() {
    Guard guard = Guard.on(Budget.of("tokens", Measure.TOKENS, Long.MAX_VALUE, Window.TOTAL));
    Reservation open = guard.hold(call(10, ALICE));
    open.settle(Usage.ofTokens(0, Long.MAX_VALUE / 2));

    AccountBalance seen = account(guard, "tokens", "");
    assertThat(seen.burnPerHour()).isEqualTo(Long.MAX_VALUE);
    assertThat(seen.projectedExhaustion()).isEqualTo(guard.clock.instant().plusSeconds(1800));
  }

  @Test
  void aBudgetThatLastsLongerThanACenturyIsNotProjected() {
    Guard guard = Guard.on(Budget.of("tokens", Measure.TOKENS, Long.MAX_VALUE, Window.TOTAL));
    guard.spend(10, ALICE);

    assertThat(account(guard, "tokens", "").projectedExhaustion()).isNull();
  }

  @Test
  void aGrantThatIsOverIsNotShownWhoeverLooksFirst() {
    Guard guard = Guard.on(KEY);
    guard.spend(1, ALICE);
    Instant until = guard.clock.instant().plusSeconds(5);
    guard
        .purser
        .grants()
        .grant(Grant.of("key", Usd.of("1")).to(ALICES).until(until).by("d").because("w"));
    guard.clock.set(until);

    assertThat(account(guard, "key", ALICES).limit()).isEqualTo(1_000_000_000);
    assertThat(account(guard, "key", ALICES).granted()).isZero();
  }

  @Test
  void budgetsThatAreGoneAreNotShown() {
    Guard guard = Guard.on(KEY);
    guard.spend(1, ALICE);
    guard.purser.revise(List.of(Budget.daily("all", Usd.of("1"))));

    assertThat(guard.purser.balances().ofKey("alice")).isEmpty();
    assertThat(account(guard, "all", "").spent()).isEqualTo(10_000);
  }
}
