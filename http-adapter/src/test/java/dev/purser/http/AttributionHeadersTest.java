package dev.purser.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Attribution;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;
import org.junit.jupiter.api.Test;

class AttributionHeadersTest {

  @Test
  void aPlainValueThatOnlyLooksEncodedIsKept() {
    Head headers = Head.BARE
        .with("x-purser-key", "100%")
        .with("x-purser-user", "%zz")
        .with("x-purser-team", "%ff");
    assertThat(AttributionHeaders.read(headers))
        .isEqualTo(Attribution.key("100%").user("%zz").team("%ff"));
  }

  @Test
  void aSessionThatIsStatedAsItsOwnParentHasNone() {
    Head headers = Head.BARE.with("x-purser-parent", "run").with("X-Purser-Session", "run");
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
    Head headers = Head.BARE;
    for (var header : AttributionHeaders.of(attribution).entrySet()) {
      headers = headers.with(header.getKey().toLowerCase(Locale.ROOT), header.getValue());
    }
    assertThat(AttributionHeaders.read(headers)).isEqualTo(attribution);
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
