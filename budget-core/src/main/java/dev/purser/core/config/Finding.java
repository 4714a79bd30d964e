package dev.purser.core.config;

import java.util.Locale;

/**
 * What the check found wrong, before it is known whether the reader looks at a program or a file.
 *
 * @param part what the field belongs to
 * @param index which of its kind, from 0
 * @param field the field's name in a program
 * @param within which of the field's parts: {@code [2]}, {@code .routine} or nothing
 * @param what what is wrong with it
 */
record Finding(Part part, int index, String field, String within, String what) {

  /** What a field can belong to. */
  enum Part {
    GUARD,
    BUDGET,
    KEY;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  static Finding of(String field, String what) {
    return new Finding(Part.GUARD, 0, field, "", what);
  }

  Problem inCode(Configuration configuration) {
    if (part == Part.GUARD) {
      return new Problem(field + within, 0, what);
    }
    String name = part == Part.BUDGET
        ? configuration.budgets().get(index).name()
        : configuration.keys().get(index).name();
    String place = name.isBlank() ? item() : part.word() + " " + Excerpt.quoted(name);
    return new Problem(place, 0, field + within + " " + what);
  }

  Problem inFile(Lines lines) {
    String parent = part == Part.GUARD ? "" : item() + ".";
    String path = parent + key() + within;
    return new Problem(path, lines.of(path), what);
  }

  private String item() {
    return part.word() + "s[" + index + "]";
  }

  /** The field's name in a file. */
  private String key() {
    return switch (field) {
      case "passOutside" -> "outside";
      case "locks" -> "hashes";
      default -> field.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    };
  }
}
