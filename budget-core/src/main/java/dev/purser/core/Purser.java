package dev.purser.core;

import dev.purser.api.Admission;
import dev.purser.api.Alert;
import dev.purser.api.Balances;
import dev.purser.api.Budget;
import dev.purser.api.BudgetGuard;
import dev.purser.api.CallIntent;
import dev.purser.api.CapSuggestion;
import dev.purser.api.Credential;
import dev.purser.api.Denial;
import dev.purser.api.Dimension;
import dev.purser.api.Freeze;
import dev.purser.api.FreezeTarget;
import dev.purser.api.PassingCall;
import dev.purser.api.RecoveryReport;
import dev.purser.api.RoutingRules;
import dev.purser.api.SessionSpend;
import dev.purser.api.Spender;
import dev.purser.api.UnmeteredCall;
import dev.purser.core.emit.Counters;
import dev.purser.core.emit.Emitter;
import dev.purser.core.journal.Journal;
import dev.purser.core.pipeline.Pipeline;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

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
 * admitting and refusing, and drops its records; one with a journal refuses what budgets would have to
 * remember.
 */
public final class Purser implements BudgetGuard, AutoCloseable {

  private final Pipeline pipeline;
  private final Emitter emitter;
  private final Counters counters;
  private final InForce inForce;
  private final Keys keys;
  private final Grants grants;
  private final InstantSource clock;
  private final @Nullable Journal journal;
  private final ScheduledExecutorService housekeeping;

  Purser(
      Pipeline pipeline,
      Emitter emitter,
      Counters counters,
      InForce inForce,
      Keys keys,
      InstantSource clock,
      @Nullable Journal journal,
      ScheduledExecutorService housekeeping) {
    this.pipeline = pipeline;
    this.emitter = emitter;
    this.counters = counters;
    this.inForce = inForce;
    this.keys = keys;
    grants = new Grants(pipeline);
    this.clock = clock;
    this.journal = journal;
    this.housekeeping = housekeeping;
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
  public Admission pass(PassingCall call) {
    return pipeline.pass(call);
  }

  @Override
  public void denied(PassingCall call, Denial denial) {
    pipeline.denied(call, denial);
  }

  @Override
  public Optional<String> keyName(Credential credential) {
    return pipeline.keyName(credential);
  }

  @Override
  public RoutingRules routing() {
    return pipeline.routing();
  }

  @Override
  public void unmetered(UnmeteredCall call) {
    pipeline.unmetered(call);
  }

  /**
   * Reads the configuration file again and puts it in force, without losing what was counted: a
   * limit that was raised or lowered holds from the next call on and wakes calls that wait; a budget
   * that counts otherwise than before starts with what is known of its present window.
   *
   * @throws IllegalArgumentException if the file is wrong, with everything that is; then nothing
   *     changes
   * @throws IllegalStateException if the guard was built without a file
   */
  public void reload() {
    inForce.reload();
  }

  /**
   * Puts other budgets in force in place of those before, as {@link #reload()} does.
   *
   * @throws IllegalArgumentException if they are wrong; then nothing changes
   */
  public void revise(List<Budget> budgets) {
    inForce.revise(budgets);
  }

  /** Returns the virtual keys. */
  public Keys keys() {
    return keys;
  }

  /** Returns what is granted on top of the limits, and written off. */
  public Grants grants() {
    return grants;
  }

  /**
   * Returns what all accounts have and hold, how fast they are spent and how long they will last. Calls
   * go on meanwhile. It reads every account that is open, so it is for people and dashboards, not for
   * each call.
   */
  public Balances balances() {
    return pipeline.overview().balances();
  }

  /**
   * Returns what a daily cap for each value of a dimension might be, from what was seen: 3 to 5 times
   * what it spends on the median day of UTC on which it spends money. Today is left out, as it is not
   * over; values without such a day are left out, too. The highest come first.
   *
   * @param dimension what the cap would count apart, such as {@link Dimension#KEY}
   */
  public List<CapSuggestion> suggestedCaps(Dimension dimension) {
    return pipeline.overview().suggestedCaps(dimension);
  }

  /**
   * Stops the calls of a key, a session, a team, or all, until {@link #unfreeze}. When this returns,
   * none of them is admitted any more, those that wait are denied, and those that are open are cut,
   * as far as whoever makes them said {@linkplain dev.purser.api.Reservation#onCut how}: the adapters
   * do. What a call that was cut had until then is charged.
   *
   * @param by who does it
   * @param why for what reason
   * @return false if it was frozen before; then the freeze of before stands
   * @throws IllegalArgumentException if nobody does it, or for no reason
   */
  public boolean freeze(FreezeTarget target, String by, String why) {
    return pipeline.freezing().freeze(new Freeze(target, by, why, clock.instant()));
  }

  /**
   * Lets calls be made again that were frozen.
   *
   * @return false if they were not
   * @throws IllegalArgumentException if nobody does it, or for no reason
   */
  public boolean unfreeze(FreezeTarget target, String by, String why) {
    return pipeline.freezing().unfreeze(new Freeze(target, by, why, clock.instant()));
  }

  /** Returns the freezes that stand, the oldest first. */
  public List<Freeze> freezes() {
    return pipeline.freezing().all();
  }

  /** Returns the budgets in force, with owner and zone. */
  public List<Budget> budgets() {
    return pipeline.budgets();
  }

  /**
   * Returns how often what happened, by name: {@code calls.settled}, {@code
   * calls.abandoned.malformed_answer}, {@code records.dropped}, … A copy.
   */
  public SortedMap<String, Long> counters() {
    return counters.snapshot();
  }

  /** Returns what the journal held when this guard was built; empty without a journal. */
  public Optional<RecoveryReport> recovery() {
    return Optional.ofNullable(journal).map(Journal::report);
  }

  /**
   * Returns what each session has done since this guard was started, those that burn most first: the ten
   * thousand used last, each with its parts. A moment old, for it is made of records.
   */
  public List<SessionSpend> sessions() {
    return pipeline.alerting().watch().sessions();
  }

  /**
   * Returns who spent most since an instant, the dearest first.
   *
   * @param dimension of what, such as {@link Dimension#KEY}
   * @param since from when on, to the quarter of an hour; more than two days ago, to the day of UTC
   * @param most how many
   */
  public List<Spender> topSpenders(Dimension dimension, Instant since, int most) {
    return pipeline.overview().topSpenders(dimension, since, most);
  }

  /**
   * Returns balances, sessions and open alerts as JSON, as they are now; {@code docs/alerts.md} has the
   * schema. It reads every account that is open, so it is for people and dashboards.
   */
  public String status() {
    return StatusJson.of(balances(), sessions(), openAlerts());
  }

  /** Returns the alerts that nobody has acknowledged and that are not over, the latest first. */
  public List<Alert> openAlerts() {
    return pipeline.alerting().book().open();
  }

  /**
   * Acknowledges an alert, which tells the sinks that it is over.
   *
   * @param key the alert's
   * @param by who does it
   * @return false if none of that key is open
   * @throws IllegalArgumentException if nobody does it, or for no reason
   */
  public boolean acknowledge(String key, String by, String why) {
    Said.whoAndWhy(by, why);
    return pipeline.acknowledge(key, by, why);
  }

  /** Does what housekeeping does now and then; for tests. */
  void sweep() {
    pipeline.sweep();
  }

  /** Does what alerts need now and then; for tests. */
  void lookAtAlerts() {
    pipeline.lookAtAlerts();
  }

  /** Returns how many calls wait for money; for tests. */
  int waiting() {
    return pipeline.waiting();
  }

  /** Does what housekeeping does all the time; for tests. */
  int reap() {
    return pipeline.reap();
  }

  /**
   * Waits until the sinks have taken what was told them before and have made it visible: for tests, and
   * for whoever is about to be frozen or to look at what a sink wrote.
   *
   * @return false if that took longer, or the thread was interrupted, which it still is
   */
  public boolean flush(Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    // What rules see in records is completed by housekeeping before it goes to the sinks for
    // alerts.
    return emitter.flush(atMost)
        && Housekeeping.passes(housekeeping, end)
        && emitter.flush(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
  }

  /**
   * Delivers what is queued for the sinks, for at most ten seconds, and closes them. What a slower sink
   * could not take is counted as {@code records.dropped}. Gives the journal's
   * folder back.
   */
  @Override
  public void close() {
    Housekeeping.end(housekeeping);
    emitter.close();
    if (journal != null) {
      journal.close();
    }
  }
}
