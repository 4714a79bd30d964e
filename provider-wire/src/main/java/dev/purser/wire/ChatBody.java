package dev.purser.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.purser.wire.json.JsonSlice;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a request for a chat completion that matter here. Where a name stands twice the
 * last counts, as with every JSON parser in use, but of what bounds the cost the largest; edits
 * change all.
 */
final class ChatBody {

  static final String MODEL = "model";
  static final String OLD_CAP = "max_tokens";
  static final String NEW_CAP = "max_completion_tokens";
  static final String STREAM_OPTIONS = "stream_options";
  static final String INCLUDE_USAGE = "include_usage";

  private static final Set<String> KNOWN = Set.of(
      MODEL,
      OLD_CAP,
      NEW_CAP,
      STREAM_OPTIONS,
      "messages",
      "n",
      "stream",
      "service_tier",
      "metadata",
      "tools",
      "functions",
      "response_format",
      "prediction");

  /** More is nothing a model writes: a cap like this is a mistake, and no cap. */
  private static final BigDecimal LARGEST_CAP = BigDecimal.valueOf(Integer.MAX_VALUE);

  private final byte[] bytes;
  private final JsonSlice document;
  private final Map<String, List<JsonSlice>> fields;

  private ChatBody(byte[] bytes, JsonSlice document, Map<String, List<JsonSlice>> fields) {
    this.bytes = bytes;
    this.document = document;
    this.fields = fields;
  }

  /** Returns the body, or null if it is no JSON object with an array of messages. */
  static @Nullable ChatBody read(byte[] bytes) {
    JsonSlice document = JsonSlice.document(bytes);
    Map<String, List<JsonSlice>> fields = new HashMap<>();
    boolean whole = document.each((name, value) -> {
      if (KNOWN.contains(name) || Alternatives.FIELDS.contains(name)) {
        fields.computeIfAbsent(name, first -> new ArrayList<>(1)).add(value);
      }
    });
    ChatBody body = new ChatBody(bytes, document, fields);
    JsonSlice messages = body.last("messages");
    boolean chat = whole && document.isObject() && messages != null && messages.isArray();
    return chat ? body : null;
  }

  byte[] bytes() {
    return bytes;
  }

  JsonSlice document() {
    return document;
  }

  /** Returns every field of this name. */
  List<JsonSlice> all(String name) {
    return fields.getOrDefault(name, List.of());
  }

  /** Returns the field of this name that counts, or null if there is none. */
  @Nullable JsonSlice last(String name) {
    List<JsonSlice> all = all(name);
    return all.isEmpty() ? null : all.get(all.size() - 1);
  }

  private @Nullable String text(String name) {
    JsonSlice field = last(name);
    return field == null ? null : field.text();
  }

  @Nullable String model() {
    return text(MODEL);
  }

  @Nullable String serviceTier() {
    return text("service_tier");
  }

  @Nullable String metadata(String name) {
    JsonSlice metadata = last("metadata");
    JsonSlice value = metadata == null ? null : metadata.fields().get(name);
    return value == null ? null : value.text();
  }

  boolean stream() {
    JsonSlice stream = last("stream");
    return stream != null && stream.isTrue();
  }

  boolean asksForUsage() {
    JsonSlice options = last(STREAM_OPTIONS);
    JsonSlice asked = options == null ? null : options.fields().get(INCLUDE_USAGE);
    return asked != null && asked.isTrue();
  }

  int choices() {
    long largest = 1;
    for (JsonSlice n : all("n")) {
      largest = Math.max(largest, positive(lenient(n)).orElse(1));
    }
    return (int) largest;
  }

  /**
   * Returns the bound that holds for certain: the largest where several are given, since it depends
   * on the provider which it honours; none where one is given that cannot be read, such as −1, which
   * some servers take for "no limit".
   */
  OptionalLong outputCap() {
    OptionalLong cap = OptionalLong.empty();
    for (String name : new String[] {OLD_CAP, NEW_CAP}) {
      List<JsonSlice> values = all(name);
      boolean given = values.stream().anyMatch(value -> !value.isNull());
      for (JsonSlice value : given ? values : List.<JsonSlice>of()) {
        OptionalLong one = positive(value.number());
        if (one.isEmpty()) {
          return one;
        }
        cap = OptionalLong.of(Math.max(cap.orElse(0), one.getAsLong()));
      }
    }
    return cap;
  }

  /** Some servers take a number in quotes for the number. */
  private static @Nullable BigDecimal lenient(JsonSlice value) {
    String text = value.text();
    return text == null
        ? value.number()
        : JsonSlice.document(text.strip().getBytes(UTF_8)).number();
  }

  private static OptionalLong positive(@Nullable BigDecimal number) {
    if (number == null || number.signum() <= 0 || number.compareTo(LARGEST_CAP) > 0) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(number.longValueExact());
    } catch (ArithmeticException e) {
      return OptionalLong.empty(); // a fraction of a token: not a cap that anybody honours
    }
  }
}
