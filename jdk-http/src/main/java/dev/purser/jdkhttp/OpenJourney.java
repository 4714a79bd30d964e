package dev.purser.jdkhttp;

import dev.purser.api.CallDeniedException;
import dev.purser.api.Denial;
import dev.purser.http.CallCutException;
import dev.purser.http.CutLine;
import dev.purser.http.HeldBytes;
import dev.purser.http.OpenCall;
import dev.purser.http.Refusals;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The way of a request that somebody may freeze until its answer was read. */
abstract class OpenJourney implements Journey {

  private final Travel travel;
  private final OpenCall call;
  private final CutLine line;
  private final Refusals refusals;

  /** Written by the handler, before the answer is there. */
  private volatile @Nullable HttpHeaders shownHeaders;

  private volatile boolean begun;

  /**
   * What is sent for what.
   *
   * @param sent the request for the network
   * @param shown the request as the caller made it
   * @param disguise what was put on, or null
   */
  record Travel(
      HttpRequest sent, HttpRequest shown, @Nullable Disguise disguise) {}

  OpenJourney(Travel travel, OpenCall call, CutLine line, Refusals refusals) {
    this.travel = travel;
    this.call = call;
    this.line = line;
    this.refusals = refusals;
  }

  @Override
  public final HttpRequest request() {
    return travel.sent();
  }

  @Override
  public final void stoppedBy(Runnable stop) {
    line.onCut(stop);
  }

  /** Whether the caller's handler has been given the answer. */
  final boolean begun() {
    return begun;
  }

  /** Returns a subscriber for an answer that is not given to the caller's handler; null to give it. */
  abstract <T> @Nullable BodySubscriber<T> unlessPassed(ResponseInfo answer);

  /** Returns the way in which the answer passes to the caller's handler. */
  abstract Passing passing(ResponseInfo answer);

  /**
   * How an answer passes.
   *
   * @param watch sees it pass
   * @param handed where the watch puts the caller's bytes; null if those are all that come
   * @param ahead how many bytes to read before the caller asks for them
   */
  record Passing(Watch watch, @Nullable HeldBytes handed, long ahead) {}

  @Override
  public final <T> BodyHandler<T> reading(BodyHandler<T> theirs) {
    return answer -> {
      BodySubscriber<T> other = unlessPassed(answer);
      if (other != null) {
        return other;
      }
      begun = true;
      Passing passing = passing(answer);
      HttpHeaders headers = headers(answer.headers(), passing.handed() != null);
      shownHeaders = headers;
      BodySubscriber<T> reader =
          theirs.apply(new OwnResponse.Info(answer.statusCode(), headers, answer.version()));
      WatchedSubscriber<T> watched = new WatchedSubscriber<>(
          reader, passing.watch(), passing.handed(), passing.ahead(), this::told);
      line.onCut(() -> watched.cut(cut()));
      return watched;
    };
  }

  private HttpHeaders headers(HttpHeaders all, boolean shortened) {
    Disguise disguise = travel.disguise();
    HttpHeaders hidden = disguise == null ? all : disguise.hide(all);
    return shortened
        ? HttpHeaders.of(hidden.map(), (name, value) -> !name.equalsIgnoreCase("Content-Length"))
        : hidden;
  }

  private CallCutException cut() {
    return new CallCutException(Objects.requireNonNull(call.cutBy()));
  }

  @Override
  public final Throwable told(Throwable failure) {
    Denial denial = call.cutBy();
    Throwable told = failure;
    if (denial != null) {
      IOException cut = failure instanceof CallCutException before ? before : cut();
      if (cut != failure) {
        cut.initCause(failure);
      }
      told = cut;
    }
    try {
      told = told instanceof IOException io ? refusals.told(io) : told;
    } catch (CallDeniedException e) {
      told = e;
    }
    Disguise disguise = travel.disguise();
    return disguise == null ? told : disguise.hide(told);
  }

  @Override
  public final <T> HttpResponse<T> shown(HttpResponse<T> answer) {
    HttpHeaders headers = shownHeaders;
    return new ShownResponse<>(
        answer,
        travel.sent(),
        travel.shown(),
        headers == null ? answer.headers() : headers,
        travel.disguise());
  }
}
