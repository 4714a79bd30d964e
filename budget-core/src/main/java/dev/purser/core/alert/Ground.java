package dev.purser.core.alert;

import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.ModelId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What rules ask of the rest. */
public interface Ground {

  /** Returns the session of a call and all above it, itself first; empty if it has none. */
  List<String> lineage(Attribution who);

  /** Returns how many calls each key made of each model since an instant. */
  Map<String, Map<ModelId, Long>> requestsSince(Instant since);

  /** Returns the accounts of quarters that count money. */
  List<Quarter> quarters(Instant now);

  /**
   * An account of a quarter.
   *
   * @param spent in nano-dollars
   * @param limit in nano-dollars
   */
  record Quarter(Budget budget, String scope, long spent, long limit) {}
}
