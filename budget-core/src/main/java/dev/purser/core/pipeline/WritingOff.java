package dev.purser.core.pipeline;

import dev.purser.api.AbandonedCall;
import dev.purser.api.ControlRecord;
import dev.purser.api.ControlRecord.Kind;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/**
 * Takes back charges of which nobody knows whether they were billed. Safe for use by several threads:
 * of those that write one call off, and settle it, one is first; a settlement that comes after the
 * write-off is charged.
 */
public final class WritingOff {

  private final AbandonedCalls abandoned;
  private final Recorder recorder;
  private final InstantSource clock;

  WritingOff(AbandonedCalls abandoned, Recorder recorder, InstantSource clock) {
    this.abandoned = abandoned;
    this.recorder = recorder;
    this.clock = clock;
  }

  /** Returns the calls that can be written off, the earliest charged first. */
  public List<AbandonedCall> abandoned() {
    return abandoned.all().stream().map(ChargedCall::facts).toList();
  }

  /**
   * Takes the charge of a call back.
   *
   * @return false if it is none of the {@linkplain #abandoned() abandoned} ones any more
   */
  public boolean writeOff(String callId, String by, String why) {
    ChargedCall call = abandoned.find(callId);
    if (call == null || !call.writeOff()) {
      return false;
    }
    AbandonedCall facts = call.facts();
    recorder.control(ControlRecord.of(Kind.WRITTEN_OFF, "call " + callId, by, why, clock.instant())
        .with("call", callId)
        .with("admitted_at", facts.at())
        .with("key", Objects.requireNonNullElse(facts.attribution().key(), ""))
        .with("model", facts.model())
        .with("nano_usd", facts.reservedNanoUsd())
        .with("reason", facts.reason()));
    return true;
  }
}
