package dev.purser.core.alert;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * Made-up daily spend of 200 keys over 26 weeks, and incidents to be tried alone.
 *
 * @param spend by key and day, in nano-dollars
 * @param incidents a key's day that takes another value
 */
record SpikeData(Map<String, TreeMap<Long, Long>> spend, List<Incident> incidents) {

  record Incident(String key, long epochDay, int times, long nanoUsd) {}

  static SpikeData read(String name) throws IOException {
    Map<String, TreeMap<Long, Long>> spend = new TreeMap<>();
    for (String[] row : rows(name + "-spend")) {
      spend.computeIfAbsent(row[0], key -> new TreeMap<>()).put(day(row[2]), nanos(row[3]));
    }
    List<Incident> incidents = new ArrayList<>();
    for (String[] row : rows(name + "-incidents")) {
      incidents.add(new Incident(row[0], day(row[1]), Integer.parseInt(row[2]), nanos(row[3])));
    }
    return new SpikeData(spend, incidents);
  }

  private static List<String[]> rows(String file) throws IOException {
    try (InputStream raw = Objects.requireNonNull(
            SpikeData.class.getResourceAsStream("/alerts/" + file + ".csv.gz"));
        BufferedReader lines = new BufferedReader(
            new InputStreamReader(new GZIPInputStream(raw), StandardCharsets.UTF_8))) {
      return lines.lines().skip(1).map(line -> line.split(",", -1)).toList();
    }
  }

  private static long day(String date) {
    return LocalDate.parse(date).toEpochDay();
  }

  private static long nanos(String usd) {
    return new BigDecimal(usd).movePointRight(9).longValueExact();
  }
}
