package dev.purser.jdkhttp;

import dev.purser.http.CutLine;
import dev.purser.http.OpenCall;
import dev.purser.http.Refusals;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import org.jspecify.annotations.Nullable;

/** The way of a request that nothing is held for: not metered, but cut when somebody freezes it. */
final class PassingJourney extends OpenJourney {

  private final OpenCall call;

  PassingJourney(Travel travel, OpenCall call, CutLine line, Refusals refusals) {
    super(travel, call, line, refusals);
    this.call = call;
  }

  @Override
  <T> @Nullable BodySubscriber<T> unlessPassed(ResponseInfo answer) {
    return null;
  }

  @Override
  Passing passing(ResponseInfo answer) {
    return new Passing(Watch.passing(call), null, 0);
  }

  @Override
  public void failed(Throwable failure) {
    call.release();
  }
}
