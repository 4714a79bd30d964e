package dev.purser.okhttp;

import dev.purser.api.Denial;
import java.io.IOException;

/**
 * A call was cut because somebody froze it while it was under way. What it had until then is charged.
 * An I/O exception, so that it reaches the callers of {@code execute} and {@code enqueue} alike, and
 * whoever reads the answer; a retry of the call is denied.
 */
public final class CallCutException extends IOException {

  private static final long serialVersionUID = 1L;

  private final transient Denial denial;

  CallCutException(Denial denial) {
    super(denial.message() + " [" + denial.token() + "]");
    this.denial = denial;
  }

  /** Returns who froze what, and why. */
  public Denial denial() {
    return denial;
  }
}
