package dev.purser.core.pipeline;

import dev.purser.api.CallTrace;
import dev.purser.api.Exchange;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What is seen of a call on its way. Safe for use by several threads: of what is told twice, one counts. */
final class Trace implements CallTrace {

  private static final long UNSEEN = Long.MIN_VALUE;

  private final Call call;
  private final LongSupplier nanoTime;
  private final long began;
  private volatile long firstChunk = UNSEEN;
  private volatile int status;
  private volatile @Nullable String errorType;
  private volatile @Nullable String finishReason;

  /**
   * Begins with the admission.
   *
   * @param nanoTime measures time, as {@link System#nanoTime} does
   */
  Trace(Call call, LongSupplier nanoTime) {
    this.call = call;
    this.nanoTime = nanoTime;
    began = nanoTime.getAsLong();
  }

  @Override
  public void status(int httpStatus) {
    status = httpStatus;
  }

  @Override
  public void chunk() {
    if (firstChunk == UNSEEN) {
      firstChunk = nanoTime.getAsLong();
    }
  }

  @Override
  public void finishReason(String reason) {
    finishReason = reason;
  }

  @Override
  public void failed(String type) {
    errorType = type;
  }

  /** Returns what was seen until now, where the call ends. */
  Exchange exchange() {
    long first = firstChunk;
    return new Exchange(
        call.attempt(),
        call.stream(),
        Duration.ofNanos(nanoTime.getAsLong() - began),
        first == UNSEEN ? null : Duration.ofNanos(first - began),
        status,
        errorType,
        finishReason,
        null,
        null);
  }
}
