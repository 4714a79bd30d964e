package dev.purser.core.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Copies and removes folders, and names what is in them. */
final class Folders {

  private Folders() {}

  static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies what a crash would leave at one instant: closed files may be seen to meanwhile. */
  static Path copy(Path from, Path to) {
    for (List<Path> before = files(from); ; before = files(from)) {
      try {
        Files.createDirectories(to);
        for (Path file : before) {
          Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        if (files(from).equals(before)) {
          return to;
        }
      } catch (NoSuchFileException e) {
        Thread.onSpinWait(); // gone meanwhile
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      remove(to);
    }
  }

  static void remove(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The files of lines, in their order. */
  static List<Path> segments(Path folder) {
    try {
      return new Folder(folder).segments().stream().map(Folder.Segment::file).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All events that stand in the files, as a person would read them. */
  static List<String> lines(Path folder) {
    return segments(folder).stream().flatMap(file -> read(file).lines()).toList();
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
