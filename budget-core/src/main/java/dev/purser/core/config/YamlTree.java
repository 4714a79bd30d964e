package dev.purser.core.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.purser.core.config.Node.Empty;
import dev.purser.core.config.Node.Entry;
import dev.purser.core.config.Node.Listing;
import dev.purser.core.config.Node.Mapping;
import dev.purser.core.config.Node.Scalar;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a YAML text into nodes that know their lines, which Jackson's own tree does not. What a
 * configuration has no use for, and a reviewer could stumble over, is a problem: anchors, aliases,
 * tags, several documents. (An anchor on plain text goes unnoticed, as Jackson does not show it; it is
 * harmless where no alias can refer to it.)
 */
final class YamlTree {

  /** A configuration is four levels deep. */
  private static final int DEEPEST = 16;

  private static final YAMLFactory YAML = new YAMLFactory();

  private final YAMLParser parser;
  private final Problems problems;

  private YamlTree(YAMLParser parser, Problems problems) {
    this.parser = parser;
    this.problems = problems;
  }

  /** Returns the one document of a text, {@link Empty} if there is none or it cannot be read. */
  static Node read(String text, Problems problems) {
    try (YAMLParser parser = YAML.createParser(text)) {
      return new YamlTree(parser, problems).document();
    } catch (JsonProcessingException e) {
      problems.add(SyntaxProblem.of(e));
    } catch (IOException e) {
      throw new AssertionError("a text in memory cannot fail to be read", e);
    }
    return new Empty("", 1);
  }

  private Node document() throws IOException {
    if (parser.nextToken() == null) {
      return new Empty("", 1);
    }
    Node root = value("", line(), 0);
    if (parser.nextToken() != null) {
      problems.add(new Problem("", line(), "a second document begins; there must be only one"));
    }
    return root;
  }

  private Node value(String path, int line, int depth) throws IOException {
    JsonToken token = parser.currentToken();
    refuseWhatHidesValues(path, line);
    if (depth == DEEPEST && token.isStructStart()) {
      problems.add(new Problem(path, line, "is nested too deeply"));
      parser.skipChildren();
      return new Empty(path, line);
    }
    return switch (token) {
      case START_OBJECT -> new Mapping(path, line, entries(path, depth));
      case START_ARRAY -> new Listing(path, line, items(path, depth));
      case VALUE_NULL -> new Empty(path, line);
      default -> new Scalar(path, line, parser.getText());
    };
  }

  private List<Entry> entries(String path, int depth) throws IOException {
    List<Entry> entries = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      int line = line();
      parser.nextToken();
      entries.add(new Entry(key, value(Node.under(path, key), line, depth + 1)));
    }
    return entries;
  }

  private List<Node> items(String path, int depth) throws IOException {
    List<Node> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(path + "[" + items.size() + "]", line(), depth + 1));
    }
    return items;
  }

  private void refuseWhatHidesValues(String path, int line) throws IOException {
    if (parser.isCurrentAlias()) {
      problems.add(new Problem(
          path,
          line,
          "is an alias, which is not supported; put quotes around text that starts with *"));
    } else if (parser.getObjectId() != null) {
      problems.add(new Problem(path, line, "has an anchor (&), which is not supported"));
    } else if (parser.getTypeId() != null) {
      problems.add(new Problem(path, line, "has a tag (!), which is not supported"));
    }
  }

  private int line() {
    return parser.currentTokenLocation().getLineNr();
  }
}
