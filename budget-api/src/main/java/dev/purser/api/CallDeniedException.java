package dev.purser.api;

/** A call may not be made, whatever the budgets have. It was not made, or was cut. */
public final class CallDeniedException extends CallRefusedException {

  private static final long serialVersionUID = 1L;

  private final transient Denial denial;

  /** Wraps a denial; its facts are the message. */
  public CallDeniedException(Denial denial) {
    super(denial.message());
    this.denial = denial;
  }

  /** Returns every fact of the denial. */
  public Denial denial() {
    return denial;
  }
}
