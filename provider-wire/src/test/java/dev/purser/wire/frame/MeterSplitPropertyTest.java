package dev.purser.wire.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.wire.Calls;
import dev.purser.wire.WireCall.AnswerHead;
import dev.purser.wire.json.RandomJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** However the network cuts an answer up, the meter and the caller see the same. */
class MeterSplitPropertyTest {

  private static final AnswerHead UNKNOWN = new AnswerHead(200, null, null);
  private static final AnswerHead GZIP = new AnswerHead(200, "text/event-stream", "gzip");

  @Property(tries = 500)
  void aStreamInAnyPieces(
      @ForAll("streams") String stream, @ForAll("sizes") int[] sizes, @ForAll boolean hide) {
    same(Calls.sse(), hide, stream.getBytes(UTF_8), sizes);
    same(UNKNOWN, hide, stream.getBytes(UTF_8), sizes);
  }

  @Property(tries = 300)
  void aJsonAnswerInAnyPieces(@ForAll("answers") String answer, @ForAll("sizes") int[] sizes) {
    same(Calls.json(), false, answer.getBytes(UTF_8), sizes);
    same(UNKNOWN, true, answer.getBytes(UTF_8), sizes);
  }

  @Property(tries = 200)
  void aCompressedStreamInAnyPieces(
      @ForAll("streams") String stream, @ForAll("sizes") int[] sizes) {
    Calls.Answer plain = pass(Calls.sse(), false, stream.getBytes(UTF_8), Integer.MAX_VALUE);

    Calls.Answer zipped = same(GZIP, true, gzip(stream.getBytes(UTF_8)), sizes);

    assertThat(zipped.reading()).isEqualTo(plain.reading());
  }

  @Property(tries = 300)
  void garbagePassesUnchangedInAnyPieces(
      @ForAll byte[] garbage, @ForAll("sizes") int[] sizes, @ForAll("heads") AnswerHead head) {
    Calls.Answer answer = same(head, false, garbage, sizes);

    assertThat(answer.seen()).isEqualTo(garbage);
    assertThat(answer.reading().settlement()).isNull();
    assertThat(answer.reading().trouble()).isNotNull();
  }

  private static Calls.Answer same(AnswerHead head, boolean hide, byte[] answer, int... sizes) {
    Calls.Answer whole = pass(head, hide, answer, Integer.MAX_VALUE);
    Calls.Answer split = pass(head, hide, answer, sizes);
    assertThat(new String(split.seen(), UTF_8)).isEqualTo(new String(whole.seen(), UTF_8));
    assertThat(split.seen()).isEqualTo(whole.seen());
    assertThat(split.reading()).isEqualTo(whole.reading());
    if (!hide) {
      assertThat(split.seen()).isEqualTo(answer);
    }
    return whole;
  }

  private static Calls.Answer pass(AnswerHead head, boolean hide, byte[] answer, int... sizes) {
    return Calls.pass(Calls.streaming().meter(head, hide), answer, sizes);
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zipped.toByteArray();
  }

  @Provide
  Arbitrary<int[]> sizes() {
    return Arbitraries.integers().between(1, 90).array(int[].class).ofMinSize(1).ofMaxSize(12);
  }

  @Provide
  Arbitrary<AnswerHead> heads() {
    return Combinators.combine(
            Arbitraries.of("text/event-stream", "application/json", "text/plain"),
            Arbitraries.of("identity", "gzip", "deflate", "br", "gzip, gzip"))
        .as((type, encoding) -> new AnswerHead(200, type, encoding));
  }

  @Provide
  Arbitrary<String> streams() {
    String usage = "{\"prompt_tokens\":11,\"completion_tokens\":3}";
    Arbitrary<String> event = Arbitraries.of(
        "data: {\"id\":\"a\",\"model\":\"m\",\"choices\":[{\"index\":0}],\"usage\":null}\n\n",
        "data: {\"choices\":[{\"index\":0,\"finish_reason\":\"stop\"}],\"filler\":\"........\"}\n\n",
        "data: {\"choices\":[],\"usage\":" + usage + ",\"filler\":\"...............\"}\n\n",
        "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":-1},\"filler\":\"..........\"}\n\n",
        "data: {\"choices\":[{\"index\":0}],\"usage\":" + usage + "}\n\n",
        "data: {\"choices\":[],\ndata:\"usage\":" + usage + "}\n\n",
        "data: {\"usage\":{{{\n\n",
        "data: {\"error\":{\"message\":\"\u20ac\"}}\n\n",
        ": comment\n\n",
        "event: x\nid: 7\n\n",
        "\n",
        "no field\n",
        "data: {\"half\":",
        "data: [DONE]\n\n");
    Arbitrary<String> lineEnd = Arbitraries.of("\n", "\n", "\r\n", "\r");
    return Combinators.combine(event, lineEnd)
        .as((text, end) -> text.replace("\n", end))
        .list()
        .ofMaxSize(12)
        .map(MeterSplitPropertyTest::joined);
  }

  private static String joined(List<String> events) {
    return String.join("", events);
  }

  @Provide
  Arbitrary<String> answers() {
    Arbitrary<String> usage = RandomJson.object(RandomJson.field(
            Arbitraries.of("\"prompt_tokens\"", "\"completion_tokens\"", "\"x\""),
            Arbitraries.of("0", "7", "7.0", "-7", "1e308", "\"7\"", "null"))
        .list()
        .ofMaxSize(3));
    Arbitrary<String> field = Arbitraries.oneOf(
        RandomJson.field(RandomJson.escaped("usage"), usage),
        RandomJson.field(RandomJson.escaped("model"), Arbitraries.of("\"m\"", "\"\"", "null")),
        RandomJson.field(RandomJson.escaped("error"), Arbitraries.of("null", "{}", "\"e\"")),
        RandomJson.field(RandomJson.escaped("choices"), RandomJson.value(3)));
    return Combinators.combine(
            RandomJson.object(field.list().ofMaxSize(6)), Arbitraries.integers().between(0, 60))
        .as((json, cut) -> json.substring(0, Math.max(0, json.length() - Math.max(0, cut - 30))));
  }
}
