package dev.purser.anthropic;

import com.anthropic.core.RequestOptions;
import com.anthropic.core.http.HttpClient;
import com.anthropic.core.http.HttpRequest;
import com.anthropic.core.http.HttpResponse;
import dev.purser.http.CutLine;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Admits, sends and meters what goes through another client. Safe for use by several threads. */
final class BudgetedHttpClient implements HttpClient {

  private final HttpClient next;
  private final Parts parts;

  BudgetedHttpClient(HttpClient next, Parts parts) {
    this.next = next;
    this.parts = parts;
  }

  @Override
  public HttpResponse execute(HttpRequest request, RequestOptions requestOptions) {
    Departure.Outcome outcome = new Departure(request, parts, new CutLine()).decide();
    if (outcome instanceof Departure.Answered answered) {
      return answered.response();
    }
    Journey journey = ((Departure.Leaving) outcome).journey();
    HttpResponse response;
    try {
      response = next.execute(journey.request(), requestOptions);
    } catch (Throwable e) {
      // Everything, because Kotlin throws checked exceptions undeclared.
      throw Thrown.as(journey.failed(e));
    }
    return journey.arrived(response);
  }

  @Override
  public CompletableFuture<HttpResponse> executeAsync(
      HttpRequest request, RequestOptions requestOptions) {
    CompletableFuture<HttpResponse> result = new CompletableFuture<>();
    try {
      CutLine line = new CutLine();
      Departure.Outcome outcome = new Departure(request, parts, line).decide();
      if (outcome instanceof Departure.Answered answered) {
        return CompletableFuture.completedFuture(answered.response());
      }
      send(((Departure.Leaving) outcome).journey(), requestOptions, line, result);
    } catch (RuntimeException e) {
      result.completeExceptionally(e);
    }
    return result;
  }

  private void send(
      Journey journey,
      RequestOptions requestOptions,
      CutLine line,
      CompletableFuture<HttpResponse> result) {
    // Whoever asked is free for other calls until the answer has come.
    journey.handOver();
    line.onCut(() -> result.completeExceptionally(journey.cut()));
    CompletableFuture<HttpResponse> answer;
    try {
      answer = next.executeAsync(journey.request(), requestOptions);
    } catch (Throwable e) {
      result.completeExceptionally(journey.failed(e));
      return;
    }
    CompletableFuture<HttpResponse> sent = answer;
    // What these return cannot fail: all ways end in the result.
    var unusedCancelling = result.whenComplete((response, e) -> {
      if (e instanceof CancellationException) {
        sent.cancel(false);
      }
    });
    var unusedPassing = sent.whenComplete((response, e) -> {
      if (e == null) {
        arrived(response, journey, result);
      } else {
        result.completeExceptionally(journey.failed(unwrapped(e)));
      }
    });
  }

  private static void arrived(
      HttpResponse response, Journey journey, CompletableFuture<HttpResponse> result) {
    try {
      HttpResponse metered = journey.arrived(response);
      if (!result.complete(metered)) {
        // Cut or cancelled meanwhile: nobody else will close it.
        metered.close();
      }
    } catch (Throwable e) {
      result.completeExceptionally(e);
    }
  }

  private static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }

  @Override
  public void close() {
    next.close();
  }
}
