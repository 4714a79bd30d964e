package dev.purser.core.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What stands in the folder of a journal. */
record Folder(Path path) {

  /** A file of lines. */
  record Segment(Path file, SegmentName name) {}

  /** Returns the segments, the first first. Of one that stands there twice, the one that is not compressed. */
  List<Segment> segments() throws IOException {
    Map<Long, Segment> byNumber = new TreeMap<>();
    try (Stream<Path> files = Files.list(path)) {
      files
          .flatMap(
              file -> SegmentName.parse(name(file)).map(name -> new Segment(file, name)).stream())
          .forEach(each ->
              byNumber.merge(each.name().number(), each, (a, b) -> a.name().compressed() ? b : a));
    }
    return new ArrayList<>(byNumber.values());
  }

  /** Returns the checkpoints, the latest first. */
  List<CheckpointFile> checkpoints() throws IOException {
    try (Stream<Path> files = Files.list(path)) {
      return files
          .flatMap(file -> CheckpointFile.parse(file).stream())
          .sorted(Comparator.comparingLong(CheckpointFile::through).reversed())
          .toList();
    }
  }

  /** A checkpoint; {@code checkpoint-000041.jsonl} stands for all segments up to that number. */
  record CheckpointFile(Path file, long through) {

    private static final String BEFORE = "checkpoint-";
    private static final String AFTER = ".jsonl";

    static Optional<CheckpointFile> parse(Path file) {
      String name = name(file);
      if (!name.startsWith(BEFORE) || !name.endsWith(AFTER)) {
        return Optional.empty();
      }
      String number = name.substring(BEFORE.length(), name.length() - AFTER.length());
      return number.matches("\\d{6,18}")
          ? Optional.of(new CheckpointFile(file, Long.parseLong(number)))
          : Optional.empty();
    }
  }

  /** Returns where the checkpoint of all segments up to a number stands. */
  Path checkpoint(long through) {
    return path.resolve(
        CheckpointFile.BEFORE + String.format(Locale.ROOT, "%06d", through) + CheckpointFile.AFTER);
  }

  /** Returns where lines are put that could not be read. */
  Path setAside() {
    return path.resolve("set-aside");
  }

  private static String name(Path file) {
    Path name = file.getFileName();
    return name == null ? "" : name.toString();
  }
}
