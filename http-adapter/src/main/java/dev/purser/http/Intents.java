package dev.purser.http;

import dev.purser.api.Attribution;
import dev.purser.api.CallIntent;
import dev.purser.wire.WireCall;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Says to the guard what a call wants. */
public final class Intents {

  private final @Nullable Duration maxWait;

  /** Sets how long each call may wait; null for the guard's bound. */
  public Intents(@Nullable Duration maxWait) {
    this.maxWait = maxWait;
  }

  /** Returns the intent of a call, for whom its request says. */
  public CallIntent.Builder of(WireCall wire, Attribution stated) {
    CallIntent.Builder intent = CallIntent.builder(wire.model())
        .alternatives(wire.alternatives())
        .api(wire.dialect().name())
        .attribution(withSession(stated, wire.session()))
        .prompt(wire.prompt())
        .choices(wire.choices())
        .serviceTier(wire.serviceTier())
        .region(wire.region())
        .bill(wire.bill())
        .maxWait(maxWait);
    wire.outputCap().ifPresent(intent::outputCap);
    return intent;
  }

  /** Two names for the session of one call do not make one session a part of the other. */
  private static Attribution withSession(Attribution stated, @Nullable String ofRequest) {
    return stated.session() != null || ofRequest == null || ofRequest.isBlank()
        ? stated
        : stated.session(ofRequest);
  }
}
