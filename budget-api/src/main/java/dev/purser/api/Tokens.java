package dev.purser.api;

import java.lang.ref.WeakReference;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Random names for objects of this process, for places where only text goes along: the header of a
 * request that another thread sends. A name finds its object as long as somebody else holds that; it says
 * nothing to anybody outside. Safe for use by several threads.
 *
 * @param <T> what is named
 */
final class Tokens<T> {

  private static final int FEW = 256;
  private static final int TOKEN_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final ConcurrentMap<String, WeakReference<T>> byToken = new ConcurrentHashMap<>();

  /** At so many, those are looked for that nobody holds any more: at twice as many as were left last. */
  private volatile int many = FEW;

  /** Returns a new name for an object. */
  String name(T named) {
    byte[] random = new byte[TOKEN_BYTES];
    RANDOM.nextBytes(random);
    String token = HexFormat.of().formatHex(random);
    if (byToken.size() >= many) {
      byToken.values().removeIf(each -> each.get() == null);
      many = Math.max(FEW, 2 * byToken.size());
    }
    byToken.put(token, new WeakReference<>(named));
    return token;
  }

  /** Returns what a token names, or null if there is no such, or nobody holds it any more. */
  @Nullable T named(@Nullable String token) {
    WeakReference<T> found = token == null ? null : byToken.get(token);
    return found == null ? null : found.get();
  }

  void forget(String token) {
    byToken.remove(token);
  }
}
