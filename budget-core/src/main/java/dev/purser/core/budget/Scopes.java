package dev.purser.core.budget;

import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.Dimension;
import dev.purser.api.Filter;
import dev.purser.api.ModelId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which accounts of a budget a call draws on: none, one, or one for each session above it; and how they
 * are written, such as {@code team=platform,tag:repo=app}.
 */
public final class Scopes {

  private Scopes() {}

  /**
   * Returns the scopes.
   *
   * @param lineage the call's session and all above it
   */
  static List<String> of(Budget budget, Attribution who, ModelId model, List<String> lineage) {
    List<Attribution> seenAs = new ArrayList<>();
    if (lineage.isEmpty() || !tellsSessionsApart(budget)) {
      seenAs.add(who);
    } else {
      lineage.forEach(session -> seenAs.add(who.session(session)));
    }
    List<String> scopes = new ArrayList<>(seenAs.size());
    for (Attribution each : seenAs) {
      if (covers(budget, each, model)) {
        scopes.add(scope(budget, each, model));
      }
    }
    return scopes;
  }

  private static boolean tellsSessionsApart(Budget budget) {
    return budget.dimensions().contains(Dimension.SESSION)
        || budget.filters().stream()
            .anyMatch(filter -> filter.dimension().equals(Dimension.SESSION));
  }

  /** Whether a budget tells calls apart by what the oldest of what is known may lack. */
  static boolean needsSessionOrTag(Budget budget) {
    return Stream.concat(
            budget.dimensions().stream(), budget.filters().stream().map(Filter::dimension))
        .anyMatch(dimension ->
            dimension.equals(Dimension.SESSION) || dimension.name().startsWith("tag:"));
  }

  private static boolean covers(Budget budget, Attribution who, ModelId model) {
    for (Filter filter : budget.filters()) {
      boolean matches = filter.matches(filter.dimension().valueOf(who, model));
      // A model may be named with its provider, too, as among the free models.
      if (!matches && filter.dimension().equals(Dimension.MODEL)) {
        matches = filter.matches(model.toString());
      }
      if (!matches) {
        return false;
      }
    }
    return true;
  }

  private static String scope(Budget budget, Attribution who, ModelId model) {
    StringBuilder scope = new StringBuilder();
    for (Dimension dimension : budget.dimensions()) {
      scope
          .append(scope.isEmpty() ? "" : ",")
          .append(dimension.name())
          .append('=')
          .append(escaped(dimension.valueOf(who, model)));
    }
    return scope.toString();
  }

  /** Two different combinations of values must never read the same. */
  private static String escaped(String value) {
    return value.indexOf(',') < 0 && value.indexOf('\\') < 0
        ? value
        : value.replace("\\", "\\\\").replace(",", "\\,");
  }

  /**
   * Reads a scope.
   *
   * @return the value in each of the budget's dimensions, in their order; empty if the budget can have
   *     no account of that scope, or it is the one that scopes share
   */
  public static Optional<Map<Dimension, String>> values(Budget budget, String scope) {
    Map<Dimension, String> values = new LinkedHashMap<>();
    int from = 0;
    for (Dimension dimension : budget.dimensions()) {
      // A tag's name may hold anything, so it is compared and not searched for.
      String start = (values.isEmpty() ? "" : ",") + dimension.name() + "=";
      if (!scope.startsWith(start, from)) {
        return Optional.empty();
      }
      from += start.length();
      int end = endOfValue(scope, from);
      if (end < 0 || scope.substring(from, end).isBlank()) {
        return Optional.empty();
      }
      values.put(dimension, unescaped(scope.substring(from, end)));
      from = end;
    }
    return from == scope.length()
        ? Optional.of(Collections.unmodifiableMap(values))
        : Optional.empty();
  }

  /** Returns where a value ends: at a comma that is not escaped; −1 if it is not written so. */
  private static int endOfValue(String scope, int from) {
    int at = from;
    while (at < scope.length() && scope.charAt(at) != ',') {
      if (scope.charAt(at) == '\\') {
        at++;
        if (at == scope.length() || (scope.charAt(at) != ',' && scope.charAt(at) != '\\')) {
          return -1;
        }
      }
      at++;
    }
    return at;
  }

  private static String unescaped(String value) {
    if (value.indexOf('\\') < 0) {
      return value;
    }
    StringBuilder plain = new StringBuilder(value.length());
    for (int at = 0; at < value.length(); at++) {
      if (value.charAt(at) == '\\') {
        at++;
      }
      plain.append(value.charAt(at));
    }
    return plain.toString();
  }
}
