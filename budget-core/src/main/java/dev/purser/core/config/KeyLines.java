package dev.purser.core.config;

import dev.purser.core.config.Node.Empty;
import dev.purser.core.config.Node.Entry;
import dev.purser.core.config.Node.Listing;
import dev.purser.core.config.Node.Mapping;
import dev.purser.core.config.Node.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts lines about keys into the text of a configuration, and leaves every other character as it is.
 * Looks at the form of the lines, not at all that YAML allows: whoever uses it must read what comes
 * out again.
 */
final class KeyLines {

  private static final Pattern LINE = Pattern.compile("[^\r\n\u0085\u2028\u2029]*(?:\r\n|\\R|$)");
  private static final Pattern DASH = Pattern.compile("( *)- .*\\R?");
  private static final Pattern NO_KEYS = Pattern.compile("keys:(?: *\\[ *\\])?( *(?: #.*)?\\R?)");
  private static final Pattern END = Pattern.compile("\\.\\.\\.(?:\\s.*)?\\R?");
  private static final Pattern ENDED = Pattern.compile("\\R$");
  private static final Pattern INDENT = Pattern.compile(" *");

  private static final String QUOTED = "\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\"";
  private static final String APOSTROPHES = "'[^']*+(?:''[^']*+)*+'";

  private final List<String> lines = new ArrayList<>();
  private final String newline;
  private final Node root;

  KeyLines(String text, Node root) {
    Matcher line = LINE.matcher(text);
    while (line.find() && !line.group().isEmpty()) {
      lines.add(line.group());
    }
    newline = text.contains("\r\n") ? "\r\n" : "\n";
    this.root = root;
  }

  /** Returns the text with an entry after all others of {@code keys}; empty if it sees no place. */
  Optional<String> added(List<String> entry) {
    Node keys = value(root, "keys");
    if (keys == null) {
      List<String> all = new ArrayList<>(List.of("keys:"));
      entry.forEach(line -> all.add("  " + line));
      return Optional.of(inserted(lines, endOfDocument(), all));
    }
    if (keys instanceof Empty || (keys instanceof Listing none && none.items().isEmpty())) {
      return addedToNone(keys, entry);
    }
    if (!(keys instanceof Listing listing)) {
      return Optional.empty();
    }
    Matcher first = DASH.matcher(line(listing.items().get(0)));
    if (!first.matches()) {
      return Optional.empty();
    }
    String indent = first.group(1);
    int end = lastLine(listing);
    for (int next = end; next < lines.size(); next++) {
      String line = lines.get(next);
      if (!line.isBlank() && indentOf(line) <= indent.length()) {
        break;
      }
      end = line.isBlank() ? end : next + 1;
    }
    return Optional.of(
        inserted(lines, end, entry.stream().map(line -> indent + line).toList()));
  }

  private int endOfDocument() {
    for (int i = 0; i < lines.size(); i++) {
      if (END.matcher(lines.get(i)).matches()) {
        return i;
      }
    }
    return lines.size();
  }

  private Optional<String> addedToNone(Node keys, List<String> entry) {
    Matcher heading = NO_KEYS.matcher(line(keys));
    if (!heading.matches()) {
      return Optional.empty();
    }
    List<String> all = new ArrayList<>(lines);
    all.set(keys.line() - 1, "keys:" + heading.group(1));
    return Optional.of(
        inserted(all, keys.line(), entry.stream().map(line -> "  " + line).toList()));
  }

  /** Returns the text with one more field of a key, beside its name; empty if it sees no place. */
  Optional<String> withField(int key, String field) {
    if (!(value(root, "keys") instanceof Listing listing)
        || !(value(listing.items().get(key), "name") instanceof Scalar name)) {
      return Optional.empty();
    }
    String line = line(name);
    String words =
        "name: *(?<value>" + QUOTED + "|" + APOSTROPHES + "|" + Pattern.quote(name.text()) + ")";
    Matcher alone = Pattern.compile("( *(?:- +)?)" + words + " *(?:#.*)?\\R?").matcher(line);
    if (alone.matches() && says(alone.group("value"), name.text())) {
      String indent = " ".repeat(alone.group(1).length());
      return Optional.of(inserted(lines, name.line(), List.of(indent + field)));
    }
    Matcher among = Pattern.compile("(?<=[{, ])" + words + "(?= *[,}])").matcher(line);
    while (among.find()) {
      if (says(among.group("value"), name.text())) {
        int end = among.end();
        return Optional.of(
            replaced(name, line.substring(0, end) + ", " + field + line.substring(end)));
      }
    }
    return Optional.empty();
  }

  private static boolean says(String value, String text) {
    return YamlTree.read(value, new Problems()) instanceof Scalar scalar
        && scalar.text().equals(text);
  }

  private String replaced(Node node, String line) {
    List<String> all = new ArrayList<>(lines);
    all.set(node.line() - 1, line);
    return String.join("", all);
  }

  private String line(Node node) {
    return lines.get(node.line() - 1);
  }

  private static @Nullable Node value(Node node, String key) {
    return node instanceof Mapping mapping
        ? mapping.entries().stream()
            .filter(entry -> entry.key().equals(key))
            .map(Entry::value)
            .findFirst()
            .orElse(null)
        : null;
  }

  private static int lastLine(Node node) {
    int last = node.line();
    if (node instanceof Listing listing) {
      for (Node item : listing.items()) {
        last = Math.max(last, lastLine(item));
      }
    } else if (node instanceof Mapping mapping) {
      for (Entry entry : mapping.entries()) {
        last = Math.max(last, lastLine(entry.value()));
      }
    }
    return last;
  }

  private static int indentOf(String line) {
    Matcher indent = INDENT.matcher(line);
    return indent.lookingAt() ? indent.end() : 0;
  }

  private String inserted(List<String> around, int after, List<String> more) {
    StringBuilder text = new StringBuilder();
    around.subList(0, after).forEach(text::append);
    text.append(after == 0 || ENDED.matcher(around.get(after - 1)).find() ? "" : newline);
    more.forEach(line -> text.append(line).append(newline));
    around.subList(after, around.size()).forEach(text::append);
    return text.toString();
  }
}
