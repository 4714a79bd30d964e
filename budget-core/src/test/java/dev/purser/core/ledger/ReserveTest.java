package dev.purser.core.ledger;

import static dev.purser.core.ledger.Demands.NOON;
import static dev.purser.core.ledger.Demands.demand;
import static dev.purser.core.ledger.Demands.held;
import static dev.purser.core.ledger.Demands.hold;
import static dev.purser.core.ledger.Demands.nanos;
import static dev.purser.core.ledger.Demands.open;
import static dev.purser.core.ledger.Demands.refused;
import static dev.purser.core.ledger.Demands.reserve;
import static dev.purser.core.ledger.Demands.total;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.api.Budget;
import dev.purser.api.Measure;
import dev.purser.api.Refusal.Reason;
import dev.purser.api.Window;
import dev.purser.spi.Account;
import dev.purser.spi.Amounts;
import dev.purser.spi.Balance;
import dev.purser.spi.Reserved;
import dev.purser.spi.Room;
import dev.purser.spi.Ticket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReserveTest {

  private final InMemoryLedger ledger = new InMemoryLedger();
  private final Account ten = open(ledger, total("ten", 10), "");
  private final Account hundred = open(ledger, total("hundred", 100), "");

  @Test
  void opensOneAccountForEachBudgetAndScope() {
    Budget budget = total("session", 10);

    Account alice = open(ledger, budget, "key=alice");

    assertThat(open(ledger, total("session", 10), "key=alice")).isSameAs(alice);
    assertThat(open(ledger, budget, "key=bob")).isNotSameAs(alice);
    assertThat(open(ledger, total("other", 10), "key=alice")).isNotSameAs(alice);
    assertThat(alice.budget()).isEqualTo(budget);
    assertThat(alice.scope()).isEqualTo("key=alice");
    assertThat(alice).hasToString("session (key=alice)");
    assertThat(ten).hasToString("ten");
  }

  @Test
  void admitsUpToTheLimitExactly() {
    hold(ledger, 7, ten);
    hold(ledger, 3, ten);

    Reserved.Refused refused = refused(reserve(ledger, 1, ten));

    assertThat(refused.account()).isSameAs(ten);
    assertThat(refused.reason()).isEqualTo(Reason.HELD);
    assertThat(refused.balance()).isEqualTo(new Balance(10, 0, 10, Instant.MAX));
  }

  @Test
  void saysExhaustedWhereChargesAloneLeaveNoRoom() {
    hold(ledger, 6, ten).settle(nanos(6));
    hold(ledger, 4, ten);

    assertThat(refused(reserve(ledger, 4, ten)).reason()).isEqualTo(Reason.HELD);
    Reserved.Refused refused = refused(reserve(ledger, 5, ten));

    assertThat(refused.reason()).isEqualTo(Reason.EXHAUSTED);
    assertThat(refused.balance()).isEqualTo(new Balance(10, 6, 4, Instant.MAX));
  }

  @Test
  void saysExhaustedOfAnyAccountThatIsEvenIfAnotherIsOnlyHeld() {
    Account narrow = open(ledger, total("narrow", 5), "");
    hold(ledger, 8, ten);

    // "ten" comes first in the order and is only held; 6 never fits into 5.
    Reserved.Refused refused = refused(reserve(ledger, 6, ten, narrow));

    assertThat(refused.account()).isSameAs(narrow);
    assertThat(refused.reason()).isEqualTo(Reason.EXHAUSTED);
  }

  @Test
  void holdsAllAccountsOrNone() {
    Account narrow = open(ledger, total("narrow", 3), "");

    assertThat(refused(reserve(ledger, 4, ten, hundred, narrow)).account()).isSameAs(narrow);

    assertThat(heldOn(ten)).isZero();
    assertThat(heldOn(hundred)).isZero();
    assertThat(heldOn(narrow)).isZero();
    hold(ledger, 3, narrow, hundred, ten);
    assertThat(heldOn(ten)).isEqualTo(3);
    assertThat(heldOn(hundred)).isEqualTo(3);
    assertThat(heldOn(narrow)).isEqualTo(3);
  }

  @Test
  void takesTwentyAccountsInAnyOrderOnceEach() {
    List<Account> accounts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Account account = open(ledger, total("b" + i, 10), "");
      accounts.add(account);
      accounts.add(account);
    }
    Collections.shuffle(accounts, new Random(7));

    Ticket ticket = hold(ledger, 6, accounts.toArray(Account[]::new));

    assertThat(accounts).allSatisfy(account -> assertThat(heldOn(account)).isEqualTo(6));
    ticket.settle(nanos(2));
    assertThat(accounts)
        .allSatisfy(account -> assertThat(ledger.balance(account, NOON))
            .isEqualTo(new Balance(10, 2, 0, Instant.MAX)));
  }

  @Test
  void aSessionThatIsItsOwnAncestorIsTakenOnce() {
    hold(ledger, 6, ten, ten);

    assertThat(heldOn(ten)).isEqualTo(6);
  }

  @Test
  void holdsEachAccountByItsOwnMeasure() {
    Account tokens = open(ledger, Budget.of("tokens", Measure.TOKENS, 1000, Window.TOTAL), "");
    Account requests = open(ledger, Budget.of("requests", Measure.REQUESTS, 2, Window.TOTAL), "");

    Ticket ticket =
        held(ledger.reserve(demand(NOON, new Amounts(5, 700, 0, 1), ten, tokens, requests)));

    assertThat(heldOn(ten)).isEqualTo(5);
    assertThat(heldOn(tokens)).isEqualTo(700);
    assertThat(heldOn(requests)).isEqualTo(1);
    ticket.settle(new Amounts(2, 300, 0, 1));
    Room room = ledger.room(List.of(ten, tokens, requests), NOON);
    assertThat(room.of(Measure.USD)).isEqualTo(8);
    assertThat(room.of(Measure.TOKENS)).isEqualTo(700);
    assertThat(room.of(Measure.REQUESTS)).isEqualTo(1);
  }

  @Test
  void aFreeCallPassesAFullAndAnOverdrawnBudget() {
    hold(ledger, 10, ten).settle(nanos(10));
    held(reserve(ledger, 0, ten));
    hold(ledger, 100, hundred).settle(nanos(500));

    held(reserve(ledger, 0, ten, hundred));

    assertThat(refused(reserve(ledger, 1, hundred)).balance())
        .isEqualTo(new Balance(100, 500, 0, Instant.MAX));
  }

  @Test
  void aCallThatLookedFreeIsChargedWhatItCost() {
    Ticket ticket = held(reserve(ledger, 0, ten, hundred));

    ticket.settle(nanos(4));

    assertThat(ledger.balance(ten, NOON).settled()).isEqualTo(4);
    assertThat(ledger.balance(hundred, NOON).settled()).isEqualTo(4);
  }

  @Test
  void aCallThatNoBudgetCoversPasses() {
    Ticket ticket = held(reserve(ledger, Long.MAX_VALUE));

    assertThat(ticket.settle(nanos(1))).isEqualTo(Ticket.Ending.ENDED);
  }

  @Test
  void amountsAndLimitsOfAnySizeDoNotOverflow() {
    Account most = open(ledger, total("most", Long.MAX_VALUE), "");

    Ticket ticket = hold(ledger, Long.MAX_VALUE, most);
    assertThat(refused(reserve(ledger, 1, most)).reason()).isEqualTo(Reason.HELD);
    assertThat(refused(reserve(ledger, Long.MAX_VALUE, most, ten)).account()).isSameAs(ten);
    ticket.release();
    hold(ledger, Long.MAX_VALUE - 1, most).settle(nanos(Long.MAX_VALUE - 1));

    assertThat(refused(reserve(ledger, 2, most)).reason()).isEqualTo(Reason.EXHAUSTED);
    assertThat(refused(reserve(ledger, Long.MAX_VALUE, most)).reason()).isEqualTo(Reason.EXHAUSTED);
    hold(ledger, 1, most);
  }

  @Test
  void aBillThatNoLongCanHoldLeavesTheBudgetFull() {
    Ticket first = hold(ledger, 4, ten);
    Ticket second = hold(ledger, 4, ten);

    first.settle(nanos(Long.MAX_VALUE));
    second.settle(nanos(Long.MAX_VALUE));

    assertThat(ledger.balance(ten, NOON))
        .isEqualTo(new Balance(10, Long.MAX_VALUE, 0, Instant.MAX));
    assertThat(ledger.room(List.of(ten), NOON).of(Measure.USD)).isZero();
    assertThat(refused(reserve(ledger, 1, ten)).reason()).isEqualTo(Reason.EXHAUSTED);
  }

  @Test
  void roomIsTheLeastOfEachMeasureAndNeverNegative() {
    Account tokens = open(ledger, Budget.of("tokens", Measure.TOKENS, 1000, Window.TOTAL), "");

    Room room = ledger.room(List.of(hundred, ten, tokens), NOON);
    assertThat(room.of(Measure.USD)).isEqualTo(10);
    assertThat(room.of(Measure.TOKENS)).isEqualTo(1000);
    assertThat(room.of(Measure.REQUESTS)).isEqualTo(Long.MAX_VALUE);
    hold(ledger, 1, ten).settle(nanos(11));

    assertThat(ledger.room(List.of(hundred, ten), NOON).of(Measure.USD)).isZero();
  }

  @Test
  void refusesHandlesOfAnotherLedger() {
    Account foreign = open(new InMemoryLedger(), total("ten", 10), "");
    Account homemade = new Account() {
      @Override
      public Budget budget() {
        return total("ten", 10);
      }

      @Override
      public String scope() {
        return "";
      }
    };

    assertThatThrownBy(() -> reserve(ledger, 1, ten, foreign))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not an account of this ledger: ten");
    assertThatThrownBy(() -> ledger.balance(homemade, NOON))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(heldOn(ten)).isZero();
  }

  private long heldOn(Account account) {
    return ledger.balance(account, NOON).held();
  }
}
