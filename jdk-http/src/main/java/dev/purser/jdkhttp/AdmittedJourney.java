package dev.purser.jdkhttp;

import dev.purser.api.AbandonReason;
import dev.purser.api.OngoingCall;
import dev.purser.http.CallGate;
import dev.purser.http.CutLine;
import dev.purser.http.FaultBarrier;
import dev.purser.http.HeldBytes;
import dev.purser.http.MeterTap;
import dev.purser.http.OpenCall;
import dev.purser.http.Refusals;
import dev.purser.wire.WireCall;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way of an admitted call. Its reservation ends on every way back, or when the answer has passed.
 * Where it failed in a way that another model may not, before the caller's handler was given anything of
 * the answer, another attempt takes its place.
 */
final class AdmittedJourney extends OpenJourney {

  /**
   * An answer up to this size is read before its caller asks for it, so that it is settled even if the
   * caller never does.
   */
  private static final long EAGER_BYTES = 1 << 20;

  /** What is read of an error for the name of what failed: far more than errors have. */
  private static final long MOST_OF_AN_ERROR = 16 << 10;

  private static final int FIRST_ERROR_STATUS = 400;

  private final FittedRequest fitted;
  private final WireCall wire;
  private final OpenCall call;
  private final OngoingCall ongoing;
  private final Supplier<@Nullable Journey> others;
  private final FaultBarrier faults;

  /** Whether the answer says that the call failed: providers bill none that they answer so. */
  private volatile boolean unbilled;

  /** Guarded by this: the handler may find another attempt while the caller gives this one up. */
  private @Nullable Journey instead;

  /** Guarded by this: whether somebody has asked what is made instead. */
  private boolean settled;

  /**
   * Makes a journey.
   *
   * @param fitted what is sent, in disguise or not
   * @param wire the call to read the answer by
   * @param ongoing the call, for whoever sees it once more below
   * @param others makes the next attempt ready, if there is one
   */
  AdmittedJourney(
      Travel travel,
      FittedRequest fitted,
      WireCall wire,
      OpenCall call,
      OngoingCall ongoing,
      CutLine line,
      Refusals refusals,
      Supplier<@Nullable Journey> others,
      FaultBarrier faults) {
    super(travel, call, line, refusals);
    this.fitted = fitted;
    this.wire = wire;
    this.call = call;
    this.ongoing = ongoing;
    this.others = others;
    this.faults = faults;
  }

  @Override
  public <R> R during(Supplier<R> sending) {
    return ongoing.during(sending);
  }

  @Override
  <T> @Nullable BodySubscriber<T> unlessPassed(ResponseInfo answer) {
    ongoing.end();
    int status = answer.statusCode();
    call.status(status);
    unbilled = status >= FIRST_ERROR_STATUS;
    if (!CallGate.mayPass(status)) {
      return null;
    }
    // Asked before the answer is let go: its caller still gets it where there is no other.
    if (!findOther()) {
      return null;
    }
    call.release();
    return new Unread<>();
  }

  @Override
  Passing passing(ResponseInfo answer) {
    int status = answer.statusCode();
    boolean billed = status / 100 == 2;
    String type = answer.headers().firstValue("Content-Type").orElse(null);
    if (!billed && !(status >= FIRST_ERROR_STATUS && isShortJson(answer, type))) {
      call.release();
      return new Passing(Watch.passing(call), null, 0);
    }
    WireCall.AnswerHead head = new WireCall.AnswerHead(
        status,
        type,
        answer.headers().firstValue("Content-Encoding").orElse(null),
        name -> answer.headers().firstValue(name).orElse(null));
    Handed handed = new Handed();
    MeterTap tap = billed
        ? MeterTap.of(wire, head, fitted.usageAsked(), call, faults, handed)
        : MeterTap.unbilled(wire, head, call, faults, handed);
    if (tap == null) {
      return new Passing(Watch.passing(call), null, 0);
    }
    handed.wanted = tap.hides();
    call.handOver();
    long ahead = !billed ? MOST_OF_AN_ERROR : !wire.stream() && isJson(type) ? EAGER_BYTES : 0;
    return new Passing(Watch.metering(tap), tap.hides() ? handed.bytes : null, ahead);
  }

  /** The caller's bytes, kept only where those that came are not all for the caller. */
  private static final class Handed implements dev.purser.wire.Meter.Output {
    private final HeldBytes bytes = new HeldBytes();
    private boolean wanted;

    @Override
    public void write(byte[] more, int offset, int length) {
      if (wanted) {
        bytes.add(more, offset, length);
      }
    }
  }

  private static boolean isShortJson(ResponseInfo answer, @Nullable String type) {
    long length = answer.headers().firstValueAsLong("Content-Length").orElse(-1);
    return type != null && isJson(type) && length <= MOST_OF_AN_ERROR;
  }

  private static boolean isJson(@Nullable String type) {
    if (type == null) {
      return true;
    }
    String plain = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return plain.endsWith("/json") || plain.endsWith("+json");
  }

  @Override
  public void failed(Throwable failure) {
    ongoing.end();
    call.failed(failure);
    if (!unbilled && (begun() || fitted.body().sent())) {
      call.abandon(AbandonReason.CALL_FAILED);
    } else {
      call.release();
    }
    if (failure instanceof IOException && !begun() && call.cutBy() == null && !hasOther()) {
      boolean unused = findOther();
    }
  }

  /** Whether there is another attempt; one that comes too late is over before it was sent. */
  private boolean findOther() {
    Journey other = others.get();
    if (other != null && !offer(other)) {
      other.failed(new CancellationException("given up before it was sent"));
    }
    return other != null;
  }

  private synchronized boolean offer(Journey other) {
    if (settled || instead != null) {
      return false;
    }
    instead = other;
    return true;
  }

  private synchronized boolean hasOther() {
    return instead != null;
  }

  @Override
  public synchronized @Nullable Journey instead() {
    settled = true;
    return instead;
  }
}
