package dev.purser.wire;

import java.util.Locale;
import java.util.Set;

/**
 * A place of a request where somebody reads a credential.
 *
 * @param header whether it is a header, and not a parameter of the query
 * @param name its name, in lower case if it is a header
 * @param before what stands before the credential: {@code Bearer } or nothing
 */
record CredentialPlace(boolean header, String name, String before) {

  static final String PORTKEY = "x-portkey-api-key";
  static final String HELICONE = "helicone-auth";

  private static final Set<String> OF_PROVIDERS = Set.of(
      "authorization", "x-api-key", "api-key", "x-goog-api-key", "ocp-apim-subscription-key");

  /** LiteLLM reads its own before {@code Authorization}; the second by an example of its pages. */
  private static final Set<String> OF_GATEWAYS =
      Set.of(PORTKEY, HELICONE, "x-litellm-api-key", "x-litellm-key");

  private static final Set<String> PARAMETERS =
      Set.of("key", "api_key", "api-key", "subscription-key");

  static boolean isHeader(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return OF_PROVIDERS.contains(lower) || OF_GATEWAYS.contains(lower);
  }

  static boolean isParameter(String name) {
    return PARAMETERS.contains(name);
  }

  static CredentialPlace header(String name, String before) {
    return new CredentialPlace(true, name.toLowerCase(Locale.ROOT), before);
  }

  static CredentialPlace parameter(String name) {
    return new CredentialPlace(false, name, "");
  }

  /** Whether only gateways read it, and no provider. */
  boolean isOfGateways() {
    return header && OF_GATEWAYS.contains(name);
  }
}
