package dev.purser.core.alert;

import dev.purser.api.Alert;
import dev.purser.api.Attribution;
import dev.purser.api.ModelId;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A desk that keeps what it was left, each key once, as the book does. */
final class Told implements Desk {

  static final Owners OWNERS =
      new Owners(name -> null, Map.of("platform", "lead@acme.dev"), "dana@acme.dev");
  static final ModelId OPUS = ModelId.of("anthropic", "claude-opus-4-6");

  final List<Alert> alerts = new ArrayList<>();
  private final Set<String> keys = new HashSet<>();

  @Override
  public void tell(Alert alert, Part part) {
    if (keys.add(alert.key())) {
      alerts.add(alert);
    }
  }

  static SpendRecord spent(Attribution who, String usd, Instant at) {
    return SpendRecord.builder("1", Outcome.SETTLED, OPUS, at)
        .endedAt(at)
        .attribution(who)
        .usage(Usage.ofTokens(1, 1))
        .charged(0, Usd.of(usd).nanos())
        .spent(Usd.of(usd).nanos())
        .build();
  }
}
