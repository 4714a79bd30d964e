package dev.purser.core;

import dev.purser.api.Admission;
import dev.purser.api.BudgetGuard;
import dev.purser.api.CallIntent;
import dev.purser.api.UnmeteredCall;
import dev.purser.core.emit.Counters;
import dev.purser.core.emit.Emitter;
import dev.purser.core.pipeline.Pipeline;
import java.util.SortedMap;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Keeps the LLM calls of an application inside its budgets. One instance serves a whole application;
 * safe for use by several threads.
 *
 * <pre>{@code
 * Purser purser = Purser.builder()
 *     .owner("dana@acme.dev")
 *     .budget(Budget.daily("tripwire", Usd.of("75")).per(KEY))
 *     .build();
 * }</pre>
 *
 * <p>{@link #close} delivers the records that are still queued. A guard that was closed goes on
 * admitting and refusing, and drops its records.
 */
public final class Purser implements BudgetGuard, AutoCloseable {

  private final Pipeline pipeline;
  private final Emitter emitter;
  private final Counters counters;
  private final ScheduledExecutorService reaper;

  Purser(Pipeline pipeline, Emitter emitter, Counters counters, ScheduledExecutorService reaper) {
    this.pipeline = pipeline;
    this.emitter = emitter;
    this.counters = counters;
    this.reaper = reaper;
  }

  /** Returns a builder; it needs an owner and a budget. */
  public static PurserBuilder builder() {
    return new PurserBuilder();
  }

  @Override
  public Admission admit(CallIntent intent) {
    return pipeline.admit(intent);
  }

  @Override
  public void unmetered(UnmeteredCall call) {
    pipeline.unmetered(call);
  }

  /**
   * Returns how often what happened, by name: {@code calls.settled}, {@code
   * calls.abandoned.malformed_answer}, {@code records.dropped}, … A copy.
   */
  public SortedMap<String, Long> counters() {
    return counters.snapshot();
  }

  /** Delivers what is queued for the sinks, for at most ten seconds, and closes them. */
  @Override
  public void close() {
    reaper.shutdown();
    emitter.close();
  }
}
