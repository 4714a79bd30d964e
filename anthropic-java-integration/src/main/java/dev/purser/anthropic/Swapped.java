package dev.purser.anthropic;

import com.anthropic.core.http.HttpRequest;
import dev.purser.wire.CredentialSwap.Change;
import java.util.List;

/** Puts real credentials where a request carries a virtual key. */
final class Swapped {

  private Swapped() {}

  /**
   * Returns the request with these changes made. A parameter that stands in the base URL stays, which
   * whoever asked for them sees by the key that is still there.
   */
  static HttpRequest of(HttpRequest request, List<Change> changes) {
    HttpRequest.Builder real = request.toBuilder();
    for (Change change : changes) {
      String value = change.value();
      if (change.header()) {
        real.removeHeaders(change.name());
        if (value != null) {
          real.putHeader(change.name(), value);
        }
      } else {
        real.removeQueryParams(change.name());
        if (value != null) {
          real.putQueryParam(change.name(), value);
        }
      }
    }
    return real.build();
  }
}
