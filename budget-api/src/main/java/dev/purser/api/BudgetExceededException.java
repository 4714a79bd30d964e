package dev.purser.api;

/** A call was refused because no budget could carry it. The call was not made. */
public final class BudgetExceededException extends CallRefusedException {

  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  /** Wraps a refusal; its facts are the message. */
  public BudgetExceededException(Refusal refusal) {
    super(refusal.message());
    this.refusal = refusal;
  }

  /** Returns every fact of the refusal. */
  public Refusal refusal() {
    return refusal;
  }
}
