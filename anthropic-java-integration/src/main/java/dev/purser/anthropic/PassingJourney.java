package dev.purser.anthropic;

import com.anthropic.core.http.HttpRequest;
import com.anthropic.core.http.HttpResponse;
import dev.purser.http.CutLine;
import dev.purser.http.OpenCall;
import dev.purser.http.Refusals;

/** The way of a request that nothing is held for: not metered, but cut when somebody freezes it. */
final class PassingJourney extends OpenJourney {

  private final OpenCall call;

  PassingJourney(HttpRequest request, OpenCall call, CutLine line, Refusals refusals) {
    super(request, call, line, refusals);
    this.call = call;
  }

  @Override
  HttpResponse through(HttpResponse response) {
    return new PassingResponse(response, call);
  }

  @Override
  void end() {
    call.release();
  }
}
