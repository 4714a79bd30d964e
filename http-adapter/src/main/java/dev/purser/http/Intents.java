package dev.purser.http;

import dev.purser.api.Attribution;
import dev.purser.api.CallIntent;
import dev.purser.wire.WireCall;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Says to the guard what a call wants. */
public final class Intents {

  /** How the official SDKs of OpenAI and Anthropic, and those made like them, say that they retry. */
  private static final String RETRIES = "x-stainless-retry-count";

  /** Who retries more often than that says something else. */
  private static final int MOST_DIGITS = 4;

  private final @Nullable Duration maxWait;

  /** Sets how long each call may wait; null for the guard's bound. */
  public Intents(@Nullable Duration maxWait) {
    this.maxWait = maxWait;
  }

  /** Returns the intent of a call with this head, for whom its request says. */
  public CallIntent.Builder of(WireCall wire, CallHead head, Attribution stated) {
    CallIntent.Builder intent = CallIntent.builder(wire.model())
        .alternatives(wire.alternatives())
        .api(wire.dialect().name())
        .attribution(withSession(stated, wire.session()))
        .prompt(wire.prompt())
        .choices(wire.choices())
        .serviceTier(wire.serviceTier())
        .region(wire.region())
        .bill(wire.bill())
        .attempt(attempt(head.header(RETRIES)))
        .stream(wire.stream())
        .maxWait(maxWait);
    wire.outputCap().ifPresent(intent::outputCap);
    return intent;
  }

  private static int attempt(@Nullable String retries) {
    String digits = retries == null ? "" : retries.strip();
    boolean number = !digits.isEmpty()
        && digits.length() <= MOST_DIGITS
        && digits.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    return number ? Integer.parseInt(digits) + 1 : 1;
  }

  /** Two names for the session of one call do not make one session a part of the other. */
  private static Attribution withSession(Attribution stated, @Nullable String ofRequest) {
    return stated.session() != null || ofRequest == null || ofRequest.isBlank()
        ? stated
        : stated.session(ofRequest);
  }
}
