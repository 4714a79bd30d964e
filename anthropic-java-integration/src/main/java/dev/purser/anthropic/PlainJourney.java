package dev.purser.anthropic;

import com.anthropic.core.http.HttpRequest;
import com.anthropic.core.http.HttpResponse;

/** The way of a request that costs nothing and carries no virtual key, or that nobody has a say in. */
record PlainJourney(HttpRequest request) implements Journey {

  @Override
  public HttpResponse arrived(HttpResponse response) {
    return response;
  }

  @Override
  public Throwable failed(Throwable failure) {
    return failure;
  }

  @Override
  public Throwable cut() {
    throw new IllegalStateException("nobody can freeze it");
  }
}
