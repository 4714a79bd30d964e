package dev.purser.core.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.core.Redactors;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Promise 8: wherever a text is cut, nothing of a secret of a known shape is recorded. */
class NoSecretSurvivesTest {

  /** As many characters of a secret in a row as nobody may see. */
  private static final int PART = 9;

  @Property(tries = 3000)
  void atNoCut(
      @ForAll("secrets") Secret secret,
      @ForAll @IntRange(max = 3000) int before,
      @ForAll @IntRange(max = 3000) int after,
      @ForAll("limits") int limit,
      @ForAll("separators") String separator) {
    String text = filler(before) + separator + secret.whole() + " " + filler(after);
    ContentRules rules = ContentRules.of(limit, List.of(Redactors.standard()));

    assertNothingOf(secret, record(rules, text));
    // As an adapter shows it that reads no more than is wanted.
    String taken = text.substring(0, Math.min(text.length(), rules.wanted()));
    assertThat(record(rules, taken)).isEqualTo(record(rules, text));
  }

  @Property
  void ofManyOneAfterTheOtherWhoseRedactionMovesTheEndOfTheTextIntoTheLimit(
      @ForAll("many") List<Secret> secrets, @ForAll("limits") int limit) {
    StringBuilder text = new StringBuilder();
    secrets.forEach(secret -> text.append(secret.whole()).append(' '));
    ContentRules rules = ContentRules.of(limit, List.of(Redactors.standard()));

    String recorded = record(rules, text.toString());

    secrets.forEach(secret -> assertNothingOf(secret, recorded));
  }

  private static String record(ContentRules rules, String text) {
    List<Throwable> faults = new ArrayList<>();
    String recorded = rules.recorded(text, faults::add);
    assertThat(faults).isEmpty();
    return recorded;
  }

  private static void assertNothingOf(Secret secret, String recorded) {
    for (int i = 0; i + PART <= secret.hidden().length(); i++) {
      assertThat(recorded).doesNotContain(secret.hidden().substring(i, i + PART));
    }
  }

  private static String filler(int length) {
    return "What is a purser? ".repeat(length / 18 + 1).substring(0, length);
  }

  @Provide
  Arbitrary<Secret> secrets() {
    return Secret.any();
  }

  @Provide
  Arbitrary<List<Secret>> many() {
    return Secret.any().list().ofMinSize(1).ofMaxSize(40);
  }

  @Provide
  Arbitrary<Integer> limits() {
    return Arbitraries.integers().between(1, 4000);
  }

  @Provide
  Arbitrary<String> separators() {
    return Arbitraries.of(" ", "\"", "\\n", "\n", "=", ":", "(", "key=");
  }
}
