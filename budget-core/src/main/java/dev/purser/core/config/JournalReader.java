package dev.purser.core.config;

import dev.purser.api.JournalOptions;
import dev.purser.api.JournalOptions.Fsync;
import dev.purser.core.config.Node.Empty;
import dev.purser.core.config.Node.Mapping;
import dev.purser.core.config.Node.Scalar;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads where and how the journal is kept: the path of its folder, or a mapping. */
record JournalReader(Problems problems) {

  private static final List<String> KEYS =
      List.of("folder", "fsync", "segment-size", "retention", "ahead-allowed");
  private static final String FOREVER = "forever";
  private static final Choice<Boolean> FLAGS =
      new Choice<>("value", new TreeMap<>(Map.of("true", true, "false", false)));

  /** Returns the options, whose folder is as it was written; null if it is not there or unreadable. */
  @Nullable JournalOptions read(Fields top, String key) {
    Node node = top.node(key);
    if (node instanceof Scalar) {
      return top.read(key, JournalReader::folder).map(JournalOptions::in).orElse(null);
    }
    if (node instanceof Mapping mapping) {
      return read(new Fields(mapping, KEYS, problems));
    }
    if (node != null) {
      problems.add(node.problem(
          node instanceof Empty
              ? "has no value"
              : "must be the path of a folder, or a mapping with folder"));
    }
    return null;
  }

  private static JournalOptions read(Fields fields) {
    fields.require("folder");
    JournalOptions defaults =
        JournalOptions.in(fields.read("folder", JournalReader::folder).orElse(Path.of("?")));
    JournalOptions synced =
        fields.read("fsync", text -> checked(() -> fsync(defaults, text))).orElse(defaults);
    JournalOptions sized = fields
        .read("segment-size", text -> checked(() -> synced.segmentBytes(SizeWords.bytes(text))))
        .orElse(synced);
    JournalOptions retained = fields
        .read("retention", text -> checked(() -> sized.retention(retention(text))))
        .orElse(sized);
    return fields.read("ahead-allowed", FLAGS).map(retained::aheadAllowed).orElse(retained);
  }

  private static Path folder(String text) {
    return Path.of(Words.filled(text));
  }

  private static JournalOptions fsync(JournalOptions options, String text) {
    if (DurationWords.matches(text)) {
      return options.fsyncEvery(DurationWords.read(text));
    }
    return switch (text) {
      case "never" -> options.fsync(Fsync.NEVER);
      case "always" -> options.fsync(Fsync.ALWAYS);
      default ->
        throw new IllegalArgumentException("unknown fsync " + Excerpt.quoted(text)
            + "; write never, always or an amount of time such as 100ms");
    };
  }

  private static @Nullable Duration retention(String text) {
    if (text.equals(FOREVER)) {
      return null;
    }
    if (!DurationWords.matches(text)) {
      throw new IllegalArgumentException("not an amount of time: " + Excerpt.quoted(text)
          + "; write forever, or one such as 400d");
    }
    return DurationWords.read(text);
  }

  /** Leaves out of a message what the problem's path says already. */
  private static JournalOptions checked(Supplier<JournalOptions> options) {
    try {
      return options.get();
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      throw new IllegalArgumentException(message.replaceFirst("^journal: ", ""), e);
    }
  }
}
