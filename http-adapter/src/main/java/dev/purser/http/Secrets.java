package dev.purser.http;

import dev.purser.api.Credential;
import dev.purser.wire.CarriedKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where requests carry their credential. What is found leaves this class as a digest only. */
public final class Secrets {

  private static final List<String> HEADERS = List.of(
      "Authorization",
      "x-api-key",
      "api-key",
      "x-goog-api-key",
      "x-litellm-api-key",
      "x-portkey-api-key");
  private static final String BEARER = "Bearer ";
  /** Signatures by a shared key (AWS4-HMAC-…) and by a pair of keys (AWS4-ECDSA-…). */
  private static final String SIGNATURE = "AWS4-";

  private static final String SIGNED_BY = "Credential=";

  /** Headers that hold a digest of the body, signed or not. */
  private static final List<String> DIGESTS = List.of(
      "x-amz-content-sha256", "x-content-sha256", "Content-Digest", "Digest", "Content-MD5");

  private Secrets() {}

  /**
   * Returns the digest of the request's credential, or null if it has none. A virtual key, wherever
   * it stands, is the request's, for it is what its caller may be held to.
   */
  public static @Nullable Credential credential(CallHead head) {
    CarriedKey key = CarriedKey.in(head);
    return key == null ? ordinary(head) : key.credential();
  }

  /** Returns the digest of the credential of a request that carries no virtual key. */
  public static @Nullable Credential ordinary(CallHead head) {
    for (String header : HEADERS) {
      String value = head.header(header);
      if (value != null && !value.isBlank()) {
        return Credential.of(secret(value.strip()));
      }
    }
    String key = parameter(head, "key");
    return key == null || key.isBlank() ? null : Credential.of(key);
  }

  private static @Nullable String parameter(CallHead head, String name) {
    for (int i = 0; i < head.parameterCount(); i++) {
      if (head.parameterName(i).equals(name)) {
        return head.parameterValue(i);
      }
    }
    return null;
  }

  private static String secret(String value) {
    if (value.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return value.substring(BEARER.length()).strip();
    }
    int signer = value.startsWith(SIGNATURE) ? value.indexOf(SIGNED_BY) : -1;
    if (signer < 0) {
      return value;
    }
    // A signature differs from call to call; what stays is the id of the key that made it.
    int start = signer + SIGNED_BY.length();
    int end = value.indexOf('/', start);
    return value.substring(start, end < 0 ? value.length() : end);
  }

  /**
   * Whether the body is signed, so that an edit would have the provider reject the call: by AWS in a
   * header or in the query, or by a digest.
   */
  public static boolean signed(CallHead head) {
    String authorization = head.header("Authorization");
    return (authorization != null && authorization.startsWith(SIGNATURE))
        || parameter(head, "X-Amz-Signature") != null
        || DIGESTS.stream().anyMatch(digest -> head.header(digest) != null);
  }
}
