package dev.purser.core.record;

import dev.purser.api.Attribution;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** What lines may hold, at random. */
final class Any {

  private Any() {}

  /** Any text that is text. */
  static Arbitrary<String> texts() {
    return Arbitraries.strings().ofMaxLength(20).map(JsonLineTest::whole);
  }

  /** Any text that can be a name. */
  static Arbitrary<String> names() {
    return texts().filter(text -> !text.isBlank());
  }

  static Arbitrary<Instant> instants() {
    return Combinators.combine(
            Arbitraries.longs().between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()),
            Arbitraries.integers().between(0, 999_999_999))
        .as(Instant::ofEpochSecond);
  }

  static Arbitrary<Attribution> attributions() {
    Arbitrary<List<String>> parts = names().injectNull(0.3).list().ofSize(5);
    Arbitrary<List<String>> parents = names().list().ofMaxSize(3);
    Arbitrary<Map<String, String>> tags = Arbitraries.maps(names(), names()).ofMaxSize(3);
    return Combinators.combine(parts, parents, tags).as((part, above, tagged) -> {
      Attribution who = Attribution.NONE;
      who = part.get(0) == null ? who : who.withKey(part.get(0));
      who = part.get(1) == null ? who : who.user(part.get(1));
      who = part.get(2) == null ? who : who.team(part.get(2));
      who = part.get(3) == null ? who : who.session(part.get(3));
      who = part.get(4) == null ? who : who.taskClass(part.get(4));
      for (Map.Entry<String, String> tag : tagged.entrySet()) {
        who = who.tag(tag.getKey(), tag.getValue());
      }
      return who.ancestors(above);
    });
  }
}
