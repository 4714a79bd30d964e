package dev.purser.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AbandonReason;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.Reservation;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.Usage;
import dev.purser.api.UsageSource;
import dev.purser.api.Usd;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Trap 22: the client goes away in mid-answer; the provider bills, and nothing is recorded. */
class ClientGoesAwayIsChargedTrap22Test {

  private static final long RESERVED = 10_000_000;

  /** How a client goes away, and what its record says of it. */
  @SuppressWarnings("ImmutableEnumChecker") // they hold no state
  private enum Way {
    BY_CLOSING("not_settled", (guard, call) -> call.close()),
    BY_CANCELLING("closed_early", (guard, call) -> {
      boolean unused = call.abandon(AbandonReason.CLOSED_EARLY);
    }),
    BY_NEVER_COMING_BACK("lease_ended", (guard, call) -> {
      guard.clock.forward(Duration.ofDays(1));
      guard.reap();
    });

    private final String reason;
    private final BiConsumer<Guard, Reservation> goAway;

    Way(String reason, BiConsumer<Guard, Reservation> goAway) {
      this.reason = reason;
      this.goAway = goAway;
    }
  }

  private final Guard guard = Guard.on(Budget.total("money", Usd.of("1")));

  @ParameterizedTest
  @EnumSource
  void itIsChargedWhatWasReservedAndRecordedOnce(Way way) {
    Reservation call = guard.hold(Guard.call(1_000, Attribution.key("k")));

    way.goAway.accept(guard, call);
    call.close();

    assertThat(guard.balance("money", "").settled()).isEqualTo(RESERVED);
    assertThat(guard.balance("money", "").held()).isZero();
    guard.close();
    assertThat(guard.records).singleElement().satisfies(record -> {
      assertThat(record.outcome()).isEqualTo(Outcome.ABANDONED);
      assertThat(record.reason()).isEqualTo(way.reason);
      assertThat(record.usageSource()).isEqualTo(UsageSource.RESERVED);
      assertThat(record.spentNanoUsd()).isEqualTo(RESERVED);
    });
  }

  @ParameterizedTest
  @EnumSource
  void theBillThatComesAllTheSameCorrectsIt(Way way) {
    Reservation call = guard.hold(Guard.call(1_000, Attribution.key("k")));
    way.goAway.accept(guard, call);

    assertThat(call.settle(Usage.ofTokens(0, 300))).isTrue();

    assertThat(guard.balance("money", "").settled()).isEqualTo(3_000_000);
    guard.close();
    List<SpendRecord> records = guard.records;
    assertThat(records)
        .extracting(SpendRecord::outcome)
        .containsExactly(Outcome.ABANDONED, Outcome.CORRECTED);
    assertThat(records.stream().mapToLong(SpendRecord::spentNanoUsd).sum()).isEqualTo(3_000_000);
  }
}
