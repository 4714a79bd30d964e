package dev.purser.samples.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AbandonReason;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.CallIntent;
import dev.purser.api.Dimension;
import dev.purser.api.Exchange;
import dev.purser.api.FreezeTarget;
import dev.purser.api.Grant;
import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.api.Reservation;
import dev.purser.api.SeenUsage;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.UnmeteredCall;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import dev.purser.api.VirtualKey;
import dev.purser.core.Purser;
import dev.purser.core.RecordSinks;
import dev.purser.spi.RecordSink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Writes every line that a run can write, into a journal and into a file beside it. */
final class EverythingThatHappens {

  private static final ModelId MODEL = ModelId.of("openai", "gpt-4o");
  private static final Attribution ALICE = Attribution.key("alice")
      .user("al")
      .team("platform")
      .session("leaf")
      .ancestors(List.of("root"))
      .taskClass("routine")
      .tag("repo", "purser");

  private final Path folder;
  private final Path file;
  private Instant now = Instant.parse("2026-11-25T09:00:00Z");

  EverythingThatHappens(Path folder, Path file) {
    this.folder = folder;
    this.file = file;
  }

  /** The second guard sums up what the first has written. */
  void write() throws IOException {
    try (Purser purser = guard()) {
      endings(purser);
      controls(purser);
      half(purser);
      refusals(purser);
      assertThat(purser.flush(Duration.ofSeconds(30))).isTrue();
      String alert = purser.openAlerts().get(0).key();
      assertThat(purser.acknowledge(alert, "dana", "seen")).isTrue();
    }
    now = now.plus(Duration.ofDays(1));
    guard().close();
    try (RecordSink sink = RecordSinks.jsonLines(file)) {
      sink.accept(full());
    }
  }

  private Purser guard() {
    return Purser.builder()
        .owner("dana@acme.dev")
        .budget(Budget.total("all", Usd.of("10")).per(Dimension.KEY))
        .budget(Budget.daily("day", Usd.of("1")).only(Dimension.KEY, "alice"))
        .budget(Budget.daily("watched", Usd.of("0.001")).observe())
        .clock(() -> now)
        .jsonLines(file)
        .alertSink(alert -> {})
        .journal(folder)
        .build();
  }

  private static CallIntent.Builder intent(Attribution who, long output) {
    return CallIntent.builder(MODEL).prompt(Prompt.EMPTY).outputCap(output).attribution(who);
  }

  /** More than half of the day's dollar. */
  private static void half(Purser purser) {
    purser.admit(intent(ALICE, 60_000).build()).orThrow().settle(Usage.ofTokens(0, 60_000));
  }

  private static Reservation hold(Purser purser) {
    return purser.admit(intent(ALICE, 1_000).build()).orThrow();
  }

  private static void endings(Purser purser) {
    hold(purser).settle(Usage.ofTokens(10, 20));
    hold(purser).release();
    Reservation corrected = hold(purser);
    corrected.abandon(AbandonReason.CLOSED_EARLY);
    corrected.settle(Usage.ofTokens(10, 20));
    hold(purser)
        .abandon(
            AbandonReason.NO_USAGE,
            new SeenUsage(Usage.NONE, false, false, 30, false, null, null, null));
    hold(purser).abandon(AbandonReason.CLOSED_EARLY);
    String left = purser.grants().abandoned().get(0).id();
    purser.grants().writeOff(left, "dana", "not on the bill");
    hold(purser).abandon(AbandonReason.CLOSED_EARLY);
    purser
        .admit(intent(ALICE, 1_000).bill("batch_1").build())
        .orThrow()
        .settle(Usage.ofTokens(10, 20));
    purser.unmetered(new UnmeteredCall("openai", "POST /v1/x", ALICE, null, "no dialect"));
  }

  private void controls(Purser purser) {
    String id = purser
        .grants()
        .grant(Grant.ofPercent("all", 20).to("key=alice").by("dana").because("launch"))
        .id();
    purser.grants().end(id, "dana", "over");
    purser
        .keys()
        .mint(
            VirtualKey.named("ci")
                .owner("mo")
                .team("platform")
                .models("gpt-*")
                .taskClasses("routine")
                .expires(now.plus(Duration.ofDays(30))),
            "dana");
    purser.keys().rotate("ci", Duration.ofDays(1), "dana", "leaked");
    purser.keys().revoke("ci", "dana", "leaked again");
    purser.freeze(FreezeTarget.key("bob"), "dana", "loop");
  }

  /** Of each kind a second one, which is only counted. */
  private static void refusals(Purser purser) {
    for (int i = 0; i < 2; i++) {
      purser.admit(intent(ALICE, 2_000_000).build());
      purser.admit(intent(Attribution.key("bob"), 1_000).build());
      hold(purser).settle(Usage.ofTokens(10, 20)); // more than the budget that watches has
    }
  }

  /** Returns a record with everything that a record may say. */
  private SpendRecord full() {
    return SpendRecord.builder("full", Outcome.SETTLED, MODEL, now)
        .api("openai.chat.completions")
        .attribution(ALICE)
        .routed(ModelId.of("anthropic", "claude-haiku-4-5"), "router")
        .answered(ModelId.of("anthropic", "claude-haiku-4-5-20251001"), "standard", "msg_1")
        .usage(Usage.ofTokens(10, 20))
        .charged(2_000, 1_000)
        .computed(1_100L)
        .reason("a reason")
        .bill("batch_2")
        .exchange(new Exchange(
            2,
            true,
            Duration.ofMillis(900),
            Duration.ofMillis(80),
            200,
            "overloaded_error",
            "stop",
            "why?",
            "because"))
        .build();
  }
}
