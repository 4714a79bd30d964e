package dev.purser.wire.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScannerTest {

  @Test
  void findsFieldsInAnyOrderAndSpacing() {
    assertThat(scan(" \n{ \"a\" :\t1 ,\"b\": \"x\\\"}\" , \"c\":{\"a\":[1,{}]},\"d\":[ ] }\r\n "))
        .containsExactly("a=1", "b=\"x\\\"}\"", "c={\"a\":[1,{}]}", "d=[ ]", "done");
  }

  @Test
  void resolvesEscapedNames() {
    assertThat(scan("{\"mod\\u0065l\":1,\"\\/\\n\\\"\":2}"))
        .containsExactly("model=1", "/\n\"=2", "done");
  }

  @Test
  void reportsARepeatedNameEachTime() {
    assertThat(scan("{\"a\":1,\"a\":null}")).containsExactly("a=1", "a=null", "done");
  }

  @Test
  void findsTheElementsOfAnArray() {
    assertThat(scan("[1, \"a\" ,{\"b\":2},[],true]"))
        .containsExactly("=1", "=\"a\"", "={\"b\":2}", "=[]", "=true", "done");
  }

  @Test
  void skipsAByteOrderMark() {
    assertThat(scan("\uFEFF{\"a\":1}")).containsExactly("a=1", "done");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", " { } ", "[\n]"})
  void anEmptyContainerIsDone(String json) {
    assertThat(scan(json)).containsExactly("done");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "\"a\"",
        "1",
        "{a:1}",
        "{\"a\" 1}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{\"a\":1 2}",
        "{,}",
        "{\"a\":1]",
        "[1}",
        "[1,]",
        "[,1]",
        "{} x",
        "{\"a\":1}}",
        "{\"a\":,}",
        "{{}:1}"
      })
  void breaksOnWhatIsNoContainer(String json) {
    assertThat(scan(json)).endsWith("broken");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{", "{\"a", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":[{}", "["})
  void waitsForMoreWhereTheEndIsMissing(String json) {
    assertThat(scan(json)).endsWith("open");
  }

  @Test
  void nestingTenThousandDeepNeedsNoStack() {
    String deep = "[".repeat(10_000) + "]".repeat(10_000);

    assertThat(scan("{\"a\":" + deep + ",\"b\":1}")).containsExactly("a=" + deep, "b=1", "done");
  }

  @Test
  void aNameWithoutEndIsForgottenAndTheNextOneFound() {
    assertThat(scan("{\"" + "n".repeat(100_000) + "\":1,\"b\":2}"))
        .containsExactly("=1", "b=2", "done");
  }

  @Property(tries = 200)
  void piecesOfAnySizeGiveTheSame(@ForAll("documents") String json, @ForAll byte seed) {
    byte[] bytes = json.getBytes(UTF_8);
    Recorder whole = new Recorder();
    whole.scanner.scan(bytes, 0, bytes.length);
    Recorder split = new Recorder();
    int at = 0;
    int step = (seed & 7) + 1;
    while (at < bytes.length) {
      int to = Math.min(bytes.length, at + step);
      split.scanner.scan(bytes, at, to);
      step = step * 5 % 11;
      step = step == 0 ? 1 : step;
      at = to;
    }

    assertThat(split.result()).isEqualTo(whole.result());
    assertThat(split.places).isEqualTo(whole.places);
  }

  @Provide
  Arbitrary<String> documents() {
    return RandomJson.documents()
        .flatMap(json -> Arbitraries.integers()
            .between(0, json.length())
            .map(end -> end % 3 == 0 ? json : json.substring(0, end)));
  }

  private static List<String> scan(String json) {
    Recorder recorder = new Recorder();
    byte[] bytes = json.getBytes(UTF_8);
    recorder.scanner.scan(bytes, 0, bytes.length);
    return recorder.result();
  }

  private static final class Recorder implements JsonScanner.Handler {
    final JsonScanner scanner = new JsonScanner(this);
    final List<Long> places = new ArrayList<>();
    private final List<String> found = new ArrayList<>();
    private StringBuilder value = new StringBuilder();

    @Override
    public boolean begin(String name, long at) {
      value = new StringBuilder(name).append('=');
      places.add(at);
      return true;
    }

    @Override
    public void bytes(byte[] bytes, int from, int to) {
      // Latin-1 on purpose: a piece may end within a character
      value.append(new String(bytes, from, to - from, ISO_8859_1));
    }

    @Override
    public void end(long at) {
      places.add(at);
      found.add(value.toString());
    }

    List<String> result() {
      List<String> result = new ArrayList<>(found);
      result.add(scanner.done() ? "done" : scanner.broken() ? "broken" : "open");
      return result;
    }
  }
}
