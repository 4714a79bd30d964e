package dev.purser.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AbandonReason;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.CapSuggestion;
import dev.purser.api.Dimension;
import dev.purser.api.Reservation;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** 3 to 5 times the median active day. */
class SuggestedCapsTest {

  private static final Attribution ALICE = Attribution.key("alice").team("platform");
  private static final Attribution BOB = Attribution.key("a,b\\c").team("platform");

  private final Guard guard = Guard.on(Budget.total("all", Usd.of("1000")));

  private void nextDay() {
    guard.clock.forward(Duration.ofDays(1));
    guard.sweep();
  }

  @Test
  void nothingIsSuggestedBeforeADayIsOver() {
    guard.spend(10_000, ALICE);

    assertThat(guard.purser.suggestedCaps(Dimension.KEY)).isEmpty();
  }

  @Test
  void itIsThreeToFiveTimesTheMedianOfTheActiveDaysThatAreOver() {
    long[] days = {3_000, 0, 1_000, 50_000, 0, 2_000, 7_000};
    for (long output : days) {
      if (output > 0) {
        guard.spend(output / 2, ALICE);
        guard.clock.forward(Duration.ofHours(6));
        guard.spend(output - output / 2, ALICE);
        guard.clock.forward(Duration.ofHours(-6));
      }
      nextDay();
    }
    guard.spend(90_000, ALICE);

    assertThat(guard.purser.suggestedCaps(Dimension.KEY))
        .containsExactly(
            new CapSuggestion(Dimension.KEY, "alice", 5, 30_000_000, 90_000_000, 150_000_000));
  }

  @Test
  void ofAnEvenNumberOfDaysTheLowerOfTheTwoInTheMiddleCounts() {
    guard.spend(4_000, ALICE);
    nextDay();
    guard.spend(1_000, ALICE);
    nextDay();

    assertThat(guard.purser.suggestedCaps(Dimension.KEY))
        .singleElement()
        .extracting(CapSuggestion::medianNanoUsd)
        .isEqualTo(10_000_000L);
  }

  @Test
  void theHighestComesFirstAndEachValueIsReadAsItWasSaid() {
    guard.spend(1_000, ALICE);
    guard.spend(2_000, BOB);
    nextDay();

    assertThat(guard.purser.suggestedCaps(Dimension.KEY))
        .extracting(CapSuggestion::value)
        .containsExactly("a,b\\c", "alice");
    assertThat(guard.purser.suggestedCaps(Dimension.TEAM))
        .singleElement()
        .extracting(CapSuggestion::medianNanoUsd)
        .isEqualTo(30_000_000L);
    assertThat(guard.purser.suggestedCaps(Dimension.USER))
        .extracting(CapSuggestion::value)
        .containsExactly(Dimension.NONE);
  }

  @Test
  void aDayWhoseChargesWereTakenBackIsNotActiveEvenIfTheyWereLongAgo() {
    guard.spend(1_000, ALICE);
    nextDay();
    Reservation cut = guard.hold(Guard.call(9_000, ALICE));
    cut.abandon(AbandonReason.STREAM_CUT);
    for (int i = 0; i < 5; i++) {
      nextDay();
    }
    cut.settle(Usage.NONE);

    assertThat(guard.purser.suggestedCaps(Dimension.KEY)).singleElement().satisfies(alice -> {
      assertThat(alice.activeDays()).isEqualTo(1);
      assertThat(alice.medianNanoUsd()).isEqualTo(10_000_000);
    });
  }

  @Test
  void whatIsTooOldToBeKnownByTheDayIsLeftOut() {
    guard.spend(90_000, ALICE);
    guard.clock.forward(Duration.ofDays(500));
    guard.spend(1_000, ALICE);
    nextDay();

    assertThat(guard.purser.suggestedCaps(Dimension.KEY))
        .singleElement()
        .satisfies(alice -> assertThat(alice.activeDays()).isEqualTo(1));
  }

  @Test
  void whatIsTooMuchToBeMultipliedSaturates() {
    assertThat(CapSuggestion.of(Dimension.KEY, "k", 1, Long.MAX_VALUE / 4)).satisfies(cap -> {
      assertThat(cap.lowNanoUsd()).isEqualTo(Long.MAX_VALUE / 4 * 3);
      assertThat(cap.highNanoUsd()).isEqualTo(Long.MAX_VALUE);
    });
  }
}
