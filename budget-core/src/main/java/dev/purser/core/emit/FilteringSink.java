package dev.purser.core.emit;

import dev.purser.api.ControlRecord;
import dev.purser.api.SpendRecord;
import dev.purser.spi.RecordSink;
import java.io.IOException;
import java.util.function.Predicate;

/**
 * Hands the records of some calls to a sink, and all records of what people do. For one thread at a time.
 */
public final class FilteringSink implements RecordSink {

  private final RecordSink sink;
  private final Predicate<SpendRecord> wanted;

  /** Hands the records that are wanted to {@code sink}. */
  public FilteringSink(RecordSink sink, Predicate<SpendRecord> wanted) {
    this.sink = sink;
    this.wanted = wanted;
  }

  @Override
  public void accept(SpendRecord record) throws IOException {
    if (wanted.test(record)) {
      sink.accept(record);
    }
  }

  @Override
  public boolean takes(SpendRecord.Outcome outcome) {
    return sink.takes(outcome);
  }

  @Override
  public void control(ControlRecord record) throws IOException {
    sink.control(record);
  }

  @Override
  public void flush() throws IOException {
    sink.flush();
  }

  @Override
  public void close() throws IOException {
    sink.close();
  }
}
