package dev.purser.core.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.purser.api.ControlRecord;
import dev.purser.api.JournalOptions;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.core.emit.RecordSinkContract;
import dev.purser.spi.RecordSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/**
 * The journal as a sink: of records that cost something it takes no note, for their tickets wrote them
 * before the calls ended.
 */
class JournalSinkTest extends RecordSinkContract {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir
  Path temp;

  @Override
  protected RecordSink open() {
    Journal journal =
        Journal.open(JournalOptions.in(temp.resolve("spend")), List.of(), InstantSource.system());
    RecordSink sink = journal.sink();
    return new RecordSink() {
      @Override
      public void accept(SpendRecord record) throws IOException {
        sink.accept(record);
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
        journal.close();
      }
    };
  }

  @Override
  protected List<String> read() throws Exception {
    List<String> ids = new ArrayList<>();
    for (Folder.Segment segment : new Folder(temp.resolve("spend")).segments()) {
      for (String line : Files.readAllLines(segment.file())) {
        JsonNode read = JSON.readTree(line);
        if (read.has("id")) {
          ids.add(read.get("id").textValue());
        }
      }
    }
    return ids;
  }

  @Override
  protected Outcome taken() {
    return Outcome.UNMETERED;
  }

  @Override
  protected boolean keeps(SpendRecord record) {
    return !record.outcome().charges();
  }
}
