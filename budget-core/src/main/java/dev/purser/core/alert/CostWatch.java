package dev.purser.core.alert;

import dev.purser.api.Alert;
import dev.purser.api.SpendRecord;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether what answers say that they cost is what the price table says: by provider and day, more than ten
 * percent apart on a dollar and more. For one thread at a time.
 */
final class CostWatch {

  private static final long LEAST_NANO_USD = 1_000_000_000;
  private static final long TENTH = 10;

  private final Desk desk;
  private final ZoneId zone;
  private final Map<String, Costs> ofToday = new TreeMap<>();
  private LocalDate today = LocalDate.MIN;

  private record Costs(long stated, long computed) {}

  CostWatch(Desk desk, ZoneId zone) {
    this.desk = desk;
    this.zone = zone;
  }

  void add(SpendRecord record) {
    Long computed = record.computedNanoUsd();
    if (computed != null) {
      forward(record.endedAt());
      ofToday.merge(
          record.model().provider(),
          new Costs(record.costNanoUsd(), computed),
          (a, b) -> new Costs(a.stated() + b.stated(), a.computed() + b.computed()));
    }
  }

  private void forward(Instant now) {
    LocalDate day = LocalDate.ofInstant(now, zone);
    if (day.isAfter(today)) {
      ofToday.clear();
      today = day;
    }
  }

  void look(Instant now) {
    forward(now);
    ofToday.forEach((provider, costs) -> {
      long apart = Math.abs(costs.stated() - costs.computed());
      if (Math.max(costs.stated(), costs.computed()) >= LEAST_NANO_USD
          && apart > costs.computed() / TENTH) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("stated", Watch.dollars(costs.stated()));
        facts.put("by the price table", Watch.dollars(costs.computed()));
        desk.tell(
            new Alert(
                    Alert.Kind.COSTS_DIFFER,
                    provider,
                    "answers of " + provider + " say that they cost " + facts.get("stated")
                        + " today, the price table says " + facts.get("by the price table"),
                    now)
                .once("hygiene|costs of " + provider + "|" + today, null)
                .facts(facts)
                .next("say your own prices, or load a newer table"),
            new Part(now, null, "", null, null));
      }
    });
  }
}
