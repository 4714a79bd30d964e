package dev.purser.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a file holds, reading it ends in a configuration or in a {@link ConfigurationException}. */
class GarbagePropertyTest {

  private static final String SAMPLE = """
      owner: dana
      week-starts: sunday
      budgets:
        - {name: a, limit: $250000, window: quarter, alert-at: [50%, 80%], per: [key, tag:repo]}
        - {name: b, limit: 2M, measure: tokens, window: 1h, only: {model: [claude-*, 'gpt-*']}}
        - name: c
          limit: 75
          window: 2026-01-01/2026-03-31
          outside: pass
      tasks:
        routine: [x, y]
      free-models: ["ollama/*"]
      keys:
        - {name: ci, revoked: 2026-11-24, models: gpt-5*, defaults: {"tag:repo": purser}}
        - name: alice
          expires: 2027-03-31
          hashes:
            - {hash: sha256:9fK2bXqL0Zr7:3q2-7wAAESIzRFVmd4iZqg:n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg, until: 2027-01-01T00:00:00Z}
      """;

  /** Besides the usual, what YAML 1.1 takes for the end of a line. */
  private static final String BREAK = "\r\n|[\n\r\u0085\u2028\u2029]";

  private static final String SECRET = "sk-live-0123456789-0123456789-0123456789-0123456789";

  private static final String OPEN = "purser_9fK2bXqL0Zr7_";
  private static final String KEY_SECRET = OPEN + "qZ3vWx8Lr5Tn0Yb7Kc2Hd9Jf4Mg1Ps6Aa3Ee5Uu8Ii0";

  private static void readsOrIsRefused(String text) {
    try {
      assertThat(Yaml.read(text).budgets()).isNotEmpty();
    } catch (ConfigurationException e) {
      assertThat(e.problems()).isNotEmpty();
      assertThat(e.problems()).allSatisfy(problem -> {
        assertThat(problem.line()).isBetween(1, text.split(BREAK, -1).length);
        assertThat(problem.message()).hasSizeLessThan(400).doesNotContain("\n", "\r");
        assertThat(problem.path()).hasSizeLessThan(400).doesNotContain("\n", "\r");
      });
    }
  }

  @Property(tries = 2000)
  void anyText(@ForAll String text) {
    readsOrIsRefused(text);
  }

  @Property(tries = 5000)
  void anyMixOfWhatMeansSomethingInYaml(@ForAll("tokens") List<String> tokens) {
    readsOrIsRefused(String.join("", tokens));
  }

  @Provide
  Arbitrary<List<String>> tokens() {
    return Arbitraries.of(
            "\n",
            "  ",
            " ",
            "- ",
            ": ",
            ":",
            ",",
            ", ",
            "[",
            "]",
            "{",
            "}",
            "&a",
            "*a",
            "*",
            "!",
            "!!int ",
            "|",
            ">",
            "'",
            "\"",
            "\\",
            "%",
            "@",
            "`",
            "#",
            "? ",
            "---\n",
            "...\n",
            "~",
            "null",
            "true",
            "\t",
            "$250",
            "000",
            "50%",
            "1h",
            "day",
            "owner",
            "zone",
            "budgets",
            "budgets:\n  - ",
            "name",
            "limit",
            "window",
            "per",
            "only",
            "key",
            "tasks",
            "fit",
            "<<",
            "\u0000",
            "\ud83d",
            "\u2028",
            "é")
        .list()
        .ofMaxSize(40);
  }

  @Property(tries = 3000)
  void aSampleWithOnePieceReplaced(
      @ForAll int from, @ForAll int length, @ForAll("tokens") List<String> piece) {
    int start = Math.floorMod(from, SAMPLE.length());
    int end = Math.min(SAMPLE.length(), start + Math.floorMod(length, 30));
    readsOrIsRefused(SAMPLE.substring(0, start) + String.join("", piece) + SAMPLE.substring(end));
  }

  @Property(tries = 500)
  void aSecretInAnyPlaceIsNotRepeatedWhole(@ForAll int at) {
    int place = Math.floorMod(at, SAMPLE.length());
    String text = SAMPLE.substring(0, place) + SECRET + SAMPLE.substring(place);
    try {
      Yaml.read(text);
    } catch (ConfigurationException e) {
      assertThat(e.getMessage()).doesNotContain(SECRET);
    }
  }

  @Property(tries = 1000)
  void aKeysSecretInAnyPlaceIsNotRepeatedAtAll(@ForAll int at) {
    int place = Math.floorMod(at, SAMPLE.length());
    String text = SAMPLE.substring(0, place) + KEY_SECRET + SAMPLE.substring(place);
    try {
      Yaml.read(text);
    } catch (ConfigurationException e) {
      for (int i = OPEN.length(); i + 6 <= KEY_SECRET.length(); i++) {
        assertThat(e.getMessage()).doesNotContain(KEY_SECRET.substring(i, i + 6));
      }
    }
  }
}
