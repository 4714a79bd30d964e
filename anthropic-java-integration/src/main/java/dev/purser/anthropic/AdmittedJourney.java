package dev.purser.anthropic;

import com.anthropic.core.http.HttpRequest;
import com.anthropic.core.http.HttpResponse;
import dev.purser.api.AbandonReason;
import dev.purser.http.CutLine;
import dev.purser.http.FaultBarrier;
import dev.purser.http.OpenCall;
import dev.purser.http.Refusals;
import dev.purser.wire.WireCall;

/** The way of an admitted call. Its reservation ends on every way back, or when the answer has passed. */
final class AdmittedJourney extends OpenJourney {

  private final SentBody body;
  private final boolean usageAsked;
  private final WireCall wire;
  private final OpenCall call;
  private final FaultBarrier faults;

  /**
   * Makes a journey.
   *
   * @param request what to send
   * @param body its body
   * @param usageAsked whether it asks for an event that the caller did not ask for
   */
  AdmittedJourney(
      HttpRequest request,
      SentBody body,
      boolean usageAsked,
      WireCall wire,
      OpenCall call,
      CutLine line,
      Refusals refusals,
      FaultBarrier faults) {
    super(request, call, line, refusals);
    this.body = body;
    this.usageAsked = usageAsked;
    this.wire = wire;
    this.call = call;
    this.faults = faults;
  }

  @Override
  HttpResponse through(HttpResponse response) {
    int status = response.statusCode();
    call.status(status);
    return status / 100 == 2
        ? MeteredResponse.of(response, wire, usageAsked, call, faults)
        : MeteredResponse.failed(response, wire, call, faults);
  }

  @Override
  void end() {
    if (body.sent()) {
      call.abandon(AbandonReason.CALL_FAILED);
    } else {
      call.release();
    }
  }
}
