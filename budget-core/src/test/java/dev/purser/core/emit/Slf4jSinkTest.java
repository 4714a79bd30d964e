package dev.purser.core.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Alert;
import dev.purser.api.Attribution;
import dev.purser.api.ControlRecord;
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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

class Slf4jSinkTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  /** Ends of lines for whoever reads them: a file, a terminal, a browser. */
  private static final String ENDS = "\r\n\u0085\u2028\u2029\u001b[2K\u202e";

  private static final String FORGED = "x" + ENDS + "INFO dev.purser.records - forged";
  private static final String HARMLESS =
      "x" + "     " + " [2K " + "INFO dev.purser.records - forged";

  private final Lines records = new Lines(Level.DEBUG);
  private final Lines alerts = new Lines(Level.DEBUG);
  private final Slf4jSink sink = new Slf4jSink(records, alerts);

  /** A logger that keeps what it is told. */
  static final class Lines extends LegacyAbstractLogger {

    private static final long serialVersionUID = 1L;

    final transient List<String> all = new ArrayList<>();
    private final Level least;

    Lines(Level least) {
      this.least = least;
    }

    private boolean enabled(Level level) {
      return level.toInt() >= least.toInt();
    }

    @Override
    public boolean isTraceEnabled() {
      return enabled(Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
      return enabled(Level.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
      return enabled(Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
      return enabled(Level.WARN);
    }

    @Override
    public boolean isErrorEnabled() {
      return enabled(Level.ERROR);
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
      return null;
    }

    @Override
    protected void handleNormalizedLoggingCall(
        Level level,
        @Nullable Marker marker,
        String line,
        Object @Nullable [] parts,
        @Nullable Throwable thrown) {
      all.add(level + " " + MessageFormatter.basicArrayFormat(line, parts));
    }
  }

  private static SpendRecord record(
      Outcome outcome,
      String text,
      @Nullable String reason,
      @Nullable Refusal refusal,
      @Nullable Denial denial) {
    return SpendRecord.builder("c-1", outcome, ModelId.of("openai", text), NOON)
        .attribution(Attribution.key(text).session(text).tag("repo", text))
        .usage(Usage.ofTokens(1, 2))
        .charged(20_000_000, 10_000_000)
        .prices("2026-11-23", true)
        .reason(reason)
        .refusal(refusal)
        .denial(denial)
        .build();
  }

  private static Refusal refusal(String text) {
    return new Refusal(
        Refusal.Reason.EXHAUSTED, text, "key=" + text, text, Measure.USD, 10, 10, 0, 5, null);
  }

  @Test
  void aCallIsALineWithWhatItCost() {
    sink.accept(record(Outcome.SETTLED, "gpt", null, null, null));
    sink.accept(record(Outcome.ABANDONED, "gpt", "STREAM_CUT", null, null));

    assertThat(records.all).hasSize(2);
    assertThat(records.all.get(0))
        .startsWith("DEBUG c-1 SETTLED ")
        .contains("gpt", "{key=gpt, repo=gpt, session=gpt}", "cost $0.01 of $0.02");
    assertThat(records.all.get(1)).startsWith("WARN c-1 ABANDONED ").endsWith(" STREAM_CUT");
  }

  @Test
  void aLineSaysWhatWasSeenOfACallAndNeverWhatWasSaid() {
    sink.accept(record(Outcome.SETTLED, "gpt", null, null, null).toBuilder()
        .routed(ModelId.of("openai", "gpt-mini"), "router")
        .exchange(new Exchange(
            2,
            true,
            Duration.ofMillis(1_234),
            Duration.ofMillis(321),
            200,
            "overloaded_error",
            "length",
            "the prompt",
            "the answer"))
        .build());

    assertThat(records.all)
        .singleElement()
        .satisfies(line -> assertThat(line)
            .contains("openai/gpt -> openai/gpt-mini (router) {key=gpt")
            .endsWith(" attempt 2 status 200 latency 1234 ms first chunk 321 ms finish length error"
                + " overloaded_error")
            .doesNotContain("the prompt", "the answer"));
  }

  @Test
  void whatWasNotSeenTakesNoRoom() {
    sink.accept(record(Outcome.SETTLED, "gpt", null, null, null));

    assertThat(records.all.get(0))
        .doesNotContain("->", "attempt", "status", "latency", "first chunk", "finish", "error");
  }

  @Test
  void whateverACallerCallsThingsACallIsOneLine() {
    sink.accept(record(Outcome.SETTLED, FORGED, null, null, null));
    sink.accept(record(Outcome.UNMETERED, FORGED, FORGED, null, null));
    sink.accept(record(Outcome.REFUSED, FORGED, null, refusal(FORGED), null));
    sink.accept(record(Outcome.OBSERVED, FORGED, null, refusal(FORGED), null));
    sink.accept(record(Outcome.SETTLED, FORGED, null, null, null).toBuilder()
        .routed(ModelId.of("openai", "gpt" + FORGED), FORGED)
        .exchange(new Exchange(1, false, null, null, 500, FORGED, FORGED, null, null))
        .build());
    sink.accept(record(
        Outcome.DENIED,
        FORGED,
        null,
        null,
        new Denial(Denial.Reason.FROZEN, FORGED, null, "frozen by " + FORGED)));

    assertThat(records.all).hasSize(6).allSatisfy(Slf4jSinkTest::isOneLine);
    assertThat(records.all.get(0)).contains("{key=" + HARMLESS + ", repo=");
  }

  @Test
  void whateverPeopleWriteWhatTheyDoIsOneLine() {
    sink.control(ControlRecord.of(ControlRecord.Kind.GRANTED, FORGED, FORGED, FORGED, NOON)
        .with(FORGED, FORGED));

    assertThat(records.all).singleElement().satisfies(Slf4jSinkTest::isOneLine);
    assertThat(records.all.get(0)).startsWith("INFO GRANTED " + HARMLESS + " by " + HARMLESS);
  }

  @Test
  void anAlertIsOneLine() {
    sink.accept(new Alert(Alert.Kind.UNKNOWN_MODEL, FORGED, "no price for " + FORGED, NOON));

    assertThat(alerts.all)
        .containsExactly("WARN UNKNOWN_MODEL " + HARMLESS + ": no price for " + HARMLESS);
  }

  @Test
  void whatIsBelowTheLevelIsNotLogged() {
    Lines some = new Lines(Level.INFO);
    Slf4jSink quiet = new Slf4jSink(some, alerts);

    quiet.accept(record(Outcome.SETTLED, "gpt", null, null, null));
    quiet.accept(record(Outcome.UNMETERED, "gpt", null, null, null));

    assertThat(some.all).singleElement().satisfies(line -> assertThat(line).contains("UNMETERED"));
  }

  private static void isOneLine(String line) {
    assertThat(line).contains("forged").doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
  }
}
