package dev.purser.telemetry;

import dev.purser.api.CallContext;
import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

/**
 * Carries what calls count for wherever Micrometer's context propagation carries things: with its
 * executors and, where that is switched on, through Reactor's operators. Found in the class path by its
 * registry; of no effect where {@code io.micrometer:context-propagation} is not there.
 */
public final class CallContextAccessor implements ThreadLocalAccessor<CallContext> {

  /** What the context is called among those of others. */
  public static final String KEY = "dev.purser.context";

  /** For Micrometer's registry. */
  public CallContextAccessor() {}

  @Override
  public Object key() {
    return KEY;
  }

  @Override
  public @Nullable CallContext getValue() {
    CallContext context = CallContext.capture();
    return context.isNone() ? null : context;
  }

  @Override
  public void setValue(CallContext context) {
    // It is left by entering another one: whoever calls this says which.
    CallContext.Entry unused = context.enter();
  }

  @Override
  public void setValue() {
    CallContext.Entry unused = CallContext.NONE.enter();
  }
}
