package dev.purser.wire.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.purser.wire.Calls;
import dev.purser.wire.WireCall;
import dev.purser.wire.WireCall.Edit;
import dev.purser.wire.json.JsonSlice;
import dev.purser.wire.json.RandomJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ChatEditPropertyTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Edit ALL = new Edit("new \"model\"", OptionalLong.of(4711), true);

  private static final Map<String, String> INSERTED = new TreeMap<>(Map.of(
      "max_completion_tokens", "\"max_completion_tokens\":4711,",
      "stream_options", "\"stream_options\":{\"include_usage\":true},"));

  @Property(tries = 500)
  void onlyWhatIsEditedChanges(@ForAll("requests") String body) throws IOException {
    WireCall call = Calls.read(body);
    assertThat(call).isNotNull();

    byte[] edited = call.edited(ALL);

    JsonNode before = MAPPER.readTree(body.getBytes(UTF_8));
    JsonNode after = MAPPER.readTree(edited);
    assertThat(after.path("model").textValue()).isEqualTo("new \"model\"");
    boolean old = isSet(body, "max_tokens");
    boolean current = isSet(body, "max_completion_tokens") || !old;
    assertThat(after.path("max_tokens").asLong(0)).isEqualTo(old ? 4711 : 0);
    assertThat(after.path("max_completion_tokens").asLong(0)).isEqualTo(current ? 4711 : 0);
    JsonNode options = before.path("stream_options");
    if (options.isObject() || options.isNull() || options.isMissingNode()) {
      assertThat(after.path("stream_options").path("include_usage").booleanValue())
          .isTrue();
    }
    assertThat(without(after)).isEqualTo(without(before));
  }

  @Property(tries = 200)
  void editingTwiceIsEditingOnce(@ForAll("requests") String body) {
    byte[] once = Calls.read(body).edited(ALL);
    byte[] twice = Calls.read(new String(once, UTF_8)).edited(ALL);

    assertThat(twice).isEqualTo(once);
  }

  @Property(tries = 500)
  void everyOtherByteStays(@ForAll("requests") String body) {
    String edited = new String(Calls.read(body).edited(ALL), UTF_8);

    for (Map.Entry<String, String> inserted : INSERTED.entrySet()) {
      int front = edited.indexOf('{') + 1;
      boolean absent = values(body, inserted.getKey()).isEmpty();
      if (absent && edited.startsWith(inserted.getValue(), front)) {
        edited = edited.substring(0, front)
            + edited.substring(front + inserted.getValue().length());
      }
    }
    assertThat(keptParts(edited)).isEqualTo(keptParts(body));
  }

  @Property(tries = 100)
  void anEditOfNothingIsTheArrayItself(@ForAll("requests") String body) {
    byte[] bytes = body.getBytes(UTF_8);
    WireCall call = Calls.read(Calls.HOST, Calls.PATH, Map.of(), bytes);

    assertThat(call.edited(Edit.NONE)).isSameAs(bytes);
    assertThat(call.edited(new Edit(call.model().name(), OptionalLong.empty(), false)))
        .as("the same model")
        .satisfies(same -> assertThat(MAPPER.readTree(same)).isEqualTo(MAPPER.readTree(bytes)));
  }

  @Provide
  Arbitrary<String> requests() {
    Arbitrary<String> number = Arbitraries.of("1", "100", "2.0", "null");
    Arbitrary<String> options = Arbitraries.oneOf(
        Arbitraries.of("null", "{}", "{ }", "{\"include_usage\":false}", "{ \"a\" : [ 1 ] }"),
        Arbitraries.of("{\"include_usage\" : true}", "{\"include_us\\u0061ge\":null,\"b\":2}"));
    Arbitrary<String> some = Arbitraries.oneOf(
        field("max_tokens", number),
        field("max_completion_tokens", number),
        field("stream_options", options),
        field("metadata", RandomJson.value(2)),
        field("unknown", RandomJson.value(3)),
        field("model", Arbitraries.of("\"gpt-4o\"", "\"a\\u0020b\"")));
    return RandomJson.object(Combinators.combine(
            some.list().ofMaxSize(5),
            field("model", Arbitraries.of("\"gpt-4o\"", "\"o3\"", "\"\\\"\"")),
            field(
                "messages", Arbitraries.of("[]", "[ ]", "[{\"role\":\"user\",\"content\":\"}\"}]")),
            Arbitraries.randoms())
        .as((more, model, messages, random) -> {
          List<String> fields = new ArrayList<>(more);
          fields.add(random.nextInt(fields.size() + 1), messages);
          fields.add(model); // last, so that it is the one that counts
          return fields;
        }));
  }

  private static Arbitrary<String> field(String name, Arbitrary<String> value) {
    return RandomJson.field(RandomJson.escaped(name), value);
  }

  private static JsonNode without(JsonNode body) {
    ObjectNode rest = body.deepCopy();
    rest.remove(List.of("model", "max_tokens", "max_completion_tokens"));
    if (rest.path("stream_options") instanceof ObjectNode options) {
      options.remove("include_usage");
      if (options.isEmpty()) {
        rest.remove("stream_options");
      }
    } else if (rest.path("stream_options").isNull()) {
      rest.remove("stream_options");
    }
    return rest;
  }

  private static boolean isSet(String body, String name) {
    return values(body, name).stream().anyMatch(value -> !value.isNull());
  }

  private static List<JsonSlice> values(String body, String name) {
    List<JsonSlice> values = new ArrayList<>();
    JsonSlice.document(body.getBytes(UTF_8)).each((field, value) -> {
      if (field.equals(name)) {
        values.add(value);
      }
    });
    return values;
  }

  /** Cuts out of a document what an edit may replace. */
  private static List<String> keptParts(String body) {
    byte[] bytes = body.getBytes(UTF_8);
    List<String> kept = new ArrayList<>();
    int[] at = new int[1];
    JsonSlice.document(bytes).each((name, value) -> {
      switch (name) {
        case "model", "max_tokens", "max_completion_tokens", "stream_options" -> {
          kept.add(new String(bytes, at[0], value.from() - at[0], UTF_8));
          at[0] = value.to();
        }
        default -> {}
      }
    });
    kept.add(new String(bytes, at[0], bytes.length - at[0], UTF_8));
    return kept;
  }
}
