package dev.purser.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Attribution;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;

class AttributionHeadersTest {

  @Test
  void aPlainValueThatOnlyLooksEncodedIsKept() {
    Headers headers =
        Headers.of("x-purser-key", "100%", "x-purser-user", "%zz", "x-purser-team", "%ff");
    assertThat(AttributionHeaders.read(headers))
        .isEqualTo(Attribution.key("100%").user("%zz").team("%ff"));
  }

  @Test
  void aSessionThatIsStatedAsItsOwnParentHasNone() {
    Headers headers = Headers.of("x-purser-parent", "run", "x-purser-session", "run");
    assertThat(AttributionHeaders.read(headers)).isEqualTo(Attribution.NONE.session("run"));
  }

  @Property
  void whatIsWrittenIntoHeadersIsReadBack(
      @ForAll @NotBlank String key, @ForAll @NotBlank String name, @ForAll @NotBlank String value) {
    // An unpaired surrogate is no text that UTF-8 could carry.
    Assume.that((key + name + value).chars().noneMatch(c -> Character.isSurrogate((char) c)));
    Assume.that(!key.isBlank() && !name.isBlank() && !value.isBlank());
    Attribution attribution = Attribution.key(key)
        .session(value)
        .ancestors(List.of("p" + value, "a," + name))
        .tag(name, value);
    Headers.Builder headers = new Headers.Builder();
    AttributionHeaders.of(attribution)
        .forEach((header, text) -> headers.add(header.toLowerCase(Locale.ROOT), text));
    assertThat(AttributionHeaders.read(headers.build())).isEqualTo(attribution);
  }

  @Test
  void theHeadersOfAnAttributionReadLikeIt() {
    assertThat(AttributionHeaders.of(Attribution.key("alice")
            .session("sub")
            .parent("the run")
            .taskClass("routine")
            .tag("Repo", "a b")))
        .isEqualTo(Map.of(
            "x-purser-key", "alice",
            "x-purser-session", "sub",
            "x-purser-parent", "the%20run",
            "x-purser-task", "routine",
            "x-purser-tag-%52epo", "a%20b"));
    assertThat(AttributionHeaders.of(Attribution.NONE)).isEmpty();
  }
}
