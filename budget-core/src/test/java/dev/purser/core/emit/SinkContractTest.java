package dev.purser.core.emit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.purser.spi.RecordSink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

/** The sinks of this module stand what every sink has to. */
class SinkContractTest {

  @Nested
  class Recording extends RecordSinkContract {

    private final List<String> ids = new ArrayList<>();

    @Override
    protected RecordSink open() {
      return record -> ids.add(record.id());
    }

    @Override
    protected List<String> read() {
      return ids;
    }
  }

  @Nested
  class JsonLines extends RecordSinkContract {

    @TempDir
    private Path folder;

    @Override
    protected RecordSink open() throws Exception {
      return JsonLinesSink.open(folder.resolve("records.jsonl"));
    }

    @Override
    protected List<String> read() throws Exception {
      List<String> ids = new ArrayList<>();
      ObjectMapper json = new ObjectMapper();
      for (String line : Files.readAllLines(folder.resolve("records.jsonl"))) {
        JsonNode record = json.readTree(line);
        if (record.has("id")) { // else it tells what somebody did
          ids.add(record.get("id").textValue());
        }
      }
      return ids;
    }
  }

  @Nested
  class Slf4j extends RecordSinkContract {

    private final Slf4jSinkTest.Lines lines = new Slf4jSinkTest.Lines(Level.DEBUG);

    @Override
    protected RecordSink open() {
      return new Slf4jSink(lines, lines);
    }

    @Override
    protected List<String> read() {
      return lines.all.stream()
          .map(line -> line.split(" ", 3)[1])
          .filter(id -> !id.equals("GRANTED"))
          .toList();
    }
  }

  @Nested
  class Composite extends RecordSinkContract {

    private final List<String> first = new ArrayList<>();
    private final List<String> second = new ArrayList<>();

    @Override
    protected RecordSink open() {
      return new CompositeSink(
          List.of(record -> first.add(record.id()), record -> second.add(record.id())));
    }

    @Override
    protected List<String> read() {
      assertThat(second).isEqualTo(first);
      return first;
    }
  }

  @Nested
  class Filtering extends RecordSinkContract {

    private final List<String> ids = new ArrayList<>();

    @Override
    protected RecordSink open() {
      return new FilteringSink(
          record -> ids.add(record.id()), record -> !record.id().isEmpty());
    }

    @Override
    protected List<String> read() {
      return ids;
    }
  }
}
