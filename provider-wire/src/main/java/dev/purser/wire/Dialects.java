package dev.purser.wire;

import org.jspecify.annotations.Nullable;

/** The registry of dialects and provider hosts. */
public final class Dialects {

  private Dialects() {}

  /** Returns the dialect that may read a request of this shape, or null. */
  public static @Nullable Dialect find(String method, String host, String path) {
    throw new UnsupportedOperationException("being written");
  }

  /** Returns the provider that a host belongs to, or null for a host of nobody we know. */
  public static @Nullable String providerOf(String host) {
    throw new UnsupportedOperationException("being written");
  }
}
