package dev.purser.wire.json;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Against loops that look at one byte after the other. */
class ByteSearchTest {

  /** What is looked for and its neighbours, of which a mark may be wrong. */
  @Provide
  Arbitrary<byte[]> texts() {
    Arbitrary<Byte> near = Arbitraries.of(
        (byte) '"', (byte) '#', (byte) '!', (byte) 't', (byte) 'u', (byte) 0, (byte) 1, (byte) -1);
    Arbitrary<Byte> far = Arbitraries.of((byte) ' ', (byte) 'x', (byte) 0xA2, (byte) 0xF4);
    return Arbitraries.oneOf(near, far, far).array(byte[].class).ofMaxSize(64);
  }

  @Property
  void eitherOfTwo(@ForAll("texts") byte[] text, @ForAll("places") int from) {
    int start = Math.min(from, text.length);
    int expected = start;
    while (expected < text.length && text[expected] != '"' && text[expected] != 't') {
      expected++;
    }
    assertThat(ByteSearch.either(text, start, text.length, '"', 't')).isEqualTo(expected);
  }

  @Property
  void twoInARow(@ForAll("texts") byte[] text, @ForAll("places") int from) {
    int start = Math.min(from, text.length);
    int expected = start;
    while (expected + 1 < text.length && (text[expected] != '"' || text[expected + 1] != 't')) {
      expected++;
    }
    expected = expected + 1 < text.length ? expected : text.length;
    assertThat(ByteSearch.pair(text, start, text.length, '"', 't')).isEqualTo(expected);
  }

  @Property
  void nothingIsFoundBehindTheEnd(@ForAll("texts") byte[] text, @ForAll("places") int to) {
    int end = Math.min(to, text.length);
    assertThat(ByteSearch.either(text, 0, end, '"', 't')).isLessThanOrEqualTo(end);
    int pair = ByteSearch.pair(text, 0, end, '"', 't');
    assertThat(pair == end || pair + 1 < end).isTrue();
  }

  @Provide
  Arbitrary<Integer> places() {
    return Arbitraries.integers().between(0, 64);
  }
}
