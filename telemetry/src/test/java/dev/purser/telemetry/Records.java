package dev.purser.telemetry;

import dev.purser.api.Attribution;
import dev.purser.api.Denial;
import dev.purser.api.Exchange;
import dev.purser.api.Measure;
import dev.purser.api.ModelId;
import dev.purser.api.Refusal;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.api.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Records as a guard tells them, of one call each. */
final class Records {

  static final ModelId ASKED = ModelId.of("openai", "gpt-4o");
  static final ModelId ANSWERED = ModelId.of("openai", "gpt-4o-2024-08-06");
  static final Attribution WHO =
      Attribution.key("alice").user("u-1").team("platform").session("s-1").taskClass("routine");

  /** Held in each case, in nano-dollars. */
  static final long RESERVED = 500_000_000;

  private Records() {}

  private static SpendRecord.Builder of(Outcome outcome) {
    return SpendRecord.builder("call-1", outcome, ASKED, Instant.EPOCH)
        .api("openai.chat.completions")
        .attribution(WHO);
  }

  private static Exchange stream(String error) {
    return new Exchange(
        1, true, Duration.ofMillis(2_500), Duration.ofMillis(300), 200, error, "stop", null, null);
  }

  static SpendRecord settled() {
    return of(Outcome.SETTLED)
        .answered(ANSWERED, null, "id")
        .usage(Usage.ofTokens(1_000, 200))
        .charged(RESERVED, 100_000_000)
        .exchange(stream(null))
        .build();
  }

  static SpendRecord abandoned(String reason) {
    return of(Outcome.ABANDONED)
        .usage(Usage.ofTokens(1_000, 4_000))
        .charged(RESERVED, RESERVED)
        .reason(reason)
        .exchange(stream("java.net.SocketTimeoutException"))
        .build();
  }

  static SpendRecord corrected() {
    return settled().toBuilder()
        .outcome(Outcome.CORRECTED)
        .spent(100_000_000 - RESERVED)
        .build();
  }

  static SpendRecord released() {
    Exchange failed =
        new Exchange(1, false, Duration.ofMillis(40), null, 503, null, null, null, null);
    return of(Outcome.RELEASED).charged(RESERVED, 0).exchange(failed).build();
  }

  static SpendRecord estimated() {
    return of(Outcome.ESTIMATED)
        .usage(Usage.ofTokens(1_000, 50))
        .charged(RESERVED, 30_000_000)
        .reason("closed_early")
        .exchange(stream(null))
        .build();
  }

  static SpendRecord writtenOff() {
    return of(Outcome.WRITTEN_OFF)
        .usage(Usage.ofTokens(1_000, 4_000))
        .charged(RESERVED, 0)
        .spent(-RESERVED)
        .exchange(stream(null))
        .build();
  }

  static SpendRecord refused() {
    return of(Outcome.REFUSED)
        .usage(Usage.ofTokens(1_000, 4_000))
        .refusal(refusal())
        .build();
  }

  static SpendRecord observed() {
    return of(Outcome.OBSERVED)
        .usage(Usage.ofTokens(1_000, 4_000))
        .refusal(refusal())
        .build();
  }

  private static Refusal refusal() {
    return new Refusal(
        Refusal.Reason.EXHAUSTED,
        "tripwire",
        "key=alice",
        "dana@acme.dev",
        Measure.USD,
        75,
        75,
        0,
        1,
        null);
  }

  static SpendRecord denied() {
    return of(Outcome.DENIED)
        .denial(new Denial(Denial.Reason.REVOKED_KEY, "alice", null, ""))
        .build();
  }

  static SpendRecord unmetered() {
    return SpendRecord.builder("call-2", Outcome.UNMETERED, ModelId.of("openai", ""), Instant.EPOCH)
        .api("POST api.openai.com/v1/batches")
        .attribution(WHO)
        .reason("no dialect")
        .build();
  }

  static List<SpendRecord> ofEveryOutcome() {
    return List.of(
        settled(),
        abandoned("call_failed"),
        corrected(),
        released(),
        estimated(),
        writtenOff(),
        refused(),
        observed(),
        denied(),
        unmetered());
  }
}
