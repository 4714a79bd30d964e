package dev.purser.samples.demo;

import dev.purser.api.SpendRecord;
import dev.purser.spi.RecordSink;
import org.jspecify.annotations.Nullable;

/** A sink that keeps one record, to learn what the calls of a run are attributed to: all alike. */
final class SeenCalls implements RecordSink {

  private volatile @Nullable SpendRecord first;

  @Override
  public void accept(SpendRecord record) {
    if (first == null) {
      first = record;
    }
  }

  /** Returns the first record, for every call leaves one. */
  SpendRecord first() {
    SpendRecord seen = first;
    if (seen == null) {
      throw new IllegalStateException("no call was recorded");
    }
    return seen;
  }
}
