package dev.purser.core;

import dev.purser.api.SpendRecord;
import dev.purser.core.emit.CompositeSink;
import dev.purser.core.emit.FilteringSink;
import dev.purser.core.emit.JsonLinesSink;
import dev.purser.core.emit.Slf4jSink;
import dev.purser.spi.RecordSink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** Sinks that are there, to be put together and given to {@link PurserBuilder#sink}. */
public final class RecordSinks {

  private RecordSinks() {}

  /**
   * Returns a sink that hands everything to several others, in their order. One that throws keeps nothing
   * from the others. One that hangs holds them up, which sinks that are given to the builder one by one
   * do not.
   */
  public static RecordSink all(RecordSink... sinks) {
    return new CompositeSink(List.of(sinks));
  }

  /**
   * Returns a sink that hands over only the records of some calls, such as {@code record ->
   * record.outcome() == Outcome.REFUSED}. Records of what people do are all handed over.
   *
   * @param wanted called on the sink's thread; where it throws, the record is not handed over, and that is
   *     counted as a failure of the sink
   */
  public static RecordSink filtered(RecordSink sink, Predicate<SpendRecord> wanted) {
    return new FilteringSink(sink, wanted);
  }

  /**
   * Returns a sink that appends records to a file as JSON Lines; it and its folder are created if they are
   * missing.
   *
   * @throws IOException if the file cannot be written
   */
  public static RecordSink jsonLines(Path file) throws IOException {
    return JsonLinesSink.open(file);
  }

  /** Returns a sink that logs records with SLF4J, at DEBUG where nothing went wrong. */
  public static RecordSink slf4j() {
    return new Slf4jSink();
  }
}
