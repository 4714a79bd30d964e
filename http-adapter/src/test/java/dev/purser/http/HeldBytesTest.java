package dev.purser.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class HeldBytesTest {

  /** Beside a string, which holds the same and is searched the same. */
  @Property
  void holdsWhatAStringWould(
      @ForAll @Size(max = 30) List<@AlphaChars @StringLength(min = 1, max = 400) String> added,
      @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 500) Integer> dropped) {
    HeldBytes held = new HeldBytes();
    String expected = "";
    for (int i = 0; i < added.size(); i++) {
      byte[] bytes = ("--" + added.get(i)).getBytes(UTF_8);
      held.add(bytes, 2, bytes.length - 2);
      expected += added.get(i);
      int length = Math.min(expected.length(), dropped.get(i % dropped.size()));
      String wanted = expected.substring(expected.length() / 2).substring(0, length / 2);
      assertThat(held.dropThrough(wanted.getBytes(UTF_8), 0, wanted.length())).isTrue();
      expected = expected.substring(expected.indexOf(wanted) + wanted.length());
      assertThat(held.dropThrough("!".getBytes(UTF_8), 0, 1)).isFalse();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    held.drainTo(out::write);
    held.drainTo(out::write);
    assertThat(out.toString(UTF_8)).isEqualTo(expected);
  }
}
