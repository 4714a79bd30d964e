package dev.purser.core.price;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Small price tables for tests. */
final class Tables {

  private Tables() {}

  /** Returns a book with one model, {@code openai/m}; its fields follow its name. */
  static BundledPriceBook ofModel(String fields) {
    return ofProviders("""
        "openai": {"tiers": {"fast": "priority"}, "fees": {"web_search": 10000000000},
          "models": [{"id": "m", "match": ["m"], %s}]}
        """.formatted(fields));
  }

  /** Returns a book with these providers. */
  static BundledPriceBook ofProviders(String providers) {
    return of("""
        {"version": "test-1", "as_of": "2026-11-23", "sources": [], "providers": {%s}}
        """.formatted(providers));
  }

  /** Returns a book. */
  static BundledPriceBook of(String json) {
    try {
      return BundledPriceBook.read(new ByteArrayInputStream(json.getBytes(UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
