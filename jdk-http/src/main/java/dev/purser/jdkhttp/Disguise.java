package dev.purser.jdkhttp;

import dev.purser.http.SentSecrets;
import dev.purser.wire.CredentialSwap.Change;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request with the real credentials in place of the virtual key, for the network; and, for the caller,
 * everything that comes back as if it had gone out as it was. What the provider writes into the body of
 * its answer is the provider's.
 */
final class Disguise {

  private final HttpRequest sent;
  private final SentSecrets secrets;

  /** Makes the request that is sent. */
  Disguise(HttpRequest request, List<Change> changes) {
    secrets = new SentSecrets(changes);
    HttpRequest.Builder real = HttpRequest.newBuilder(
        request,
        (name, value) -> changes.stream()
            .noneMatch(change -> change.header() && change.name().equalsIgnoreCase(name)));
    URI uri = request.uri();
    for (Change change : changes) {
      String value = change.value();
      if (!change.header()) {
        uri = with(uri, change.name(), value);
      } else if (value != null) {
        real.setHeader(change.name(), value);
      }
    }
    sent = real.uri(uri).build();
  }

  /** Returns a URI with a parameter in place of all of its name; every other byte stays. */
  private static URI with(URI uri, String name, @Nullable String value) {
    List<String> kept = new ArrayList<>();
    String query = uri.getRawQuery();
    if (query != null) {
      for (String part : query.split("&", -1)) {
        if (!RequestParts.parameter(part).getKey().equals(name)) {
          kept.add(part);
        }
      }
    }
    if (value != null) {
      kept.add(encoded(name) + "=" + encoded(value));
    }
    String path = uri.getRawPath() + (kept.isEmpty() ? "" : "?" + String.join("&", kept));
    return URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + path);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Returns the request for the network. */
  HttpRequest sent() {
    return sent;
  }

  /** Returns headers of an answer as the caller may have them. */
  HttpHeaders hide(HttpHeaders headers) {
    Map<String, List<String>> hidden = new LinkedHashMap<>();
    headers
        .map()
        .forEach((name, values) -> hidden.put(
            name,
            values.stream()
                .map(value -> secrets.betrayedBy(value) ? SentSecrets.HIDDEN : value)
                .toList()));
    return HttpHeaders.of(hidden, (name, value) -> true);
  }

  /** Returns a request that the client made on the way, such as to where it was redirected. */
  HttpRequest hide(HttpRequest made, HttpRequest shown) {
    HttpRequest.Builder hidden =
        HttpRequest.newBuilder(made, (name, value) -> !secrets.betrayedBy(value));
    if (betrayedBy(made.uri())) {
      hidden.uri(shown.uri());
    }
    return hidden.build();
  }

  /** Whether a credential stands in a URI. */
  boolean betrayedBy(URI uri) {
    String query = uri.getRawQuery();
    if (query != null) {
      for (String part : query.split("&", -1)) {
        if (secrets.betrayedBy(RequestParts.parameter(part).getValue())) {
          return true;
        }
      }
    }
    return secrets.betrayedBy(uri.toString());
  }

  /** Returns what the caller is told of a failure: without the credential and what it came with. */
  Throwable hide(Throwable failure) {
    if (!secrets.betrayedBy(failure)) {
      return failure;
    }
    IOException retold = new IOException(secrets.retold(failure));
    retold.setStackTrace(failure.getStackTrace());
    return retold;
  }

  /** Says nothing of either request. */
  @Override
  public String toString() {
    return "Disguise";
  }
}
