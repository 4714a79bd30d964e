package dev.purser.core.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads what a key did on a day, for alerts that compare days.
 *
 * @param team whose key it was last, if anybody said so
 * @param nanoUsd what it spent, in nano-dollars
 * @param requests how many calls it made
 * @param frontierRequests how many of them asked frontier models
 */
public record DayLine(
    String key,
    @Nullable String team,
    LocalDate day,
    long nanoUsd,
    long requests,
    long frontierRequests) {

  /** What the line begins with. */
  public static final String EVENT = "history";

  /** Writes the line and leaves it open. */
  public JsonLine write(JsonLine line, Instant now) {
    return RecordLine.begin(line, EVENT, now)
        .text(Field.KEY, key)
        .text(Field.TEAM, team)
        .text(Field.DAY, day.toString())
        .number(Field.NANO_USD, nanoUsd)
        .number(Field.REQUESTS, requests)
        .number(Field.FRONTIER_REQUESTS, frontierRequests);
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static DayLine read(JsonNode line) {
    return new DayLine(
        Fields.read(line, Field.KEY, text -> text),
        line.has(Field.TEAM.text()) ? line.path(Field.TEAM.text()).asText() : null,
        Fields.read(line, Field.DAY, LocalDate::parse),
        Fields.count(line, Field.NANO_USD),
        Fields.count(line, Field.REQUESTS),
        Fields.count(line, Field.FRONTIER_REQUESTS));
  }
}
