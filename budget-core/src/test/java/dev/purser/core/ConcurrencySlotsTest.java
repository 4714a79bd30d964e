package dev.purser.core;

import static dev.purser.core.Guard.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AbandonReason;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.Dimension;
import dev.purser.api.Refusal;
import dev.purser.api.Reservation;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Trap 18: a concurrency slot leaks on time-out, or on normal completion of one route. */
class ConcurrencySlotsTest {

  private static final Attribution ALICE = Attribution.key("alice");

  private final Guard guard = Guard.on(
      Budget.concurrent("slots", 3).per(Dimension.KEY), Budget.total("all", Usd.of("1000")));

  private List<Reservation> takeAll() {
    List<Reservation> open = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      open.add(guard.hold(call(1_000, ALICE)));
    }
    Refusal refusal = guard.refusal(call(1_000, ALICE));
    assertThat(refusal.budget()).isEqualTo("slots");
    assertThat(refusal.reason()).isEqualTo(Refusal.Reason.HELD);
    return open;
  }

  @Test
  void aSlotComesBackHoweverTheCallEnds() {
    for (int round = 0; round < 10; round++) {
      List<Reservation> open = takeAll();
      open.get(0).settle(Usage.ofTokens(0, 10));
      open.get(1).release();
      open.get(2).abandon(AbandonReason.CLOSED_EARLY);
      assertThat(guard.balance("slots", "key=alice").held()).isZero();
    }
    assertThat(guard.balance("slots", "key=alice").settled()).isZero();
  }

  @Test
  void aSlotComesBackWhenItsLeaseEndsAndOnlyOnce() {
    List<Reservation> open = takeAll();
    guard.clock.forward(Duration.ofMinutes(16));

    // The call that finds the slots taken finds the leases over too.
    List<Reservation> next = takeAll();
    open.forEach(late -> late.settle(Usage.ofTokens(0, 10)));
    open.forEach(Reservation::close);

    assertThat(guard.balance("slots", "key=alice").held()).isEqualTo(3);
    next.forEach(Reservation::release);
    assertThat(guard.balance("slots", "key=alice").held()).isZero();
  }

  @Test
  void aBillOfAnySizeTakesNoSlot() {
    Reservation call = guard.hold(call(1_000, ALICE));
    call.settle(Usage.ofTokens(0, 50_000));

    assertThat(guard.balance("slots", "key=alice").remaining()).isEqualTo(3);
  }
}
