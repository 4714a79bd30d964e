package dev.purser.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Reads the files of a journal as any reader of JSON would, with none of its code. */
final class SpentInFiles {

  private static final ObjectMapper JSON = new ObjectMapper();

  private SpentInFiles() {}

  /** Returns what the lines of each call add up to, in nano-dollars. */
  static Map<String, Long> byCall(Path folder) throws IOException {
    Map<String, Long> byCall = new HashMap<>();
    for (Path segment : segments(folder)) {
      try (InputStream raw = Files.newInputStream(segment);
          InputStream in = segment.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
          BufferedReader lines =
              new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          JsonNode read = JSON.readTree(line);
          if (read.has("spent_nano_usd")) {
            byCall.merge(read.path("id").asText(), read.path("spent_nano_usd").asLong(), Long::sum);
          }
        }
      }
    }
    return byCall;
  }

  static long sum(Path folder) throws IOException {
    return byCall(folder).values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns each segment once: while one is compressed, both forms stand there. */
  private static List<Path> segments(Path folder) throws IOException {
    Map<String, Path> segments = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(file -> file.getFileName().toString().startsWith("spend-"))
          .forEach(file -> segments.merge(
              file.getFileName().toString().substring(0, 23),
              file,
              (a, b) -> a.toString().endsWith(".gz") ? b : a));
    }
    return List.copyOf(segments.values());
  }
}
