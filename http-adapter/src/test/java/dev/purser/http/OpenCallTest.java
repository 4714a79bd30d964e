package dev.purser.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AbandonReason;
import dev.purser.api.Attribution;
import dev.purser.api.BudgetGuard;
import dev.purser.api.SeenUsage;
import dev.purser.api.Settlement;
import dev.purser.api.Usage;
import dev.purser.wire.Meter.Reading;
import org.junit.jupiter.api.Test;

/** Promise 2: whatever ends a call, and however often, one ending reaches the reservation. */
class OpenCallTest {

  private static final Settlement COST = Settlement.of(Usage.ofTokens(12, 7));

  private final RecordingReservation reservation = new RecordingReservation();
  private final OpenCall call = new OpenCall(
      reservation,
      new FaultBarrier(
          BudgetGuard.noop(),
          Head.BARE,
          Attribution.NONE,
          System.getLogger(OpenCallTest.class.getName())));

  @Test
  void theFirstEndingIsTheOnlyOne() {
    call.end(new Reading(true, COST, null), AbandonReason.NO_USAGE);
    call.abandon(AbandonReason.CLOSED_EARLY);
    call.release();
    call.end(new Reading(true, COST, null), AbandonReason.NO_USAGE);

    assertThat(reservation.endings).containsExactly(COST);
    assertThat(call.ended()).isTrue();
  }

  @Test
  void anAnswerThatSaysNothingIsChargedForTheReasonItHas() {
    call.end(new Reading(true, null, AbandonReason.MALFORMED_ANSWER), AbandonReason.NO_USAGE);

    assertThat(reservation.endings).containsExactly(AbandonReason.MALFORMED_ANSWER);
  }

  @Test
  void whatWasSeenOfACutAnswerIsToldWithTheReason() {
    SeenUsage seen = new SeenUsage(Usage.ofTokens(12, 0), true, false, 40, false, null, null, null);
    call.end(new Reading(false, null, null, seen), AbandonReason.CLOSED_EARLY);

    assertThat(reservation.endings).containsExactly(AbandonReason.CLOSED_EARLY, seen);
  }
}
