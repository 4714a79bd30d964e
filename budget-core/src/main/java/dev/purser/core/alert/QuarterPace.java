package dev.purser.core.alert;

import dev.purser.api.Alert;
import dev.purser.api.AlertRules;
import dev.purser.api.Budget;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Whether a quarter's budget is spent faster than the quarter goes by: 60 % within its first six weeks. */
final class QuarterPace {

  private static final BigInteger HUNDRED = BigInteger.valueOf(100);

  private QuarterPace() {}

  static void look(
      Ground.Quarter quarter, AlertRules rules, Owners owners, Desk desk, Instant now) {
    Budget budget = quarter.budget();
    ZoneId zone = Objects.requireNonNullElse(budget.zone(), ZoneOffset.UTC);
    Instant start = budget.window().startOf(now, zone);
    Instant end = budget.window().endOf(now, zone);
    LocalDate first = LocalDate.ofInstant(start, zone);
    LocalDate last = first.plusDays(rules.paceDays());
    boolean early = now.isBefore(last.atStartOfDay(zone).toInstant());
    if (!early || quarter.limit() <= 0 || !isMost(quarter, rules.paceShare())) {
      return;
    }
    LocalDate ends = endsOn(quarter, start, now, zone);
    String subject =
        quarter.scope().isEmpty() ? budget.name() : budget.name() + " " + quarter.scope();
    Map<String, String> facts = new TreeMap<>();
    facts.put("spent", Watch.dollars(quarter.spent()));
    facts.put("limit", Watch.dollars(quarter.limit()));
    facts.put("would end on", ends.toString());
    desk.tell(
        new Alert(
                Alert.Kind.QUARTER_PACE,
                subject,
                "budget \"" + subject + "\" has spent " + facts.get("spent") + " of "
                    + facts.get("limit") + " before " + last + ", " + rules.paceShare()
                    + " % and more; at this pace it ends on " + ends,
                now)
            .owner(owners.of(budget))
            .once("quarter pace|" + subject + "|" + first, end)
            .facts(facts)
            .next("decide whether the quarter gets more", "downgrade routine work"),
        Part.ofAccount(budget, quarter.scope(), now));
  }

  private static boolean isMost(Ground.Quarter quarter, int percent) {
    return BigInteger.valueOf(quarter.spent())
            .multiply(HUNDRED)
            .compareTo(BigInteger.valueOf(quarter.limit()).multiply(BigInteger.valueOf(percent)))
        >= 0;
  }

  /** The day on which as much again as was spent in as much time as went by reaches the limit. */
  private static LocalDate endsOn(Ground.Quarter quarter, Instant start, Instant now, ZoneId zone) {
    BigInteger seconds = BigInteger.valueOf(Duration.between(start, now).toSeconds())
        .multiply(BigInteger.valueOf(quarter.limit()))
        .divide(BigInteger.valueOf(Math.max(1, quarter.spent())));
    return LocalDate.ofInstant(start.plusSeconds(seconds.longValueExact()), zone);
  }
}
