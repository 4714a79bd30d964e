package dev.purser.wire.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The searches that grounded an answer of Google's. Up to Gemini 2.5 a grounded prompt is billed,
 * whatever its searches; since Gemini 3 each search, of which those that are the same count once and those
 * that are empty not at all. What was found on a map counts as a search where no other is told. For one
 * thread at a time.
 *
 * @see <a href="https://ai.google.dev/gemini-api/docs/google-search#pricing">Grounding: pricing</a>
 */
final class Grounding {

  private static final Pattern BY_THE_PROMPT = Pattern.compile("(?:.*/)?gemini-[12][.-].*");

  /** More is no search of anybody's; keeps memory bounded. */
  private static final int MOST = 1000;

  private final Set<String> searches = new HashSet<>();
  private boolean maps;

  /** Takes what a candidate says. */
  void read(JsonNode metadata) {
    addAll(metadata.path("webSearchQueries"));
    addAll(metadata.path("imageSearchQueries"));
    for (JsonNode chunk : metadata.path("groundingChunks")) {
      maps |= chunk.path("maps").has("placeId");
    }
  }

  /** Takes searches. */
  void addAll(JsonNode queries) {
    for (JsonNode query : queries) {
      if (!query.asText().isBlank() && searches.size() < MOST) {
        searches.add(query.asText());
      }
    }
  }

  /** Returns a usage with the searches so far, as a model bills them. */
  Usage addTo(Usage usage, String model) {
    int counted = searches.isEmpty() && maps ? 1 : searches.size();
    long billed = billed(counted, model);
    return billed == 0
        ? usage
        : usage.toBuilder().add(UsageKind.WEB_SEARCH, billed).build();
  }

  /** Returns how many searches a model may be billed for, of a request that allows them. */
  static long most(String model) {
    return billed(AllowedSearches.UNLIMITED, model);
  }

  /** Returns how many of some searches a model bills. */
  static long billed(long searches, String model) {
    return BY_THE_PROMPT.matcher(model).matches() ? Math.min(1, searches) : searches;
  }
}
