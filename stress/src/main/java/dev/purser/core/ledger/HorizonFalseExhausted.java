package dev.purser.core.ledger;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.purser.spi.Account;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Charges leave the window while a call asks for all of it: they are gone from both counts. */
@JCStressTest
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the whole window first")
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the small call first")
@Outcome(id = "2, .*|.*, 2", expect = FORBIDDEN, desc = "false EXHAUSTED")
@Outcome(expect = FORBIDDEN, desc = "overspent, or refused for nothing")
@State
public class HorizonFalseExhausted {

  private final Stage stage = new Stage();
  private final Account account = stage.open(Stage.rolling(10));

  public HorizonFalseExhausted() {
    for (int minute = 0; minute < 5; minute++) {
      stage.ledger.charge(account, Stage.nanos(2), Stage.minute(minute));
    }
  }

  @Actor
  public void whole(II_Result r) {
    r.r1 = stage.tried(Stage.minute(65), 10, account);
  }

  @Actor
  public void small(II_Result r) {
    r.r2 = stage.tried(Stage.minute(66), 1, account);
  }
}
