package dev.purser.jdkhttp;

import java.net.URI;
import java.net.http.HttpClient.Version;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * An answer as if its request had gone out as the caller made it. Where the client was redirected, the
 * request is the one to where it was, as it is without us.
 *
 * @param sent the request as it was sent
 * @param shown the request as the caller made it
 * @param headers of the answer, as far as its body has what they say
 * @param disguise what was put on for the network, or null
 */
record ShownResponse<T>(
    HttpResponse<T> answer,
    HttpRequest sent,
    HttpRequest shown,
    HttpHeaders headers,
    @Nullable Disguise disguise)
    implements HttpResponse<T> {

  @Override
  public int statusCode() {
    return answer.statusCode();
  }

  @Override
  public HttpRequest request() {
    HttpRequest made = answer.request();
    if (made.uri().equals(sent.uri())) {
      return shown;
    }
    return disguise == null ? made : disguise.hide(made, shown);
  }

  @Override
  public Optional<HttpResponse<T>> previousResponse() {
    return answer.previousResponse().map(before -> {
      HttpHeaders all = before.headers();
      HttpHeaders hidden = disguise == null ? all : disguise.hide(all);
      return new ShownResponse<>(before, sent, shown, hidden, disguise);
    });
  }

  @Override
  public T body() {
    return answer.body();
  }

  @Override
  public Optional<SSLSession> sslSession() {
    return answer.sslSession();
  }

  @Override
  public URI uri() {
    return disguise != null && disguise.betrayedBy(answer.uri()) ? shown.uri() : answer.uri();
  }

  @Override
  public Version version() {
    return answer.version();
  }

  /** Says what the JDK's answers say. */
  @Override
  public String toString() {
    return "(" + shown.method() + " " + uri() + ") " + statusCode();
  }
}
