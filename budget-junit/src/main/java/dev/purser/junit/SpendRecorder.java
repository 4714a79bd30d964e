package dev.purser.junit;

import dev.purser.api.SpendRecord;
import dev.purser.spi.RecordSink;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A sink that keeps all records of a guard for a test to look at. Records come a little after their calls:
 * flush the guard first.
 *
 * <pre>{@code
 * SpendRecorder spend = new SpendRecorder();
 * Purser purser = Purser.builder(). ... .sink(spend).build();
 * ...
 * purser.flush(Duration.ofSeconds(10));
 * assertThat(spend).spentAtMost("0.10").calledOnly("gpt-4o-mini").refusedNothing();
 * }</pre>
 *
 * <p>Safe for use by several threads.
 */
public final class SpendRecorder implements RecordSink {

  private final List<SpendRecord> records = new CopyOnWriteArrayList<>();

  /** Makes a recorder without records. */
  public SpendRecorder() {}

  @Override
  public void accept(SpendRecord record) {
    records.add(record);
  }

  /** Returns the records so far, in the order of their ends. */
  public List<SpendRecord> records() {
    return List.copyOf(records);
  }

  /** Forgets the records so far. */
  public void clear() {
    records.clear();
  }
}
