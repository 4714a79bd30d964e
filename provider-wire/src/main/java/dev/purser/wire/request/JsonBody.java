package dev.purser.wire.request;

import dev.purser.wire.json.JsonSlice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request's body that is a JSON object, looked at where it lies. Where a name stands twice the last
 * counts, as with every JSON parser in use; edits change all. Immutable as long as nobody writes to the
 * bytes.
 */
public final class JsonBody {

  private final byte[] bytes;
  private final JsonSlice document;
  private final Map<String, List<JsonSlice>> fields;

  private JsonBody(byte[] bytes, JsonSlice document, Map<String, List<JsonSlice>> fields) {
    this.bytes = bytes;
    this.document = document;
    this.fields = fields;
  }

  /** Returns the body, or null if it is no JSON object. */
  public static @Nullable JsonBody read(byte[] bytes) {
    JsonSlice document = JsonSlice.document(bytes);
    Map<String, List<JsonSlice>> fields = new HashMap<>();
    boolean whole = document.isObject()
        && document.each((name, value) ->
            fields.computeIfAbsent(name, first -> new ArrayList<>(1)).add(value));
    return whole ? new JsonBody(bytes, document, fields) : null;
  }

  /** Returns the body's own bytes, not to be written to. */
  @SuppressWarnings("EI_EXPOSE_REP") // borrowed: bodies may be large
  public byte[] bytes() {
    return bytes;
  }

  /** Returns the whole body. */
  public JsonSlice document() {
    return document;
  }

  /** Returns every field of this name. */
  public List<JsonSlice> all(String name) {
    return fields.getOrDefault(name, List.of());
  }

  /** Returns the field of this name that counts, or null if there is none. */
  public @Nullable JsonSlice last(String name) {
    List<JsonSlice> all = all(name);
    return all.isEmpty() ? null : all.get(all.size() - 1);
  }

  /** Returns the value at a path of field names, or null if there is none. */
  public @Nullable JsonSlice at(String first, String... rest) {
    JsonSlice value = last(first);
    for (String name : rest) {
      value = value == null ? null : value.fields().get(name);
    }
    return value;
  }

  /** Returns the text at a path, or null if there is none. */
  public @Nullable String text(String first, String... rest) {
    JsonSlice value = at(first, rest);
    return value == null ? null : value.text();
  }

  /** Whether the value at a path is {@code true}. */
  public boolean isTrue(String first, String... rest) {
    JsonSlice value = at(first, rest);
    return value != null && value.isTrue();
  }

  /** Returns the largest count that a field of this name states; 1 if none does. */
  public int largestCount(String name) {
    long largest = 1;
    for (JsonSlice value : all(name)) {
      largest = Math.max(largest, Amount.positive(Amount.lenient(value)).orElse(1));
    }
    return (int) largest;
  }
}
