package dev.purser.okhttp;

import dev.purser.http.SentSecrets;
import dev.purser.wire.CredentialSwap.Change;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * A request with the real credentials in place of the virtual key, for the network; and, for the
 * caller, everything that comes back as if it had gone out as it was. What the provider writes into
 * the body of its answer is the provider's.
 */
final class Disguise {

  private final Request shown;
  private final Request sent;
  private final SentSecrets secrets;

  /**
   * Makes the request that is sent.
   *
   * @param shown the request with the virtual key
   */
  Disguise(Request shown, List<Change> changes) {
    this.shown = shown;
    secrets = new SentSecrets(changes);
    Request.Builder real = shown.newBuilder();
    HttpUrl.Builder url = null;
    for (Change change : changes) {
      String value = change.value();
      if (!change.header()) {
        url = url == null ? shown.url().newBuilder() : url;
        url.encodedQuery(without(url.build(), change.name()));
        if (value != null) {
          url.addQueryParameter(change.name(), value);
        }
      } else if (value == null) {
        real.removeHeader(change.name());
      } else {
        real.header(change.name(), value);
      }
    }
    // A cache would write the credential to disk, and show it among its URLs.
    real.header("Cache-Control", "no-store");
    sent = url == null ? real.build() : real.url(url.build()).build();
  }

  /** Returns the query without a parameter, however its name is encoded; every other byte stays. */
  private static @Nullable String without(HttpUrl url, String parameter) {
    List<String> kept = new ArrayList<>();
    String query = url.encodedQuery() == null ? "" : url.encodedQuery();
    String[] parts = query.split("&", -1);
    for (int i = 0; i < url.querySize(); i++) {
      if (!url.queryParameterName(i).equals(parameter)) {
        kept.add(parts[i]);
      }
    }
    return kept.isEmpty() ? null : String.join("&", kept);
  }

  /** Returns the request for the network. */
  Request sent() {
    return sent;
  }

  /** Returns the answer as the caller may have it. */
  Response hide(Response answer) {
    Response.Builder hidden =
        answer.newBuilder().request(hide(answer.request())).headers(hide(answer.headers(), null));
    Response network = answer.networkResponse();
    if (network != null) {
      hidden.networkResponse(hide(network));
    }
    Response cached = answer.cacheResponse();
    if (cached != null) {
      hidden.cacheResponse(hide(cached));
    }
    Response prior = answer.priorResponse();
    if (prior != null) {
      hidden.priorResponse(hide(prior));
    }
    return hidden.build();
  }

  /** Returns the answer alone, without those that came before it. */
  Response hideAll(Response answer) {
    return answer
        .newBuilder()
        .request(shown)
        .networkResponse(null)
        .cacheResponse(null)
        .priorResponse(null)
        .build();
  }

  private Request hide(Request request) {
    if (request == sent) {
      return shown;
    }
    Request.Builder hidden = request.newBuilder().headers(hide(request.headers(), shown));
    return (betrayedBy(request.url()) ? hidden.url(shown.url()) : hidden).build();
  }

  /** Returns the headers with what stands at their place in {@code original}, or a word for it. */
  private Headers hide(Headers headers, @Nullable Request original) {
    Headers.Builder hidden = new Headers.Builder();
    for (int i = 0; i < headers.size(); i++) {
      String name = headers.name(i);
      if (!secrets.betrayedBy(headers.value(i))) {
        hidden.addUnsafeNonAscii(name, headers.value(i));
      } else if (original == null) {
        hidden.add(name, SentSecrets.HIDDEN);
      } else {
        original.headers(name).forEach(value -> hidden.addUnsafeNonAscii(name, value));
      }
    }
    return hidden.build();
  }

  private boolean betrayedBy(HttpUrl url) {
    for (int i = 0; i < url.querySize(); i++) {
      String value = url.queryParameterValue(i);
      if (value != null && secrets.betrayedBy(value)) {
        return true;
      }
    }
    return secrets.betrayedBy(url.toString());
  }

  /**
   * Whether a credential stands in an exception or in what it comes with: an interceptor further in
   * may have quoted the request.
   */
  boolean betrayedBy(Throwable fault) {
    return secrets.betrayedBy(fault);
  }

  /** Returns an exception that says the same, but for the credential and what it came with. */
  IOException retold(Throwable fault) {
    IOException retold = new IOException(secrets.retold(fault));
    retold.setStackTrace(fault.getStackTrace());
    return retold;
  }

  /** Says nothing of either request. */
  @Override
  public String toString() {
    return "Disguise";
  }
}
