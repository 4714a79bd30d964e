package dev.purser.core.emit;

import dev.purser.api.ControlRecord;
import dev.purser.api.SpendRecord;
import dev.purser.spi.RecordSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Hands everything to several sinks, in their order. One that throws keeps nothing from the others: what
 * was thrown is suppressed in one exception at the end. For one thread at a time.
 */
public final class CompositeSink implements RecordSink {

  private final List<RecordSink> sinks;

  /** Hands everything to {@code sinks}. */
  public CompositeSink(List<RecordSink> sinks) {
    this.sinks = List.copyOf(sinks);
  }

  private interface Step {
    void run(RecordSink sink) throws IOException;
  }

  private void each(Step step) throws IOException {
    List<Throwable> thrown = new ArrayList<>(0);
    for (RecordSink sink : sinks) {
      try {
        step.run(sink);
      } catch (Throwable e) {
        thrown.add(e);
      }
    }
    if (!thrown.isEmpty()) {
      IOException failure =
          new IOException(thrown.size() + " of " + sinks.size() + " sinks failed");
      thrown.forEach(failure::addSuppressed);
      throw failure;
    }
  }

  @Override
  public void accept(SpendRecord record) throws IOException {
    each(sink -> sink.accept(record));
  }

  @Override
  public boolean takes(SpendRecord.Outcome outcome) {
    return sinks.stream().anyMatch(sink -> sink.takes(outcome));
  }

  @Override
  public void control(ControlRecord record) throws IOException {
    each(sink -> sink.control(record));
  }

  @Override
  public void flush() throws IOException {
    each(RecordSink::flush);
  }

  @Override
  public void close() throws IOException {
    each(RecordSink::close);
  }
}
