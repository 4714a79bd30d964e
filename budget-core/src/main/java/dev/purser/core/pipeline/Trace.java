package dev.purser.core.pipeline;

import dev.purser.api.CallTrace;
import dev.purser.api.Exchange;
import dev.purser.core.content.ContentRules;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What is seen of a call on its way. Safe for use by several threads: of what is told twice, one counts. */
final class Trace implements CallTrace {

  private static final long UNSEEN = Long.MIN_VALUE;

  private final Call call;
  private final LongSupplier nanoTime;
  private final ContentRules content;
  private final Consumer<Throwable> failedRedactor;
  private final long began;
  private volatile long firstChunk = UNSEEN;
  private volatile int status;
  private volatile @Nullable String errorType;
  private volatile @Nullable String finishReason;

  /** Redacted as soon as it comes, so that nothing else is ever kept. */
  private volatile @Nullable String prompt;

  private volatile @Nullable String answer;

  /**
   * Begins with the admission.
   *
   * @param nanoTime measures time, as {@link System#nanoTime} does
   * @param failedRedactor gets what a redactor failed with
   */
  Trace(
      Call call, LongSupplier nanoTime, ContentRules content, Consumer<Throwable> failedRedactor) {
    this.call = call;
    this.nanoTime = nanoTime;
    this.content = content;
    this.failedRedactor = failedRedactor;
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

  @Override
  public int wantedContent() {
    return content.wanted();
  }

  @Override
  public void prompt(CharSequence text) {
    prompt = content.recorded(text, failedRedactor);
  }

  @Override
  public void answer(CharSequence text) {
    answer = content.recorded(text, failedRedactor);
  }

  /** Keeps nothing of a call that may be kept for long; its record has it already. */
  void forgetContent() {
    prompt = null;
    answer = null;
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
        prompt,
        answer);
  }
}
