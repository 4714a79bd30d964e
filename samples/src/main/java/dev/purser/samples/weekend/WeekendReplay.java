package dev.purser.samples.weekend;

import static dev.purser.api.Dimension.KEY;

import dev.purser.api.Admission;
import dev.purser.api.Alert;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.core.Purser;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * An agent's loop on a frontier model, from Friday evening to Monday morning, under a daily cap for its key:
 * who is told what and when, and what the weekend cost in the end. Time is the replay's own.
 */
public final class WeekendReplay {

  private static final Instant FRIDAY = Instant.parse("2026-11-27T18:00:00Z");
  private static final Instant MONDAY = Instant.parse("2026-11-30T08:00:00Z");
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Usage CALL = Usage.ofTokens(50_000, 4_400);
  private static final Usd PRICE = Usd.of("0.36");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final ConcurrentLinkedQueue<Alert> alerts = new ConcurrentLinkedQueue<>();
  private volatile Instant now = FRIDAY;

  private WeekendReplay() {}

  /** Replays the weekend and prints what happens. */
  public static void run(PrintStream out) {
    new WeekendReplay().replay(out);
  }

  private record Line(Instant at, String text) {}

  private void replay(PrintStream out) {
    List<Line> lines = new ArrayList<>();
    long wanted = 0;
    long served = 0;
    try (Purser purser = Purser.builder()
        .owner("dana@acme.dev")
        .budget(Budget.daily("tripwire", Usd.of("75")).per(KEY))
        .clock(() -> now)
        .sink(record -> {})
        .alertSink(alerts::add)
        .build()) {
      CallIntent intent = CallIntent.builder(ModelId.of("anthropic", "claude-opus-4-6"))
          .prompt(
              Prompt.builder().text("Fix the build.").tokens(50_000).userTurn().build())
          .outputCap(CALL.outputTokens())
          .attribution(Attribution.key("alice").session("night").team("platform"))
          .build();
      boolean refusing = false;
      for (; now.isBefore(MONDAY); now = now.plus(EVERY)) {
        wanted++;
        Admission admission = purser.admit(intent);
        if (admission instanceof Admission.Admitted admitted) {
          admitted.reservation().settle(CALL);
          served++;
          refusing = false;
        } else if (!refusing) {
          refusing = true;
          lines.add(new Line(now, "refused: budget \"tripwire\" (key=alice) is exhausted"));
        }
      }
      if (!purser.flush(PATIENCE)) {
        throw new IllegalStateException("alerts did not arrive");
      }
    }
    for (Alert alert : alerts) {
      lines.add(new Line(
          alert.at(), String.format(Locale.ROOT, "%-7s %s", alert.severity(), alert.message())));
    }
    lines.sort(Comparator.comparing(Line::at));
    lines.forEach(line -> out.println(TIME.format(line.at()) + "  " + line.text()));
    out.println("The loop asked for " + dollars(wanted) + " and got " + dollars(served) + ".");
  }

  private static String dollars(long calls) {
    return "$" + Usd.ofNanos(calls * PRICE.nanos());
  }
}
