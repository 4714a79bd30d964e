package dev.purser.http;

import dev.purser.api.Denial;
import java.io.IOException;

/**
 * A call was cut because somebody froze it while it was under way. What it had until then is charged.
 * An I/O exception, so that it reaches whoever reads the answer the way a lost connection would; a
 * retry of the call is denied.
 */
public class CallCutException extends IOException {

  private static final long serialVersionUID = 1L;

  private final transient Denial denial;

  /** Tells of a freeze. */
  public CallCutException(Denial denial) {
    super(denial.message() + " [" + denial.token() + "]");
    this.denial = denial;
  }

  /** Returns who froze what, and why. */
  public final Denial denial() {
    return denial;
  }
}
