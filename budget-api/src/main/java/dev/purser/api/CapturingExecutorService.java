package dev.purser.api;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** Wraps each task in the context of who hands it over; all methods that take tasks end in {@link #execute}. */
final class CapturingExecutorService extends AbstractExecutorService {

  private final ExecutorService executor;

  CapturingExecutorService(ExecutorService executor) {
    this.executor = executor;
  }

  @Override
  public void execute(Runnable task) {
    executor.execute(CallContext.capture().wrap(task));
  }

  @Override
  public void shutdown() {
    executor.shutdown();
  }

  @Override
  public List<Runnable> shutdownNow() {
    return executor.shutdownNow();
  }

  @Override
  public boolean isShutdown() {
    return executor.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return executor.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return executor.awaitTermination(timeout, unit);
  }

  /**
   * Closes the wrapped executor in its own way, since JDK 19: the inherited one would wait for ever for a
   * pool that never ends, such as the common one. Without {@code @Override}, for JDK 17 knows no such method;
   * there it shuts the executor down.
   */
  public void close() {
    if (executor instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e); // no executor of the JDK declares any
      }
    } else {
      executor.shutdown();
    }
  }
}
