package dev.purser.core.ledger;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.purser.api.Budget;
import dev.purser.spi.Account;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IJ_Result;

/**
 * A limit is lowered behind a gate that keeps admissions out: once it is in force, nobody is admitted
 * against the old one.
 */
@JCStressTest
@Outcome(id = "0, 6", expect = ACCEPTABLE, desc = "admitted before: the change found it held")
@Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "refused by the new limit")
@Outcome(expect = FORBIDDEN, desc = "overspent: admitted after the limit was lowered")
@State
public class LoweredLimitOverspent {

  private static final Budget LOWERED = Stage.daily("budget", 5);

  private final Stage stage = new Stage();
  private final Account account = stage.open(Stage.daily("budget", 10));
  private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock();

  @Actor
  public void reserve(IJ_Result r) {
    gate.readLock().lock();
    try {
      r.r1 = stage.tried(Stage.NOON, 6, account);
    } finally {
      gate.readLock().unlock();
    }
  }

  @Actor
  public void lower(IJ_Result r) {
    gate.writeLock().lock();
    try {
      stage.ledger.revise(List.of(LOWERED));
    } finally {
      gate.writeLock().unlock();
    }
    r.r2 = stage.balance(account, Stage.NOON).held();
  }
}
