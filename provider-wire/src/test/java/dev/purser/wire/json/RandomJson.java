package dev.purser.wire.json;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Documents in every spelling that JSON allows: odd space, escapes, nesting, repeated names. */
public final class RandomJson {

  private static final Arbitrary<String> SPACE =
      Arbitraries.strings().withChars(" \t\r\n").ofMaxLength(2);

  private RandomJson() {}

  /** Objects of any fields. */
  public static Arbitrary<String> documents() {
    return object(field(name(), value(2)).list().ofMaxSize(6));
  }

  /** A value of at most the given depth. */
  public static Arbitrary<String> value(int depth) {
    Arbitrary<String> flat = Arbitraries.oneOf(
        string(),
        Arbitraries.of("null", "true", "false", "0", "-1.5e3", "1E400", "100.0"),
        Arbitraries.longs().map(String::valueOf));
    if (depth == 0) {
      return flat;
    }
    Arbitrary<String> array = Combinators.combine(value(depth - 1).list().ofMaxSize(3), SPACE)
        .as((all, space) -> "[" + space + String.join(space + "," + space, all) + space + "]");
    return Arbitraries.oneOf(
        flat, array, object(field(name(), value(depth - 1)).list().ofMaxSize(3)));
  }

  /** A name with its value, oddly spaced. */
  public static Arbitrary<String> field(Arbitrary<String> name, Arbitrary<String> value) {
    return Combinators.combine(name, value, SPACE, SPACE)
        .as((n, v, before, after) -> n + before + ":" + after + v);
  }

  /** An object of these fields, oddly spaced. */
  public static Arbitrary<String> object(Arbitrary<List<String>> fields) {
    return Combinators.combine(fields, SPACE, SPACE)
        .as((all, a, b) -> "{" + a + String.join(b + "," + a, all) + b + "}");
  }

  /** A quoted name, some of whose letters may be escaped. */
  public static Arbitrary<String> escaped(String name) {
    return Arbitraries.integers()
        .between(-3, name.length() - 1)
        .map(at -> at < 0
            ? '"' + name + '"'
            : '"'
                + name.substring(0, at)
                + String.format("\\u%04x", (int) name.charAt(at))
                + name.substring(at + 1)
                + '"');
  }

  private static Arbitrary<String> name() {
    return Arbitraries.oneOf(
        string(), Arbitraries.of("\"metadata\"", "\"n\"", "\"usage\"", "\"mod\\u0065l\"", "\"\""));
  }

  private static Arbitrary<String> string() {
    Arbitrary<String> text = Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(12),
        Arbitraries.strings().withChars("\"\\{}[],:\u00e9\u20ac/ab").ofMaxLength(12));
    return text.map(s -> '"' + new String(JsonStringEncoder.getInstance().quoteAsString(s)) + '"');
  }
}
