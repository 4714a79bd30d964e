package dev.purser.api;

import java.util.OptionalLong;

/** The answer to a {@link CallIntent}. */
public sealed interface Admission {

  /**
   * Returns the reservation of an admitted call.
   *
   * @throws BudgetExceededException if no budget could carry the call
   * @throws CallDeniedException if it may not be made at all
   */
  Reservation orThrow();

  /**
   * The call may be made.
   *
   * @param reservation the money held for it; to be ended by whoever makes the call
   * @param model the model to call; another than was asked for where the call was routed
   * @param outputCap the output cap to send for each choice; empty where the request's own cap, or
   *     none, is to stay
   */
  record Admitted(Reservation reservation, ModelId model, OptionalLong outputCap)
      implements Admission {
    @Override
    public Reservation orThrow() {
      return reservation;
    }
  }

  /**
   * The call must not be made.
   *
   * @param refusal every fact of the refusal
   */
  record Refused(Refusal refusal) implements Admission {
    @Override
    public Reservation orThrow() {
      throw new BudgetExceededException(refusal);
    }
  }

  /**
   * The call must not be made, whatever the budgets have.
   *
   * @param denial every fact of the denial
   */
  record Denied(Denial denial) implements Admission {
    @Override
    public Reservation orThrow() {
      throw new CallDeniedException(denial);
    }
  }
}
