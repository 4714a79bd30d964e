package dev.purser.wire.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Changes of a JSON document that leave every other byte as it was. For one thread at a time. */
public final class JsonSplice {

  private final List<Change> changes = new ArrayList<>();

  @SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
  private record Change(int from, int to, byte[] with) {}

  /** Returns a text as a JSON string, quotes included. */
  public static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  /** Replaces a value by the given JSON; does nothing where that is what it says already. */
  public JsonSplice replace(JsonSlice value, String json) {
    if (value.length() == json.length() && value.raw().equals(json)) {
      return this;
    }
    changes.add(new Change(value.from(), value.to(), json.getBytes(UTF_8)));
    return this;
  }

  /** Adds a field in front of the fields of an object that is well-formed. */
  public JsonSplice insert(JsonSlice object, String name, String json) {
    boolean[] any = new boolean[1];
    object.each((field, value) -> any[0] = true);
    int at = object.from() + 1;
    String field = quoted(name) + ":" + json + (any[0] ? "," : "");
    changes.add(new Change(at, at, field.getBytes(UTF_8)));
    return this;
  }

  /** Returns the document with all changes made; the same array if there are none. */
  public byte[] apply(byte[] document) {
    if (changes.isEmpty()) {
      return document;
    }
    changes.sort(Comparator.comparingInt(Change::from)); // stable: insertions keep their order
    int length = document.length;
    for (Change change : changes) {
      length += change.with.length - (change.to - change.from);
    }
    byte[] result = new byte[length];
    int read = 0;
    int written = 0;
    for (Change change : changes) {
      int kept = change.from - read;
      System.arraycopy(document, read, result, written, kept);
      System.arraycopy(change.with, 0, result, written + kept, change.with.length);
      written += kept + change.with.length;
      read = change.to;
    }
    System.arraycopy(document, read, result, written, document.length - read);
    return result;
  }
}
