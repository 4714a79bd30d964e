package dev.purser.api;

/**
 * A call was not made: no budget could carry it, or it {@linkplain CallDeniedException may not be
 * made} at all.
 */
public abstract sealed class CallRefusedException extends RuntimeException
    permits BudgetExceededException, CallDeniedException {

  private static final long serialVersionUID = 1L;

  CallRefusedException(String message) {
    super(message);
  }
}
