package dev.purser.wire.credential;

import dev.purser.spi.Upstream;
import dev.purser.wire.dialect.Dialects;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands for whom: for a provider or gateway by its name, or for a host and port, each for all
 * keys or, with {@code @key} behind, for one. A host says more than a provider, a key more than none.
 * Immutable.
 */
final class Bindings<T> {

  private static final int HTTPS = 443;
  private static final Pattern HOST = Pattern.compile("[a-z0-9-]+(?:\\.[a-z0-9-]+)*");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-f:.]*:[0-9a-f:.]*");

  private final Map<String, T> byName;

  /** Takes names as {@link #name} writes them. */
  Bindings(Map<String, T> byName) {
    this.byName = Map.copyOf(byName);
  }

  @Nullable T find(Upstream upstream) {
    String provider = upstream.provider();
    // What goes through a gateway's host to a provider is not what is bound to that host.
    boolean atItsOwn = provider == null || provider.equals(Dialects.ownerOf(upstream.host()));
    T found = atItsOwn ? find(upstream.authority(), upstream.key()) : null;
    return found == null && provider != null ? find(provider, upstream.key()) : found;
  }

  private @Nullable T find(String whom, String key) {
    T forKey = byName.get(whom + "@" + key);
    return forKey == null ? byName.get(whom) : forKey;
  }

  /** Returns for whom there is something. */
  Set<String> names() {
    return new TreeSet<>(byName.keySet());
  }

  /**
   * Returns a name as it is looked up: a host gets the port of HTTPS if it states none.
   *
   * @throws IllegalArgumentException if it names neither a provider nor a host; the message does not
   *     quote it
   */
  static String name(String text) {
    int at = text.indexOf('@');
    String whom = (at < 0 ? text : text.substring(0, at)).strip().toLowerCase(Locale.ROOT);
    String key = at < 0 ? "" : text.substring(at);
    if (key.strip().equals("@")) {
      throw new IllegalArgumentException("no key is named behind the @");
    }
    return (Dialects.owners().contains(whom) ? whom : authority(whom)) + key.strip();
  }

  /** Whether a name, as it is looked up, is a host's and not a provider's. */
  static boolean isHost(String name) {
    int at = name.indexOf('@');
    int colon = name.indexOf(':');
    return colon >= 0 && (at < 0 || colon < at);
  }

  private static String authority(String whom) {
    boolean bracketed = whom.startsWith("[");
    int colon = whom.indexOf(':', bracketed ? Math.max(whom.indexOf(']'), 0) : 0);
    String host = colon < 0 ? whom : whom.substring(0, colon);
    if (bracketed) {
      host = host.endsWith("]") ? host.substring(1, host.length() - 1) : "";
    }
    boolean isHost = bracketed
        ? IPV6.matcher(host).matches()
        : HOST.matcher(host).matches()
            && (colon >= 0 || host.indexOf('.') > 0 || host.equals("localhost"));
    int port = colon < 0 ? HTTPS : port(whom.substring(colon + 1));
    if (!isHost || port < 1 || port > 65_535) {
      throw new IllegalArgumentException("names neither a provider nor a host; known are "
          + String.join(", ", Dialects.owners()) + ", and hosts as in litellm.acme.dev:4000");
    }
    return host + ":" + port;
  }

  private static int port(String text) {
    return text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : -1;
  }
}
