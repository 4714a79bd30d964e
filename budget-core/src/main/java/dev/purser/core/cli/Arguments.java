package dev.purser.core.cli;

import dev.purser.api.KeySecret;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The words of a command: options with a value each, and at most one name. Messages do not repeat
 * words, since one may be a secret that was pasted.
 */
final class Arguments {

  private final Map<String, String> options = new LinkedHashMap<>();
  private @Nullable String name;

  private Arguments() {}

  static Arguments of(List<String> words, List<String> known) {
    Arguments arguments = new Arguments();
    Iterator<String> rest = words.iterator();
    while (rest.hasNext()) {
      String word = rest.next();
      if (word.startsWith("--")) {
        arguments.option(word, rest, known);
      } else if (arguments.name == null) {
        arguments.name = filled("NAME", word);
      } else {
        throw Refused.usage("one NAME is enough; put quotes around one with spaces");
      }
    }
    return arguments;
  }

  private void option(String word, Iterator<String> rest, List<String> known) {
    int equals = word.indexOf('=');
    String option = equals < 0 ? word : word.substring(0, equals);
    if (!known.contains(option)) {
      throw Refused.usage("unknown option; known here are " + String.join(", ", known));
    }
    if (equals < 0 && !rest.hasNext()) {
      throw Refused.usage(option + " needs a value");
    }
    String value = equals < 0 ? rest.next() : word.substring(equals + 1);
    if (options.putIfAbsent(option, filled(option, value)) != null) {
      throw Refused.usage(option + " is given twice");
    }
  }

  private static String filled(String what, String value) {
    if (value.isBlank()) {
      throw Refused.usage(what + " must not be blank");
    }
    if (KeySecret.occursIn(value)) {
      throw Refused.usage(
          what + " holds the secret of a virtual key, which must be written nowhere;"
              + " a key is called by its name");
    }
    return value;
  }

  /** Returns the one name of the command. */
  String name() {
    if (name == null) {
      throw Refused.usage("NAME is missing");
    }
    return name;
  }

  void noName() {
    if (name != null) {
      throw Refused.usage("no NAME is wanted here");
    }
  }

  @Nullable String get(String option) {
    return options.get(option);
  }

  /** Returns what an option lists, with commas between; nothing if it is not there. */
  List<String> list(String option) {
    String value = options.get(option);
    List<String> list = new ArrayList<>();
    if (value != null) {
      for (String each : value.split(",", -1)) {
        list.add(filled("each value of " + option, each.strip()));
      }
    }
    return list;
  }

  @Nullable Path path(String option) {
    String value = options.get(option);
    try {
      return value == null ? null : Path.of(value);
    } catch (InvalidPathException e) {
      throw Refused.usage(option + ": " + e.getReason());
    }
  }

  Path required(String option) {
    Path path = path(option);
    if (path == null) {
      throw Refused.usage(option + " FILE is missing");
    }
    return path;
  }
}
