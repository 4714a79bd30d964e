package dev.purser.core;

import static dev.purser.core.Guard.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Alert;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.Dimension;
import dev.purser.api.Refusal;
import dev.purser.api.SpendRecord;
import dev.purser.api.Usd;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A budget that only watches: a dry run to introduce it with. */
class ObservingBudgetTest {

  private static final Attribution ALICE = Attribution.key("alice");

  @Test
  void callsPassAndAreCountedAndRecordedAsWhatWouldHaveBeenRefused() {
    Guard guard =
        Guard.on(Budget.daily("trial", Usd.of("0.10")).per(Dimension.KEY).observe());
    guard.spend(10_000, ALICE);
    guard.spend(5_000, ALICE);
    guard.spend(5_000, Attribution.key("bob"));
    guard.close();

    assertThat(guard.balance("trial", "key=alice").settled()).isEqualTo(150_000_000);
    List<SpendRecord> observed = guard.records.stream()
        .filter(record -> record.outcome() == SpendRecord.Outcome.OBSERVED)
        .toList();
    assertThat(observed).singleElement().satisfies(record -> {
      Refusal would = Objects.requireNonNull(record.refusal());
      assertThat(would.reason()).isEqualTo(Refusal.Reason.EXHAUSTED);
      assertThat(would.scope()).isEqualTo("key=alice");
      assertThat(would.settled()).isEqualTo(100_000_000);
      assertThat(would.requested()).isEqualTo(50_000_000);
      assertThat(record.costNanoUsd()).isZero();
    });
    assertThat(guard.purser.counters())
        .containsEntry("calls.observed.exhausted", 1L)
        .containsEntry("calls.settled", 3L);
  }

  @Test
  void whatIsToldDoesNotCountTheCallItself() {
    Guard guard = Guard.on(
        Budget.daily("trial", Usd.of("0.01")).observe(),
        Budget.rolling("hour", Usd.of("0.01"), Duration.ofHours(1)).observe());
    guard.hold(call(9_000));
    guard.close();

    assertThat(guard.records).hasSize(2).allSatisfy(record -> {
      Refusal would = Objects.requireNonNull(record.refusal());
      assertThat(would.held()).isZero();
      assertThat(would.requested()).isEqualTo(90_000_000);
      assertThat(would.resetsAt()).isAfter(guard.clock.instant());
    });
  }

  @Test
  void itAlertsOncePerAccountAndWindow() {
    Guard guard = Guard.on(
        Budget.daily("trial", Usd.of("0.01")).per(Dimension.KEY).observe(),
        Budget.rolling("hour", Usd.of("0.01"), Duration.ofHours(1)).observe());
    for (int i = 0; i < 5; i++) {
      guard.spend(2_000, ALICE);
      guard.spend(2_000, Attribution.key("bob"));
    }
    guard.clock.forward(Duration.ofDays(1));
    guard.spend(2_000, ALICE);
    guard.close();

    assertThat(guard.alerts)
        .filteredOn(alert -> alert.kind() == Alert.Kind.WOULD_REFUSE)
        .extracting(Alert::subject)
        .containsExactlyInAnyOrder(
            "trial key=alice", "trial key=bob", "trial key=alice", "hour", "hour");
  }

  @Test
  void itNeverRefusesNorLowersACapNorMakesACallWait() {
    Guard guard = new Guard(builder -> Guard.with(
        builder.owner("dana").maxWait(Duration.ofMinutes(1)),
        Budget.daily("trial", Usd.of("0.01")).observe(),
        Budget.concurrent("slots", 1).observe()));
    guard.hold(call(9_000));
    guard.hold(call(9_000));

    assertThat(guard.balance("trial", "").held()).isEqualTo(180_000_000);
    assertThat(guard.balance("slots", "").held()).isEqualTo(2);
  }

  @Test
  void aCallThatABlockingBudgetRefusesIsNotCountedByAnObservingOne() {
    Guard guard =
        Guard.on(Budget.daily("trial", Usd.of("1")).observe(), Budget.daily("cap", Usd.of("0.01")));

    assertThat(guard.refusal(call(9_000)).budget()).isEqualTo("cap");
    assertThat(guard.balance("trial", "").held()).isZero();
  }

  @Test
  void itCanBePutInForceWithWhatItHasCounted() {
    Budget trial = Budget.daily("trial", Usd.of("0.10")).observe();
    Guard guard = Guard.on(trial);
    guard.spend(9_500, ALICE);

    guard.purser.revise(List.of(trial.enforcement(dev.purser.api.Enforcement.BLOCK)));

    assertThat(guard.refusal(call(1_000)).settled()).isEqualTo(95_000_000);
  }
}
