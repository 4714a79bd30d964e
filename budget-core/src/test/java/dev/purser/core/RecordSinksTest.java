package dev.purser.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.purser.api.ControlRecord;
import dev.purser.api.ModelId;
import dev.purser.api.SpendRecord;
import dev.purser.api.SpendRecord.Outcome;
import dev.purser.spi.RecordSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordSinksTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  private final List<String> events = new ArrayList<>();

  private static SpendRecord record(String id, Outcome outcome) {
    return SpendRecord.builder(id, outcome, ModelId.of("openai", "gpt-4o"), NOON)
        .build();
  }

  private static ControlRecord frozen() {
    return ControlRecord.of(ControlRecord.Kind.FROZEN, "key alice", "dana", "loop", NOON);
  }

  /** Keeps what it is told, then throws if it is to. */
  private final class Kept implements RecordSink {

    private final String name;
    private final boolean broken;

    Kept(String name, boolean broken) {
      this.name = name;
      this.broken = broken;
    }

    private void keep(String what) throws IOException {
      events.add(name + " " + what);
      if (broken) {
        throw new IOException(name + " cannot " + what);
      }
    }

    @Override
    public void accept(SpendRecord record) throws IOException {
      keep(record.id());
    }

    @Override
    public void control(ControlRecord record) throws IOException {
      keep(record.subject());
    }

    @Override
    public void flush() throws IOException {
      keep("flush");
    }

    @Override
    public void close() throws IOException {
      keep("close");
    }
  }

  @Test
  void allGetsEverythingToEachInOrder() throws Exception {
    try (RecordSink all = RecordSinks.all(new Kept("a", false), new Kept("b", false))) {
      all.accept(record("c-1", Outcome.SETTLED));
      all.control(frozen());
      all.flush();
    }

    assertThat(events)
        .containsExactly(
            "a c-1",
            "b c-1",
            "a key alice",
            "b key alice",
            "a flush",
            "b flush",
            "a close",
            "b close");
  }

  @Test
  void oneThatThrowsKeepsNothingFromTheOthersAndNoFailureIsLost() throws Exception {
    RecordSink wrong = record -> {
      throw new AssertionError("bug");
    };
    RecordSink all =
        RecordSinks.all(new Kept("a", true), wrong, new Kept("b", false), new Kept("c", true));

    assertThatThrownBy(() -> all.accept(record("c-1", Outcome.SETTLED)))
        .isInstanceOf(IOException.class)
        .hasMessage("3 of 4 sinks failed")
        .satisfies(failure -> assertThat(failure.getSuppressed())
            .extracting(Throwable::getMessage)
            .containsExactly("a cannot c-1", "bug", "c cannot c-1"));
    assertThatThrownBy(all::close).isInstanceOf(IOException.class);

    assertThat(events).containsExactly("a c-1", "b c-1", "c c-1", "a close", "b close", "c close");
  }

  @Test
  void filteredGetsTheCallsThatAreWantedAndAllThatPeopleDo() throws Exception {
    try (RecordSink refused =
        RecordSinks.filtered(new Kept("a", false), record -> record.outcome() == Outcome.REFUSED)) {
      refused.accept(record("c-1", Outcome.SETTLED));
      refused.accept(record("c-2", Outcome.REFUSED));
      refused.control(frozen());
      refused.flush();
    }

    assertThat(events).containsExactly("a c-2", "a key alice", "a flush", "a close");
  }

  @Test
  void aFileCanBeOneOfSeveral(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("log/refused.jsonl");
    try (RecordSink all = RecordSinks.all(
        RecordSinks.filtered(
            RecordSinks.jsonLines(file), record -> record.outcome() == Outcome.REFUSED),
        RecordSinks.slf4j())) {
      all.accept(record("c-1", Outcome.SETTLED));
      all.accept(record("c-2", Outcome.REFUSED));
    }

    assertThat(Files.readAllLines(file))
        .singleElement()
        .satisfies(line -> assertThat(line).contains("\"id\":\"c-2\""));
  }
}
