package dev.purser.http;

import dev.purser.api.AbandonReason;
import dev.purser.api.CallTrace;
import dev.purser.api.Denial;
import dev.purser.api.Reservation;
import dev.purser.api.SeenUsage;
import dev.purser.api.Settlement;
import dev.purser.wire.Meter;
import dev.purser.wire.Remarks;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An admitted call until its reservation ends, at the first of the events that can end it. Safe for
 * use by several threads, because an answer may be closed by another thread than reads it.
 */
public final class OpenCall {

  private static final String TRACE = "the trace";
  private static final int FIRST_ERROR_STATUS = 400;

  private final Reservation reservation;
  private final FaultBarrier faults;
  private final Function<Denial, ? extends CallCutException> cutting;
  private final AtomicBoolean ended = new AtomicBoolean();

  /** What the call's record is told; of no use any more once it has failed. */
  private volatile CallTrace trace;

  /** Written by whoever freezes the call, before the call is cancelled. */
  private volatile @Nullable Denial cut;

  /** Set before the call is sent. */
  private volatile BooleanSupplier givenUp = () -> false;

  /** Of the answer; plain, because an answer has one reader at a time. */
  private @Nullable Thread reader;

  /** Opens a call. */
  public OpenCall(Reservation reservation, FaultBarrier faults) {
    this(reservation, faults, CallCutException::new);
  }

  /**
   * Opens a call.
   *
   * @param cutting makes what its caller is told if it is cut
   */
  public OpenCall(
      Reservation reservation,
      FaultBarrier faults,
      Function<Denial, ? extends CallCutException> cutting) {
    this.reservation = reservation;
    this.faults = faults;
    this.cutting = cutting;
    CallTrace told = faults.ask(TRACE, reservation::trace);
    trace = told == null ? CallTrace.NONE : told;
  }

  /** Whether something has ended the reservation. */
  public boolean ended() {
    return ended.get();
  }

  /**
   * Lets a freeze cut the call from now on.
   *
   * @param cancel stops what the network does for the call
   * @return the freeze that stands already, so that the call must not be sent; else null
   */
  public @Nullable Denial cuttableBy(Runnable cancel) {
    Optional<Denial> frozen = faults.ask(
        "the freeze",
        () -> reservation.onCut(denial -> {
          cut = denial;
          cancel.run();
        }));
    return frozen == null ? null : frozen.orElse(null);
  }

  /** Says how to know that its caller has given the call up; to be said before it is sent. */
  public void givenUpIf(BooleanSupplier cancelled) {
    givenUp = cancelled;
  }

  /** Returns the freeze that cut the call, whether or not it had ended by then; null if none did. */
  public @Nullable Denial cutBy() {
    return cut;
  }

  /** Returns what to tell the caller of a call that was cut before it ended; else null. */
  public @Nullable IOException cut() {
    Denial denial = cut;
    return denial == null || ended() ? null : cutting.apply(denial);
  }

  /** Throws if the call was cut, even if it had ended by then. */
  public void mustNotBeCut() throws CallCutException {
    Denial denial = cut;
    if (denial != null) {
      throw cutting.apply(denial);
    }
  }

  /** Returns what to tell the caller of a failure: the freeze that brought it about, if one did. */
  public IOException told(IOException failure) {
    Denial denial = cut;
    if (denial == null || failure instanceof CallCutException) {
      return failure;
    }
    CallCutException told = cutting.apply(denial);
    told.initCause(failure);
    return told;
  }

  private void tell(Consumer<CallTrace> what) {
    CallTrace told = trace;
    if (!ended() && told != CallTrace.NONE && !faults.run(TRACE, () -> what.accept(told))) {
      trace = CallTrace.NONE; // to be reported once
    }
  }

  /** The head of the answer has come; one that is an error is called by its number until it has a name. */
  public void status(int httpStatus) {
    tell(told -> told.status(httpStatus));
    if (httpStatus >= FIRST_ERROR_STATUS) {
      failed("http_" + httpStatus);
    }
  }

  /** A part of the answer's body has come; to be called for the first. */
  public void chunk() {
    tell(CallTrace::chunk);
  }

  /**
   * The network failed, or what stands before it; of a call that was cut, or that its caller gave up,
   * that is nobody's fault.
   */
  public void failed(Throwable failure) {
    if (cut == null && !givenUp.getAsBoolean() && !(failure instanceof CallCutException)) {
      failed(failure.getClass().getName());
    }
  }

  private void failed(String type) {
    tell(told -> told.failed(type));
  }

  /** Returns how many characters of prompt and answer the guard wants to see; 0 for none. */
  int wantedContent() {
    CallTrace asked = trace;
    Integer wanted =
        asked == CallTrace.NONE ? Integer.valueOf(0) : faults.ask(TRACE, asked::wantedContent);
    return wanted == null ? 0 : wanted;
  }

  /** Passes on what the answer said besides its cost; to be called before the call ends by it. */
  void said(Remarks remarks) {
    if (ended()) {
      return;
    }
    String reason = remarks.finishReason();
    if (reason != null) {
      tell(told -> told.finishReason(reason));
    }
    String error = remarks.errorType();
    if (error != null) {
      failed(error);
    }
    String text = remarks.text();
    if (!text.isEmpty()) {
      tell(told -> told.answer(text));
    }
  }

  private AbandonReason unlessCut(AbandonReason reason) {
    return cut == null ? reason : AbandonReason.FROZEN;
  }

  /**
   * The answer goes to its caller unread. Which thread will read it shows only when it does; until
   * then it is nobody's, so that a dispatcher's next call is not taken for one made by the reader.
   */
  public void handOver() {
    carriedBy(null);
  }

  /** Notes who reads the answer; costs a comparison where that is who read it before. */
  public void readBy(Thread thread) {
    if (thread != reader) {
      carriedBy(thread);
    }
  }

  private void carriedBy(@Nullable Thread thread) {
    reader = thread;
    if (!ended()) {
      faults.run("the carrier", () -> reservation.carriedBy(thread));
    }
  }

  /** The provider does not bill the call. */
  public void release() {
    if (ended.compareAndSet(false, true)) {
      faults.run("the release", reservation::release);
    }
  }

  /** The cost cannot be known. */
  public void abandon(AbandonReason reason) {
    if (ended.compareAndSet(false, true)) {
      faults.run("the charge", () -> reservation.abandon(unlessCut(reason)));
    }
  }

  /** The answer does not say its cost; what was seen of it is charged. */
  private void abandon(AbandonReason reason, SeenUsage seen) {
    if (ended.compareAndSet(false, true)) {
      faults.run("the charge", () -> reservation.abandon(unlessCut(reason), seen));
    }
  }

  /**
   * Charges what the answer says it cost, or what was seen of it.
   *
   * @param otherwise why the reserved amount is charged if the answer says neither its cost nor
   *     what is wrong with it
   */
  public void end(Meter.Reading reading, AbandonReason otherwise) {
    Settlement settlement = reading.settlement();
    if (settlement == null) {
      AbandonReason why = reading.trouble() == null ? otherwise : reading.trouble();
      SeenUsage seen = reading.seen();
      if (seen == null) {
        abandon(why);
      } else {
        abandon(why, seen);
      }
    } else if (ended.compareAndSet(false, true)) {
      faults.run("the settlement", () -> reservation.settle(settlement));
    }
  }
}
