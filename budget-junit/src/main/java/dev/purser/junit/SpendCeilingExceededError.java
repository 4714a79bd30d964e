package dev.purser.junit;

import dev.purser.api.Ceiling;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A test's calls cost more than its ceiling allows, or would have if one had not been refused. Says what
 * was spent, by which calls and on which models.
 */
public final class SpendCeilingExceededError extends AssertionError {

  @Serial
  private static final long serialVersionUID = 1;

  private final transient @Nullable Ceiling ceiling;

  SpendCeilingExceededError(Overrun overrun, @Nullable Throwable cause) {
    super(overrun.message(), cause);
    ceiling = overrun.exceeded();
  }

  /** Returns the ceiling that was exceeded; null once the error has been sent to another process. */
  public @Nullable Ceiling ceiling() {
    return ceiling;
  }
}
