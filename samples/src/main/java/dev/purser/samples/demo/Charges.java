package dev.purser.samples.demo;

import dev.purser.api.SpendRecord;
import dev.purser.api.Usd;
import dev.purser.spi.RecordSink;
import java.util.HashMap;
import java.util.Map;

/**
 * A sink that adds up what Purser charged. Records come one at a time; {@link #total()} may be asked
 * by any thread, and is complete once the guard is closed.
 */
final class Charges implements RecordSink {

  private final Map<String, Long> nanoUsdById = new HashMap<>();

  @Override
  public synchronized void accept(SpendRecord record) {
    switch (record.outcome()) {
      // By id: a corrected charge replaces the one before, and one taken back costs nothing.
      case SETTLED, CORRECTED, ABANDONED, ESTIMATED, RELEASED, WRITTEN_OFF ->
        nanoUsdById.put(record.id(), record.costNanoUsd());
      case REFUSED, DENIED, OBSERVED, UNMETERED -> {}
    }
  }

  /** Returns the sum of all charges. */
  synchronized Usd total() {
    long sum = 0;
    for (long nanoUsd : nanoUsdById.values()) {
      sum = Math.addExact(sum, nanoUsd);
    }
    return Usd.ofNanos(sum);
  }
}
