package dev.purser.jdkhttp;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;

/** The way of a request that nobody watches. */
record PlainJourney(HttpRequest request, HttpRequest asked) implements Journey {

  @Override
  public <T> BodyHandler<T> reading(BodyHandler<T> theirs) {
    return theirs;
  }

  @Override
  public <T> HttpResponse<T> shown(HttpResponse<T> answer) {
    return request.equals(asked)
        ? answer
        : new ShownResponse<>(answer, request, asked, answer.headers(), null);
  }
}
