package dev.purser.http;

import dev.purser.api.Attribution;
import dev.purser.api.AttributionScope;
import dev.purser.api.KeySecret;
import dev.purser.api.PassingCall;
import dev.purser.api.UnmeteredCall;
import dev.purser.wire.dialect.Dialects;

/** What a guard is told of a request that it admits no call for. */
public final class RequestFacts {

  private final CallHead head;
  private final Attribution stated;

  RequestFacts(CallHead head, Attribution stated) {
    this.head = head;
    this.stated = stated;
  }

  /** Returns what is told of a request that passes if nothing stands against it. */
  public PassingCall passing(boolean billable) {
    return new PassingCall(
        provider(), endpoint(), attribution(), Secrets.credential(head), billable);
  }

  /** Returns what is told of a request that is not counted as it should be. */
  public UnmeteredCall unmetered(String why) {
    return new UnmeteredCall(provider(), endpoint(), attribution(), Secrets.credential(head), why);
  }

  private Attribution attribution() {
    AttributionScope scope = AttributionScope.current();
    return scope == null ? stated : stated.orElse(scope.attribution());
  }

  private String endpoint() {
    boolean telling = KeySecret.occursIn(head.path());
    return head.method() + " " + head.host() + (telling ? "/[hidden]" : head.encodedPath());
  }

  private String provider() {
    String host = head.host();
    String provider = Dialects.providerOf(host);
    return provider == null ? host : provider;
  }
}
