package dev.purser.core.ledger;

import static dev.purser.core.ledger.Demands.LEASE;
import static dev.purser.core.ledger.Demands.LEASE_END;
import static dev.purser.core.ledger.Demands.NOON;
import static dev.purser.core.ledger.Demands.daily;
import static dev.purser.core.ledger.Demands.held;
import static dev.purser.core.ledger.Demands.nanos;
import static dev.purser.core.ledger.Demands.refused;
import static dev.purser.core.ledger.Demands.total;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.Enforcement;
import dev.purser.api.Measure;
import dev.purser.api.ModelId;
import dev.purser.api.Refusal.Reason;
import dev.purser.api.Window;
import dev.purser.spi.Account;
import dev.purser.spi.Amounts;
import dev.purser.spi.Balance;
import dev.purser.spi.Demand;
import dev.purser.spi.Ledger;
import dev.purser.spi.Reserved;
import dev.purser.spi.Room;
import dev.purser.spi.Ticket;
import dev.purser.spi.Ticket.Ending;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link Ledger} promises. To be extended for each. */
public abstract class LedgerContract {

  private static final Instant TOMORROW = NOON.plus(Duration.ofDays(1));
  private static final Instant MIDNIGHT = Instant.parse("2026-03-05T00:00:00Z");

  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger leasesEnded = new AtomicInteger();

  private Ledger ledger;
  private Account ten;
  private Account hundred;
  private Account day;

  /** Returns a ledger without budgets and accounts, once a test. */
  protected abstract Ledger ledger() throws Exception;

  @BeforeEach
  void openAccounts() throws Exception {
    ledger = ledger();
    assertThat(ledger.revise(budgets(total("ten", 10), total("hundred", 100), daily("day", 10))))
        .isEmpty();
    ten = open(total("ten", 10), "");
    hundred = open(total("hundred", 100), "");
    day = open(daily("day", 10), "");
  }

  private static Budget complete(Budget budget) {
    return budget.owner("dana").zone(ZoneOffset.UTC);
  }

  private static List<Budget> budgets(Budget... budgets) {
    return Stream.of(budgets).map(LedgerContract::complete).toList();
  }

  /** Puts one more budget in force. */
  private Account add(Budget budget) {
    List<Budget> all =
        new ArrayList<>(budgets(total("ten", 10), total("hundred", 100), daily("day", 10)));
    all.add(complete(budget));
    ledger.revise(all);
    return open(budget, "");
  }

  private Account open(Budget budget, String scope) {
    return ledger.open(complete(budget), scope, NOON);
  }

  private Demand demand(Instant at, Amounts amounts, Account... accounts) {
    return new Demand(
        "call-" + calls.incrementAndGet(),
        at,
        at.isBefore(Instant.MAX.minus(LEASE)) ? at.plus(LEASE) : at,
        "direct",
        Attribution.key("alice"),
        ModelId.of("openai", "gpt-4o"),
        amounts,
        List.of(accounts),
        leasesEnded::incrementAndGet);
  }

  private Reserved reserve(long nanoUsd, Account... accounts) {
    return reserveAt(NOON, nanoUsd, accounts);
  }

  private Reserved reserveAt(Instant at, long nanoUsd, Account... accounts) {
    return ledger.reserve(demand(at, nanos(nanoUsd), accounts));
  }

  private Ticket hold(long nanoUsd, Account... accounts) {
    return held(reserve(nanoUsd, accounts));
  }

  private Ticket charged(long nanoUsd, Account... accounts) {
    return ledger.charged(demand(NOON, nanos(nanoUsd), accounts));
  }

  /** Says limit, settled and held of now. */
  private void balanceIs(Account account, long limit, long settled, long held) {
    Balance balance = ledger.balance(account, NOON);
    assertThat(balance).isEqualTo(new Balance(limit, settled, held, balance.resetsAt()));
  }

  // Holding

  @Test
  void twoHandlesOfAnAccountAreEqualAndSayWhatTheyAreOf() {
    assertThat(open(total("ten", 10), "")).isEqualTo(ten).hasSameHashCodeAs(ten);
    assertThat(ten).isNotEqualTo(hundred);
    assertThat(ten.budget().name()).isEqualTo("ten");
    assertThat(ten.scope()).isEmpty();
    assertThat(open(total("ten", 10), "key=alice").scope()).isEqualTo("key=alice");
    assertThat(ledger.accounts()).contains(ten, hundred, day);
  }

  @Test
  void allIsHeldOrNothing() {
    Reserved.Refused refused = refused(reserve(11, hundred, ten));

    assertThat(refused.account()).isEqualTo(ten);
    balanceIs(hundred, 100, 0, 0);
    balanceIs(ten, 10, 0, 0);
    hold(10, hundred, ten);
    balanceIs(hundred, 100, 0, 10);
    balanceIs(ten, 10, 0, 10);
  }

  @Test
  void anAccountThatIsNamedTwiceIsTakenOnce() {
    hold(6, ten, hundred, ten).settle(nanos(4));

    balanceIs(ten, 10, 4, 0);
    balanceIs(hundred, 100, 4, 0);
  }

  @Test
  void whatIsSpentIsExhaustedAndWhatIsOnlyHeldIsHeld() {
    hold(6, ten).settle(nanos(6));
    Ticket open = hold(4, ten);

    assertThat(refused(reserve(4, ten)).reason()).isEqualTo(Reason.HELD);
    Reserved.Refused refused = refused(reserve(5, ten));
    assertThat(refused.reason()).isEqualTo(Reason.EXHAUSTED);
    assertThat(refused.balance().settled()).isEqualTo(6);
    assertThat(refused.balance().held()).isEqualTo(4);
    open.release();

    hold(4, ten);
  }

  @Test
  void oneThatIsExhaustedIsNamedEvenIfAnotherIsOnlyHeld() {
    hold(95, hundred);

    Reserved.Refused refused = refused(reserve(11, hundred, ten));

    assertThat(refused.account()).isEqualTo(ten);
    assertThat(refused.reason()).isEqualTo(Reason.EXHAUSTED);
  }

  @Test
  void whatCostsNothingPassesAFullBudget() {
    hold(10, ten).settle(nanos(15));

    Ticket free = hold(0, ten);

    assertThat(free.settle(nanos(2))).isEqualTo(Ending.ENDED);
    balanceIs(ten, 10, 17, 0);
  }

  @Test
  void aCallThatNoBudgetCoversPasses() {
    assertThat(hold(Long.MAX_VALUE).settle(nanos(1))).isEqualTo(Ending.ENDED);
  }

  @Test
  void eachAccountCountsItsOwnMeasure() {
    Budget tokens = Budget.of("tokens", Measure.TOKENS, 1_000, Window.TOTAL);
    Budget calls = Budget.of("calls", Measure.REQUESTS, 2, Window.TOTAL);
    Budget slots = Budget.of("slots", Measure.CONCURRENT_CALLS, 1, Window.TOTAL);
    ledger.revise(budgets(tokens, calls, slots));
    Account[] accounts = {open(tokens, ""), open(calls, ""), open(slots, "")};
    Amounts amounts = new Amounts(5, 300, 400, 1);

    Ticket ticket = held(ledger.reserve(demand(NOON, amounts, accounts)));
    balanceIs(accounts[0], 1_000, 0, 700);
    balanceIs(accounts[1], 2, 0, 1);
    balanceIs(accounts[2], 1, 0, 1);
    assertThat(refused(ledger.reserve(demand(NOON, amounts, accounts))).reason())
        .isEqualTo(Reason.HELD);
    ticket.settle(new Amounts(5, 300, 10, 1));

    balanceIs(accounts[0], 1_000, 310, 0);
    balanceIs(accounts[1], 2, 1, 0);
    balanceIs(accounts[2], 1, 0, 0);
  }

  @Test
  void threadsThatStartAtTheSameMomentNeverPassTheCap() throws Exception {
    int threads = 8;
    try (Race race = new Race(threads)) {
      for (int round = 0; round < 50; round++) {
        Account account = open(total("hundred", 100), "round=" + round);
        Account second = open(total("ten", 10), "round=" + round);
        Callable<Reserved> call = () -> reserve(3, account, second);

        List<Ticket> tickets = race.run(Collections.nCopies(threads, call)).stream()
            .filter(Reserved.Held.class::isInstance)
            .map(Demands::held)
            .toList();

        assertThat(tickets).hasSize(3);
        balanceIs(second, 10, 0, 9);
        balanceIs(account, 100, 0, 9);
        tickets.forEach(ticket -> ticket.settle(nanos(3)));
        balanceIs(second, 10, 9, 0);
      }
    }
  }

  @Test
  void budgetsThatObserveCountAndRefuseNothing() {
    Account watched = add(total("watched", 10).enforcement(Enforcement.OBSERVE));

    Reserved first = reserve(8, hundred, watched);
    Reserved second = reserve(8, hundred, watched);

    assertThat(((Reserved.Held) first).observed()).isEmpty();
    assertThat(((Reserved.Held) second).observed()).singleElement().satisfies(refused -> {
      assertThat(refused.account()).isEqualTo(watched);
      assertThat(refused.reason()).isEqualTo(Reason.HELD);
      assertThat(refused.balance().held()).isEqualTo(8);
    });
    balanceIs(watched, 10, 0, 16);
    held(first).settle(nanos(5));
    held(second).release();
    balanceIs(watched, 10, 5, 0);
    refused(reserve(96, hundred, watched));
    balanceIs(watched, 10, 5, 0);
    assertThat(ledger.room(List.of(watched), NOON).of(Measure.USD)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void handlesOfAnotherLedgerAreRefused() throws Exception {
    Account foreign = new InMemoryLedger().open(complete(total("ten", 10)), "", NOON);

    assertThatThrownBy(() -> reserve(1, hundred, foreign))
        .isInstanceOf(IllegalArgumentException.class);
    balanceIs(hundred, 100, 0, 0);
  }

  // Ending

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 39, 40, 41, 1_000})
  void aSettlementChargesTheBillOnce(long bill) {
    Ticket ticket = hold(40, hundred);

    assertThat(ticket.settle(nanos(bill))).isEqualTo(Ending.ENDED);
    assertThat(ticket.settle(nanos(bill + 1))).isEqualTo(Ending.NONE);
    assertThat(ticket.release()).isEqualTo(Ending.NONE);
    assertThat(ticket.abandon()).isFalse();
    assertThat(ticket.writeOff()).isFalse();

    balanceIs(hundred, 100, bill, 0);
  }

  @Test
  void aReleaseGivesEverythingBackOnce() {
    Ticket ticket = hold(40, hundred);

    assertThat(ticket.release()).isEqualTo(Ending.ENDED);
    assertThat(ticket.settle(nanos(40))).isEqualTo(Ending.NONE);

    balanceIs(hundred, 100, 0, 0);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 39, 40, 41, 1_000})
  void whatWasAbandonedIsChargedUntilASettlementCorrectsIt(long bill) {
    Ticket ticket = hold(40, hundred);

    assertThat(ticket.abandon()).isTrue();
    assertThat(ticket.abandon()).isFalse();
    balanceIs(hundred, 100, 40, 0);
    assertThat(ticket.settle(nanos(bill))).isEqualTo(Ending.CORRECTED);
    assertThat(ticket.settle(nanos(7))).isEqualTo(Ending.NONE);

    balanceIs(hundred, 100, bill, 0);
    assertThat(leasesEnded).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 39, 40, 41, 1_000})
  void whatWasWrittenOffIsGivenBackUntilASettlementChargesIt(long bill) {
    Ticket ticket = hold(40, hundred);
    assertThat(ticket.writeOff()).isFalse();
    ticket.abandon();

    assertThat(ticket.writeOff()).isTrue();
    assertThat(ticket.writeOff()).isFalse();
    balanceIs(hundred, 100, 0, 0);
    assertThat(ticket.settle(nanos(bill))).isEqualTo(Ending.RECHARGED);
    assertThat(ticket.settle(nanos(7))).isEqualTo(Ending.NONE);

    balanceIs(hundred, 100, bill, 0);
  }

  @Test
  void ofManyThatEndOneTicketOneIsCounted() throws Exception {
    try (Race race = new Race(4)) {
      for (int round = 0; round < 200; round++) {
        Account account = open(total("hundred", 100), "round=" + round);
        Ticket ticket = hold(60, account);

        List<Object> endings = race.run(List.of(
            () -> ticket.settle(nanos(10)),
            () -> ticket.settle(nanos(20)),
            ticket::abandon,
            () -> ledger.reap(LEASE_END)));

        long bill = endings.get(0) == Ending.NONE ? 20 : 10;
        assertThat(endings.subList(0, 2)).containsOnlyOnce(Ending.NONE);
        balanceIs(account, 100, bill, 0);
      }
    }
  }

  // The end of a lease

  @Test
  void aHoldBecomesAChargeWhenItsLeaseEndsAndIsToldOnce() {
    Ticket ticket = hold(40, hundred);

    assertThat(ledger.reap(LEASE_END.minusNanos(1))).isZero();
    balanceIs(hundred, 100, 0, 40);
    assertThat(ledger.reap(LEASE_END)).isEqualTo(1);
    assertThat(ledger.reap(LEASE_END)).isZero();

    balanceIs(hundred, 100, 40, 0);
    assertThat(leasesEnded).hasValue(1);
    assertThat(ticket.abandon()).isFalse();
    assertThat(ticket.settle(nanos(25))).isEqualTo(Ending.CORRECTED);
    balanceIs(hundred, 100, 25, 0);
  }

  @Test
  void aCallThatMeetsALeaseThatIsOverIsToldThatItsMoneyIsSpent() {
    hold(60, hundred);

    assertThat(refused(reserveAt(LEASE_END.minusNanos(1), 41, hundred)).reason())
        .isEqualTo(Reason.HELD);
    assertThat(refused(reserveAt(LEASE_END, 41, hundred)).reason()).isEqualTo(Reason.EXHAUSTED);

    assertThat(leasesEnded).hasValue(1);
  }

  @Test
  void aSlotComesBackWhenTheLeaseEndsAndIsNotCorrected() {
    Budget budget = Budget.of("slots", Measure.CONCURRENT_CALLS, 1, Window.TOTAL);
    Account slots = add(budget);
    Amounts call = new Amounts(1, 0, 0, 1);
    Ticket forgotten = held(ledger.reserve(demand(NOON, call, slots)));

    ledger.reap(LEASE_END);

    balanceIs(slots, 1, 0, 0);
    Ticket next = held(ledger.reserve(demand(NOON, call, slots)));
    assertThat(forgotten.settle(call)).isEqualTo(Ending.CORRECTED);
    balanceIs(slots, 1, 0, 1);
    next.release();
    balanceIs(slots, 1, 0, 0);
  }

  // Charges of before

  @Test
  void whatWasSpentBeforeIsChargedWhateverTheLimit() {
    ledger.charge(ten, nanos(14), NOON);

    balanceIs(ten, 10, 14, 0);
    assertThat(refused(reserve(1, ten)).reason()).isEqualTo(Reason.EXHAUSTED);
  }

  @Test
  void aDemandOfBeforeIsChargedOnAllItsAccountsWhateverTheirLimits() {
    hold(9, ten).settle(nanos(9));
    hold(1, ten);

    Ticket ticket = charged(15, ten, hundred);

    balanceIs(ten, 10, 24, 1);
    balanceIs(hundred, 100, 15, 0);
    assertThat(refused(reserve(1, ten)).reason()).isEqualTo(Reason.EXHAUSTED);
    assertThat(ticket.settle(nanos(3))).isEqualTo(Ending.CORRECTED);
    balanceIs(ten, 10, 12, 1);
    balanceIs(hundred, 100, 3, 0);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 39, 40, 41, 1_000})
  void whatIsKnownLaterOfADemandOfBeforeCorrectsItsChargeOnce(long bill) {
    Ticket ticket = charged(40, hundred);
    assertThat(ticket.abandon()).isFalse();

    assertThat(ticket.settle(nanos(bill))).isEqualTo(Ending.CORRECTED);
    assertThat(ticket.settle(nanos(7))).isEqualTo(Ending.NONE);
    assertThat(ticket.writeOff()).isFalse();

    balanceIs(hundred, 100, bill, 0);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 39, 40, 41, 1_000})
  void aDemandOfBeforeIsWrittenOffOnceAndChargedAgainByASettlement(long bill) {
    Ticket ticket = charged(40, hundred);

    assertThat(ticket.writeOff()).isTrue();
    assertThat(ticket.writeOff()).isFalse();
    balanceIs(hundred, 100, 0, 0);
    hold(100, hundred).release();
    assertThat(ticket.settle(nanos(bill))).isEqualTo(Ending.RECHARGED);

    balanceIs(hundred, 100, bill, 0);
  }

  @Test
  void theLeaseOfADemandOfBeforeIsOverAndNobodyIsToldOfIt() {
    Ticket ticket = charged(40, hundred);

    assertThat(ledger.reap(Instant.MAX)).isZero();

    assertThat(leasesEnded).hasValue(0);
    balanceIs(hundred, 100, 40, 0);
    assertThat(ticket.release()).isEqualTo(Ending.CORRECTED);
    balanceIs(hundred, 100, 0, 0);
  }

  @Test
  void aDemandOfBeforeIsChargedOnceOnAnAccountThatItNamesTwice() {
    Ticket ticket = charged(40, hundred, ten, hundred);

    balanceIs(hundred, 100, 40, 0);
    balanceIs(ten, 10, 40, 0);
    ticket.settle(nanos(1));
    balanceIs(hundred, 100, 1, 0);
  }

  @Test
  void accountsThatObserveAreChargedForADemandOfBeforeToo() {
    Account watched = add(total("watched", 10).enforcement(Enforcement.OBSERVE));

    Ticket ticket = charged(40, hundred, watched);

    balanceIs(watched, 10, 40, 0);
    balanceIs(hundred, 100, 40, 0);
    ticket.writeOff();
    balanceIs(watched, 10, 0, 0);
    ticket.settle(nanos(5));
    balanceIs(watched, 10, 5, 0);
  }

  @Test
  void anAccountThatWasSweptIsChargedForADemandOfBefore() {
    Account watched = add(daily("watched", 10).enforcement(Enforcement.OBSERVE));
    assertThat(ledger.sweep(TOMORROW)).isPositive();

    Ticket ticket = ledger.charged(demand(TOMORROW, nanos(4), day, hundred, watched));

    for (Account account : List.of(day, hundred, watched)) {
      assertThat(ledger.balance(account, TOMORROW).settled()).isEqualTo(4);
      assertThat(ledger.balance(account, TOMORROW).held()).isZero();
    }
    ticket.settle(nanos(1));
    for (Account account : List.of(day, hundred, watched)) {
      assertThat(ledger.balance(account, TOMORROW).settled()).isEqualTo(1);
    }
  }

  @Test
  void aDemandOfBeforeHoldsNoSlot() {
    Account slots = add(Budget.of("slots", Measure.CONCURRENT_CALLS, 1, Window.TOTAL));
    Amounts call = new Amounts(4, 0, 0, 1);
    held(ledger.reserve(demand(NOON, call, slots)));

    Ticket ticket = ledger.charged(demand(NOON, call, slots, hundred));

    balanceIs(slots, 1, 0, 1);
    balanceIs(hundred, 100, 4, 0);
    ticket.settle(call);
    balanceIs(slots, 1, 0, 1);
  }

  @Test
  void aDemandOfBeforeIsChargedToItsWindow() {
    Ticket ticket = ledger.charged(demand(NOON, nanos(8), day));
    assertThat(ledger.balance(day, NOON)).isEqualTo(new Balance(10, 8, 0, MIDNIGHT));
    held(reserveAt(TOMORROW, 3, day));

    ticket.settle(nanos(1));

    assertThat(ledger.balance(day, TOMORROW).settled()).isZero();
    assertThat(ledger.balance(day, TOMORROW).held()).isEqualTo(3);
  }

  @Test
  void aDemandOfBeforeLeavesARollingWindowWithItsTime() {
    Account rolling =
        add(Budget.of("rolling", Measure.USD, 10, Window.rolling(Duration.ofHours(1))));

    Ticket ticket = ledger.charged(demand(NOON, nanos(12), rolling));
    balanceIs(rolling, 10, 12, 0);
    ticket.settle(nanos(7));
    balanceIs(rolling, 10, 7, 0);

    assertThat(refused(reserveAt(NOON.plusSeconds(3_500), 4, rolling)).reason())
        .isEqualTo(Reason.EXHAUSTED);
    held(reserveAt(NOON.plusSeconds(3_720), 10, rolling));
  }

  @Test
  void aDemandOfBeforeThatNoBudgetCoversIsATicketAllTheSame() {
    Ticket ticket = charged(40);

    assertThat(ticket.settle(nanos(1))).isEqualTo(Ending.CORRECTED);
    assertThat(ticket.settle(nanos(1))).isEqualTo(Ending.NONE);
  }

  // Windows

  @Test
  void aNewDayStartsEmptyAndALateSettlementStaysInItsOwn() {
    Ticket late = hold(8, day);
    assertThat(ledger.balance(day, NOON).resetsAt()).isEqualTo(MIDNIGHT);
    held(reserveAt(MIDNIGHT, 10, day)).settle(nanos(3));

    late.settle(nanos(9));

    assertThat(ledger.balance(day, MIDNIGHT))
        .isEqualTo(
            new Balance(10, 3, 0, TOMORROW.minus(Duration.ofHours(12)).plus(Duration.ofDays(1))));
  }

  @Test
  void aClockThatStepsBackStaysInTheLatestWindow() {
    held(reserveAt(TOMORROW, 6, day)).settle(nanos(6));

    assertThat(refused(reserve(5, day)).reason()).isEqualTo(Reason.EXHAUSTED);
    held(reserve(4, day));
  }

  @Test
  void aRollingWindowForgetsWhatIsOlder() {
    Account rolling =
        add(Budget.of("rolling", Measure.USD, 10, Window.rolling(Duration.ofHours(1))));
    held(reserve(10, rolling)).settle(nanos(10));

    assertThat(refused(reserveAt(NOON.plusSeconds(3_500), 1, rolling)).reason())
        .isEqualTo(Reason.EXHAUSTED);

    held(reserveAt(NOON.plusSeconds(3_720), 10, rolling));
  }

  @Test
  void aSweepForgetsNothingThatCounts() {
    hold(3, day).settle(nanos(3));
    hold(4, hundred).settle(nanos(4));
    Ticket open = hold(5, ten);

    ledger.sweep(NOON);

    assertThat(ledger.balance(day, NOON).settled()).isEqualTo(3);
    balanceIs(hundred, 100, 4, 0);
    balanceIs(ten, 10, 0, 5);
    open.settle(nanos(2));
    balanceIs(ten, 10, 2, 0);
    ledger.sweep(TOMORROW);
    assertThat(ledger.balance(day, TOMORROW).settled()).isZero();
    balanceIs(hundred, 100, 4, 0);
    assertThat(ledger.accounts()).contains(hundred);
  }

  // Room

  @Test
  void roomIsTheLeastAndUnspentLeavesWhatIsHeldOut() {
    hold(2, ten, hundred).settle(nanos(2));
    hold(3, ten, hundred);

    assertThat(ledger.room(List.of(hundred, ten), NOON).of(Measure.USD)).isEqualTo(5);
    assertThat(ledger.unspent(List.of(hundred, ten), NOON).of(Measure.USD)).isEqualTo(8);
    assertThat(ledger.room(List.of(hundred), NOON).of(Measure.USD)).isEqualTo(95);
    assertThat(ledger.room(List.of(hundred), NOON).of(Measure.TOKENS)).isEqualTo(Long.MAX_VALUE);
    charged(200, hundred);
    Room overdrawn = ledger.room(List.of(hundred), NOON);
    assertThat(overdrawn.of(Measure.USD)).isZero();
    assertThat(overdrawn.fits(nanos(1))).isFalse();
  }

  @Test
  void whoWantsRoomIsToldWhenSomethingIsGivenBack() {
    List<Account> told = new CopyOnWriteArrayList<>();
    ledger.onRoom(told::add);
    Ticket ticket = hold(8, ten, hundred);
    told.clear();

    ticket.settle(nanos(1));

    assertThat(told).contains(ten, hundred);
    told.clear();
    Ticket orphan = charged(50, hundred);
    orphan.writeOff();
    assertThat(told).contains(hundred);
  }

  // Grants and changes of the budgets

  @Test
  void aGrantRaisesTheLimitOfOneAccountUntilToldOtherwise() {
    Budget budget = complete(total("ten", 10));
    Account alice = open(total("ten", 10), "key=alice");

    ledger.grant(budget, "key=alice", 5);
    ledger.grant(budget, "key=bob", 7);

    balanceIs(alice, 15, 0, 0);
    balanceIs(ten, 10, 0, 0);
    balanceIs(open(total("ten", 10), "key=bob"), 17, 0, 0);
    hold(15, alice).settle(nanos(15));
    ledger.grant(budget, "key=alice", 0);
    balanceIs(alice, 10, 15, 0);
    assertThat(refused(reserve(1, alice)).reason()).isEqualTo(Reason.EXHAUSTED);
  }

  @Test
  void aBudgetKeepsItsAccountsUnderANewLimitAndName() {
    Ticket open = hold(5, hundred);
    hold(30, hundred).settle(nanos(30));

    List<Budget> fresh = ledger.revise(
        budgets(total("ten", 10), total("fifty", 50), daily("day", 10), daily("new", 1)));

    assertThat(fresh).extracting(Budget::name).containsExactly("new");
    Account fifty = open(total("fifty", 50), "");
    balanceIs(fifty, 50, 30, 5);
    assertThat(fifty.budget().limit()).isEqualTo(50);
    open.settle(nanos(6));
    balanceIs(fifty, 50, 36, 0);
    assertThat(refused(reserve(15, fifty)).reason()).isEqualTo(Reason.EXHAUSTED);
    hold(14, fifty);
  }

  @Test
  void anOpenTicketDrawsOnABudgetThatWasPutInForceMeanwhile() {
    Ticket open = hold(5, hundred);
    Ticket provisional = charged(20, hundred);
    Account late = add(total("late", 3));

    open.extend(List.of(late, hundred));
    provisional.extend(List.of(late));

    balanceIs(late, 3, 0, 5);
    balanceIs(hundred, 100, 20, 5);
    open.settle(nanos(2));
    balanceIs(late, 3, 2, 0);
    balanceIs(hundred, 100, 22, 0);
  }
}
