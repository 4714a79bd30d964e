package dev.purser.wire.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.purser.wire.json.JsonText;
import java.io.ByteArrayOutputStream;

/**
 * Keeps the text that an answer shows, up to a number of characters: the strings of its pieces one after
 * the other, as a caller puts them together, so that a word which a stream brings in two pieces is whole
 * again for whoever looks for it. As many characters as there may be are all there are where the text goes
 * on. For one thread at a time.
 */
final class KeptText {

  /** A character may be written as {@code \\u0041}. */
  private static final int BYTES_PER_CHARACTER = 6;

  private final int most;
  private final StringBuilder text = new StringBuilder();
  private final ByteArrayOutputStream value = new ByteArrayOutputStream();
  private boolean cut;

  KeptText(int characters) {
    most = characters;
  }

  /** Takes the next bytes of a JSON value: a string, or what is none, as it stands. */
  void add(byte[] bytes, int from, int to, boolean first) {
    if (first) {
      close();
    }
    long room = (long) (most - text.length()) * BYTES_PER_CHARACTER - value.size();
    cut |= room < to - from;
    value.write(bytes, from, (int) Math.max(0, Math.min(room, to - from)));
  }

  private void close() {
    if (value.size() > 0 && text.length() < most) {
      byte[] json = value.toByteArray();
      // One that was cut must fill what is left, or it could not be told from a whole one.
      String plain = cut && json[0] != '"' ? new String(json, UTF_8) : plain(json);
      text.append(plain, 0, Math.min(plain.length(), most - text.length()));
    }
    value.reset();
    cut = false;
  }

  private static String plain(byte[] json) {
    int end = json.length;
    return switch (json[0]) {
      case '"' -> JsonText.decode(json, 1, end > 1 && json[end - 1] == '"' ? end - 1 : end);
      case '[' -> ofParts(json);
      default -> new String(json, UTF_8);
    };
  }

  /** Calls of tools come in an array, and a stream brings each of them in pieces, too. */
  private static String ofParts(byte[] json) {
    KeptText parts = new KeptText(json.length);
    VisibleText fields = new VisibleText();
    fields.keptBy(parts);
    fields.addFields(json, 0, json.length);
    String text = parts.text();
    return text.isEmpty() ? new String(json, UTF_8) : text;
  }

  /** Returns what was kept so far. */
  String text() {
    close();
    return text.toString();
  }
}
