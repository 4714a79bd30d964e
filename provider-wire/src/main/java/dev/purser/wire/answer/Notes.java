package dev.purser.wire.answer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.wire.Remarks;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes note of what an answer says besides its cost. For one thread at a time. */
public final class Notes implements Remarks {

  private static final int LONGEST = 64;

  /** What else a provider may write there is prose, and may quote the prompt. */
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.:/#-]{1," + LONGEST + "}");

  /** Where providers say what an error is, the closest word first. */
  private static final List<String> ERROR_WORDS =
      List.of("code", "type", "__type", "status", "error_code");

  private final VisibleText visible;
  private @Nullable KeptText kept;
  private @Nullable String finishReason;
  private @Nullable String errorType;

  Notes(VisibleText visible) {
    this.visible = visible;
  }

  /** Takes the reason for which the model stopped to write a choice, if this is one. */
  public void finished(JsonNode reason) {
    String word = word(reason);
    String before = finishReason;
    if (word == null || word.equals(before)) {
      return;
    }
    if (before == null) {
      finishReason = word;
    } else if (before.length() + 1 + word.length() <= LONGEST
        && !Arrays.asList(before.split(",", -1)).contains(word)) {
      finishReason = before + "," + word;
    }
  }

  /** Takes an error that the answer reports. */
  void error(JsonNode fault) {
    String type = errorType(fault);
    errorType = type == null ? errorType : type;
  }

  /** Returns the word by which an error is known; null if there is none. */
  public static @Nullable String errorType(JsonNode fault) {
    for (String name : ERROR_WORDS) {
      String word = fault.path(name).isTextual() ? word(fault.path(name)) : null;
      if (word != null && !word.equals("error")) {
        return word;
      }
    }
    return null;
  }

  /** Some enumerations of Google's are numbers. */
  private static @Nullable String word(JsonNode value) {
    String text = value.isIntegralNumber() ? value.asText() : value.textValue();
    return text == null ? null : word(text);
  }

  /** Returns a text that is a word of an enumeration; else null. */
  public static @Nullable String word(String text) {
    return text.length() <= LONGEST && WORD.matcher(text).matches() ? text : null;
  }

  @Override
  public @Nullable String finishReason() {
    return finishReason;
  }

  @Override
  public @Nullable String errorType() {
    return errorType;
  }

  @Override
  public void keepText(int characters) {
    KeptText keeper = new KeptText(characters);
    kept = keeper;
    visible.keptBy(keeper);
  }

  @Override
  public String text() {
    return kept == null ? "" : kept.text();
  }
}
