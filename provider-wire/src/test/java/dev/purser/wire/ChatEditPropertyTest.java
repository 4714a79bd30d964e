package dev.purser.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.purser.wire.WireCall.Edit;
import dev.purser.wire.json.RandomJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ChatEditPropertyTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Edit ALL = new Edit("new \"model\"", OptionalLong.of(4711), true);

  @Property(tries = 500)
  void onlyWhatIsEditedChanges(@ForAll("requests") String body) throws IOException {
    WireCall call = Calls.read(body);
    assertThat(call).isNotNull();

    byte[] edited = call.edited(ALL);

    JsonNode before = MAPPER.readTree(body);
    JsonNode after = MAPPER.readTree(edited);
    assertThat(after.path("model").textValue()).isEqualTo("new \"model\"");
    boolean old = before.path("max_tokens").isNumber();
    boolean current = before.path("max_completion_tokens").isNumber() || !old;
    assertThat(after.path("max_tokens").asLong(0)).isEqualTo(old ? 4711 : 0);
    assertThat(after.path("max_completion_tokens").asLong(0)).isEqualTo(current ? 4711 : 0);
    JsonNode options = before.path("stream_options");
    if (options.isObject() || options.isNull() || options.isMissingNode()) {
      assertThat(after.path("stream_options").path("include_usage").booleanValue()).isTrue();
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

    // The document with its edited values cut out is left over, in order, within the edited one.
    int at = 0;
    for (String kept : keptParts(body)) {
      int found = edited.indexOf(kept, at);
      assertThat(found).as("%s in %s", kept, edited).isGreaterThanOrEqualTo(at);
      at = found + kept.length();
    }
  }

  @Property(tries = 100)
  void anEditOfNothingIsTheArrayItself(@ForAll("requests") String body) {
    byte[] bytes = body.getBytes(UTF_8);
    WireCall call = Calls.read(Calls.HOST, Calls.PATH, java.util.Map.of(), bytes);

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
            field("messages", Arbitraries.of("[]", "[ ]", "[{\"role\":\"user\",\"content\":\"}\"}]")),
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

  /** Cuts a document at the values that an edit may replace, and after the braces it inserts at. */
  private static List<String> keptParts(String body) {
    byte[] bytes = body.getBytes(UTF_8);
    List<int[]> cuts = new ArrayList<>();
    var document = dev.purser.wire.json.JsonSlice.document(bytes);
    cuts.add(new int[] {document.from() + 1, document.from() + 1});
    document.each((name, value) -> {
      switch (name) {
        case "model", "max_tokens", "max_completion_tokens", "stream_options" ->
          cuts.add(new int[] {value.from(), value.to()});
        default -> {}
      }
    });
    List<String> kept = new ArrayList<>();
    int at = 0;
    for (int[] cut : cuts) {
      kept.add(new String(bytes, at, cut[0] - at, UTF_8));
      at = cut[1];
    }
    kept.add(new String(bytes, at, bytes.length - at, UTF_8));
    return kept;
  }
}
