package dev.purser.core.budget;

import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.CapSuggestion;
import dev.purser.api.Dimension;
import dev.purser.api.Usd;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * What each value of a dimension spent on each day of UTC that is over, in nano-dollars; a day is
 * active if that is more than nothing. Days so long ago that they are not known apart are left out.
 */
final class ActiveDays {

  private final Dimension dimension;
  private final Map<String, Map<LocalDate, Long>> spent;

  private ActiveDays(Dimension dimension, Map<String, Map<LocalDate, Long>> spent) {
    this.dimension = dimension;
    this.spent = spent;
  }

  /**
   * Adds up what is known.
   *
   * @param lineage the session of a call and all above it: a session spends what its parts do
   */
  static ActiveDays of(
      SpendHistory history,
      Dimension dimension,
      Function<Attribution, List<String>> lineage,
      Instant now) {
    Budget each = Budget.daily("each", Usd.ZERO).per(dimension);
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    Map<String, Map<LocalDate, Long>> spent = new HashMap<>();
    for (SpendHistory.Fact fact : history.facts()) {
      LocalDate first = LocalDate.ofInstant(Instant.ofEpochSecond(fact.start()), ZoneOffset.UTC);
      LocalDate last = LocalDate.ofInstant(fact.at(), ZoneOffset.UTC);
      if (first.equals(last) && last.isBefore(today)) {
        for (String scope : Scopes.of(each, fact.who(), fact.model(), lineage.apply(fact.who()))) {
          String value =
              Objects.requireNonNull(Scopes.values(each, scope).orElseThrow().get(dimension));
          spent
              .computeIfAbsent(value, key -> new HashMap<>())
              .merge(last, fact.charged().nanoUsd(), Tally::sum);
        }
      }
    }
    return new ActiveDays(dimension, spent);
  }

  /** Returns a cap for each value that has an active day, the highest first. */
  List<CapSuggestion> suggestions() {
    List<CapSuggestion> suggestions = new ArrayList<>();
    spent.forEach((value, days) -> {
      List<Long> active =
          days.values().stream().filter(nanoUsd -> nanoUsd > 0).sorted().toList();
      if (!active.isEmpty()) {
        long median = active.get((active.size() - 1) / 2);
        suggestions.add(CapSuggestion.of(dimension, value, active.size(), median));
      }
    });
    suggestions.sort(Comparator.comparingLong(CapSuggestion::medianNanoUsd)
        .reversed()
        .thenComparing(CapSuggestion::value));
    return List.copyOf(suggestions);
  }
}
