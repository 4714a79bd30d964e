package dev.purser.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AbandonReason;
import dev.purser.api.Attribution;
import dev.purser.api.Denial;
import dev.purser.api.SeenUsage;
import dev.purser.api.Settlement;
import dev.purser.api.UnmeteredCall;
import dev.purser.api.Usage;
import dev.purser.wire.Meter.Reading;
import dev.purser.wire.Remarks;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Promise 2: whatever ends a call, and however often, one ending reaches the reservation. */
class OpenCallTest {

  private static final Settlement COST = Settlement.of(Usage.ofTokens(12, 7));

  private final RecordingReservation reservation = new RecordingReservation();
  private final Notes notes = new Notes();
  private final OpenCall call = new OpenCall(
      reservation,
      new FaultBarrier(
          notes, Head.BARE, Attribution.NONE, System.getLogger(OpenCallTest.class.getName())));

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

  @Test
  void theRecordIsToldBeforeTheCallEndsAndNothingAfterIt() {
    call.status(200);
    call.chunk();
    call.said(remarks("stop", null));
    call.end(new Reading(true, COST, null), AbandonReason.NO_USAGE);
    call.status(500);
    call.failed(new IOException("late"));
    call.said(remarks("late", "late"));

    assertThat(reservation.told).containsExactly("status 200", "chunk", "finish stop");
  }

  @Test
  void anErrorStatusIsCalledByItsNumberUntilItHasAName() {
    call.status(429);
    call.said(remarks(null, "rate_limit_error"));

    assertThat(reservation.told)
        .containsExactly("status 429", "failed http_429", "failed rate_limit_error");
  }

  @Test
  void aFailureIsToldByItsClassAndNeverByItsMessage() {
    call.failed(new SocketTimeoutException("a prompt"));

    assertThat(reservation.told).containsExactly("failed java.net.SocketTimeoutException");
  }

  @Test
  void whatACallThatWasCutFailsWithIsNobodysFault() {
    call.failed(new CallCutException(new Denial(Denial.Reason.FROZEN, "alice", null, "stop")));

    assertThat(reservation.told).isEmpty();
  }

  @Test
  void aTraceThatThrowsIsReportedOnceAndTheCallSettled() {
    reservation.broken = true;
    call.status(429);
    call.chunk();
    call.said(remarks("stop", null));
    call.end(new Reading(true, COST, null), AbandonReason.NO_USAGE);

    assertThat(reservation.endings).containsExactly(COST);
    assertThat(notes.unmetered)
        .extracting(UnmeteredCall::why)
        .containsExactly("fault in the trace: java.lang.IllegalStateException");
  }

  private static Remarks remarks(@Nullable String reason, @Nullable String error) {
    return new Remarks() {
      @Override
      public @Nullable String finishReason() {
        return reason;
      }

      @Override
      public @Nullable String errorType() {
        return error;
      }
    };
  }
}
