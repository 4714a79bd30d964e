package dev.purser.core.cli;

import dev.purser.core.config.ConfigurationText;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes a changed configuration. */
final class FileChange {

  private FileChange() {}

  /** Returns what kept the change from being written; null if nothing did. */
  static @Nullable String problem(ConfigurationText text, Optional<String> changed) {
    if (changed.isEmpty()) {
      return "its keys are written in a form that only a person should change";
    }
    try {
      text.write(changed.get());
      return null;
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
