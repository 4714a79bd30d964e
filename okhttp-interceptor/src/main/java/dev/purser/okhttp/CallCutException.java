package dev.purser.okhttp;

import dev.purser.api.Denial;

/**
 * A call was cut because somebody froze it while it was under way. What it had until then is charged.
 * An I/O exception, so that it reaches the callers of {@code execute} and {@code enqueue} alike, and
 * whoever reads the answer; a retry of the call is denied.
 */
public final class CallCutException extends dev.purser.http.CallCutException {

  private static final long serialVersionUID = 1L;

  CallCutException(Denial denial) {
    super(denial);
  }
}
