package dev.purser.core.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says in one line what keeps a text from being YAML. */
final class SyntaxProblem {

  private static final int LONGEST = 200;

  /** SnakeYAML names places on lines of their own; what it quotes is indented further. */
  private static final Pattern MARK =
      Pattern.compile("^ in \\S+, line (\\d{1,9}), column", Pattern.MULTILINE);

  private SyntaxProblem() {}

  static Problem of(JsonProcessingException e) {
    return new Problem("", line(e), "not YAML: " + message(e));
  }

  private static int line(JsonProcessingException e) {
    // The location is that of the last token, which may be lines before what the scanner stumbled
    // on.
    int line = 0;
    Matcher mark = MARK.matcher(original(e));
    while (mark.find()) {
      line = Integer.parseInt(mark.group(1));
    }
    JsonLocation location = e.getLocation();
    return Math.max(1, line == 0 && location != null ? location.getLineNr() : line);
  }

  private static String original(JsonProcessingException e) {
    return Objects.requireNonNullElse(e.getOriginalMessage(), "");
  }

  private static String message(JsonProcessingException e) {
    String original = original(e);
    if (original.startsWith("Expected a field name")) {
      return "a key must be plain text";
    }
    // Indented lines quote the file, or name a reader.
    String message = original
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith(" "))
        .collect(Collectors.joining(", "));
    String hint = message.startsWith("while scanning an alias")
        ? " (put quotes around text that starts with *)"
        : "";
    return Excerpt.of(message, LONGEST) + hint;
  }
}
