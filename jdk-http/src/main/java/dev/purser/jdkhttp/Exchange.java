package dev.purser.jdkhttp;

import dev.purser.http.CutLine;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.PushPromiseHandler;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One call of a client, as its caller's future: decided, sent, sent anew where another model may answer,
 * and told. Cancelling it cancels what is under way.
 *
 * @param <T> what the caller's handler makes of the body
 */
final class Exchange<T> extends CompletableFuture<HttpResponse<T>> {

  private final HttpClient client;
  private final HttpRequest request;
  private final BodyHandler<T> theirs;
  private final @Nullable PushPromiseHandler<T> pushes;
  private volatile @Nullable CompletableFuture<HttpResponse<T>> underWay;

  private Exchange(
      HttpClient client,
      HttpRequest request,
      BodyHandler<T> theirs,
      @Nullable PushPromiseHandler<T> pushes) {
    this.client = client;
    this.request = request;
    this.theirs = theirs;
    this.pushes = pushes;
  }

  static <T> Exchange<T> begin(
      HttpClient client,
      Parts parts,
      HttpRequest request,
      BodyHandler<T> theirs,
      @Nullable PushPromiseHandler<T> pushes) {
    Exchange<T> exchange = new Exchange<>(client, request, theirs, pushes);
    try {
      Departure departure = new Departure(request, parts, exchange::isDone);
      // What these return cannot fail: all ways end in the exchange.
      var unused = departure.decide().whenComplete((outcome, failure) -> {
        if (failure != null) {
          exchange.completeExceptionally(cause(failure));
        } else {
          exchange.go(outcome);
        }
      });
    } catch (RuntimeException e) {
      exchange.completeExceptionally(e); // a refusal that is thrown
    }
    return exchange;
  }

  private void go(Departure.Outcome outcome) {
    try {
      if (outcome instanceof Departure.Answered answered) {
        end(OwnResponse.of(request, answered.answer(), theirs));
      } else {
        send(((Departure.Leaving) outcome).journey());
      }
    } catch (Throwable e) {
      // The caller's handler may throw anything.
      completeExceptionally(e);
    }
  }

  private void end(CompletableFuture<HttpResponse<T>> answer) {
    var unused = answer.whenComplete((response, failure) -> {
      if (failure == null) {
        complete(response);
      } else {
        completeExceptionally(cause(failure));
      }
    });
  }

  private void send(Journey journey) {
    if (isDone()) {
      journey.failed(new CancellationException("given up before it was sent"));
      return;
    }
    // Before it is sent: once its answer comes, what stops the call is the cutting of that.
    CutLine sending = new CutLine();
    journey.stoppedBy(sending::cut);
    CompletableFuture<HttpResponse<T>> answer;
    try {
      answer = journey.during(
          () -> client.sendAsync(journey.request(), journey.reading(theirs), pushes));
    } catch (Throwable e) {
      over(journey, e);
      return;
    }
    underWay = answer;
    if (isDone()) {
      answer.cancel(true); // given up meanwhile
    }
    sending.onCut(() -> answer.cancel(true));
    var unused = answer.whenComplete((response, failure) -> {
      if (failure != null) {
        over(journey, cause(failure));
        return;
      }
      Journey instead = journey.instead();
      if (instead == null) {
        complete(journey.shown(response));
      } else {
        send(instead);
      }
    });
  }

  private void over(Journey journey, Throwable failure) {
    journey.failed(failure);
    Journey instead = journey.instead();
    if (instead == null) {
      completeExceptionally(journey.told(failure));
    } else {
      send(instead);
    }
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean cancelled = super.cancel(mayInterruptIfRunning);
    CompletableFuture<HttpResponse<T>> sent = underWay;
    if (cancelled && sent != null) {
      sent.cancel(true); // only so does the JDK's client stop
    }
    return cancelled;
  }

  /** Stages that follow are ordinary ones. */
  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new CompletableFuture<>();
  }

  /** Returns what a future failed with. */
  static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    boolean wrapped =
        failure instanceof CompletionException || failure instanceof ExecutionException;
    return wrapped && cause != null ? cause : failure;
  }
}
