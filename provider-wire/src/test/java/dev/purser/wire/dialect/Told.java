package dev.purser.wire.dialect;

import dev.purser.api.ModelUsage;
import dev.purser.api.SeenUsage;
import dev.purser.api.Settlement;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.wire.Meter.Reading;
import java.util.ArrayList;
import java.util.List;

/** A reading in the words of the page of providers. */
final class Told {

  private Told() {}

  static String of(Reading reading) {
    Settlement settlement = reading.settlement();
    SeenUsage seen = reading.seen();
    if (settlement != null) {
      return settled(settlement);
    }
    return seen == null ? "the reserved amount" : estimated(seen);
  }

  private static String settled(Settlement settlement) {
    List<String> parts = new ArrayList<>();
    parts.add(usage(settlement.usage()));
    for (ModelUsage each : settlement.besides()) {
      parts.add(each.model().name() + ": " + usage(each.usage()));
    }
    if (settlement.answeredBy() != null) {
      parts.add("model " + settlement.answeredBy().name());
    }
    if (settlement.serviceTier() != null) {
      parts.add("tier " + settlement.serviceTier());
    }
    if (settlement.region() != null) {
      parts.add("region " + settlement.region());
    }
    if (settlement.statedCost() != null) {
      parts.add("cost $" + settlement.statedCost());
    }
    return String.join("; ", parts);
  }

  private static String usage(Usage usage) {
    List<String> kinds = new ArrayList<>();
    for (UsageKind kind : UsageKind.values()) {
      if (usage.count(kind) > 0) {
        kinds.add(kind + " " + usage.count(kind));
      }
    }
    return kinds.isEmpty() ? "nothing" : String.join(", ", kinds);
  }

  private static String estimated(SeenUsage seen) {
    if (seen.hidden() && !seen.outputStated()) {
      return "ESTIMATED: the reserved amount";
    }
    String stated = seen.stated().equals(Usage.NONE) ? "" : usage(seen.stated()) + " as stated, ";
    String input = seen.inputStated() ? "" : "input as bounded, ";
    return "ESTIMATED: " + stated + input + "output of at most " + seen.visibleTokens() + " tokens";
  }
}
