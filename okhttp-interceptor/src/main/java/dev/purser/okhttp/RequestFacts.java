package dev.purser.okhttp;

import dev.purser.api.Attribution;
import dev.purser.api.AttributionScope;
import dev.purser.api.KeySecret;
import dev.purser.api.PassingCall;
import dev.purser.api.UnmeteredCall;
import dev.purser.wire.dialect.Dialects;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** What a guard is told of a request that it admits no call for. */
final class RequestFacts {

  private final Request request;
  private final Attribution stated;

  RequestFacts(Request request, Attribution stated) {
    this.request = request;
    this.stated = stated;
  }

  PassingCall passing(boolean billable) {
    return new PassingCall(
        provider(), endpoint(), attribution(), Secrets.credential(request), billable);
  }

  UnmeteredCall unmetered(String why) {
    return new UnmeteredCall(
        provider(), endpoint(), attribution(), Secrets.credential(request), why);
  }

  private Attribution attribution() {
    AttributionScope scope = AttributionScope.current();
    return scope == null ? stated : stated.orElse(scope.attribution());
  }

  private String endpoint() {
    HttpUrl url = request.url();
    boolean telling = KeySecret.occursIn(String.join("/", url.pathSegments()));
    return request.method() + " " + url.host() + (telling ? "/[hidden]" : url.encodedPath());
  }

  private String provider() {
    String host = request.url().host();
    String provider = Dialects.providerOf(host);
    return provider == null ? host : provider;
  }
}
