package dev.purser.core;

import dev.purser.api.AbandonedCall;
import dev.purser.api.ControlRecord;
import dev.purser.api.Grant;
import dev.purser.api.GrantInForce;
import dev.purser.core.pipeline.Pipeline;
import java.util.List;

/**
 * What people grant on top of the limits of a guard, and write off. Safe for use by several threads;
 * what is done holds when the method returns, and leaves a {@link ControlRecord}. A journal brings grants
 * back after a restart; without one they end with the guard.
 *
 * <pre>{@code
 * purser.grants().grant(Grant.of("tripwire", Usd.of("50"))
 *     .to("key=alice").by("dana@acme.dev").because("release night"));
 * }</pre>
 */
public final class Grants {

  private final Pipeline pipeline;

  Grants(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  /**
   * Raises the limit of an account, until the grant's time is over or somebody {@linkplain #end ends}
   * it. Grants to one account add up. Calls that wait for room there go on.
   *
   * @return the grant with its id, and with what it comes to in the unit of the budget's measure
   * @throws IllegalArgumentException if there is no such budget or it cannot have such an account, if
   *     the grant is given in another unit, says not by whom or why, comes to nothing, ends before it
   *     begins, or has no end where the window has none to lend it
   */
  public GrantInForce grant(Grant grant) {
    return pipeline.granting().grant(grant);
  }

  /**
   * Ends a grant before its time. What was spent stays spent: where that is above the limit then, only
   * free calls pass until the window is over.
   *
   * @param id the id of the grant
   * @param by who does it
   * @param why for what reason
   * @return false if no such grant is in force
   * @throws IllegalArgumentException if nobody does it, or for no reason
   */
  public boolean end(String id, String by, String why) {
    return pipeline.granting().end(id, Said.filled("by", by), Said.filled("why", why));
  }

  /** Returns the grants in force, in the order in which they were made. */
  public List<GrantInForce> inForce() {
    return pipeline.granting().inForce();
  }

  /**
   * Returns the calls that were charged their reserved amount because nobody said what they used, and
   * not settled since; the latest 10,000 of them, the earliest first.
   */
  public List<AbandonedCall> abandoned() {
    return pipeline.writingOff().abandoned();
  }

  /**
   * Takes the charge of an abandoned call back, because it was not billed, or nobody will ever know. A
   * settlement that arrives all the same is charged.
   *
   * @param callId the id of the call
   * @param by who does it
   * @param why for what reason
   * @return false if it is none of the {@linkplain #abandoned() abandoned} calls any more: it was
   *     settled, or written off before
   * @throws IllegalArgumentException if nobody does it, or for no reason
   */
  public boolean writeOff(String callId, String by, String why) {
    return pipeline.writingOff().writeOff(callId, Said.filled("by", by), Said.filled("why", why));
  }
}
