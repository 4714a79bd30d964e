package dev.purser.wire.host;

import static java.util.Map.entry;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who receives what is sent to a host, and so may be trusted with a credential there. Narrower than
 * {@link Hosts}, which would rather take a host for a provider's than let a call go uncounted: here,
 * a host that somebody else could have must not pass.
 */
public final class HostOwners {

  /** Gateways are no providers: what their models are called and cost is not known from the host. */
  private static final Map<String, String> GATEWAYS = Map.ofEntries(
      entry("api.portkey.ai", "portkey"),
      entry("ai-gateway.helicone.ai", "helicone"),
      entry("gateway.helicone.ai", "helicone"),
      entry("oai.helicone.ai", "helicone"),
      entry("anthropic.helicone.ai", "helicone"));

  /** All names of providers and gateways. */
  public static final Set<String> NAMES = names();

  /** API Management: whoever rents a name there decides what becomes of the headers. */
  private static final String RENTED = "azure-api.net";

  /** The service, a region and the domain; not a bucket of S3 that is called as the service is. */
  private static final Pattern BEDROCK = Pattern.compile("(?:[a-z0-9-]+\\.)?bedrock-[a-z-]+"
      + "\\.[a-z]+(?:-[a-z]+)+-[0-9]+\\.(?:vpce\\.)?(?:amazonaws\\.com(?:\\.cn)?|api\\.aws)");

  /** Only what every reader of URLs takes for the same host. */
  private static final Pattern PLAIN_URL =
      Pattern.compile("https://([a-z0-9.-]+)(?::443)?(?:/[^\\s\\\\]*)?", Pattern.CASE_INSENSITIVE);

  private HostOwners() {}

  private static Set<String> names() {
    Set<String> names = new TreeSet<>(Hosts.providers());
    names.addAll(GATEWAYS.values());
    return Collections.unmodifiableSet(names);
  }

  /** Returns the provider or gateway at a host, or null if it is nobody we know. */
  public static @Nullable String ownerOf(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    String name = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    String gateway = GATEWAYS.get(name);
    if (gateway != null) {
      return gateway;
    }
    String provider = Hosts.providerOf(name);
    if (provider == null || name.endsWith(RENTED)) {
      return null;
    }
    return provider.equals("aws") && !BEDROCK.matcher(name).matches() ? null : provider;
  }

  /** Returns the host that a gateway reaches by a URL, or null if that is not certain. */
  public static @Nullable String hostOf(String url) {
    Matcher plain = PLAIN_URL.matcher(url);
    return plain.matches() ? plain.group(1).toLowerCase(Locale.ROOT) : null;
  }
}
