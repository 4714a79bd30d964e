package dev.purser.core.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.Dimension;
import dev.purser.api.ModelId;
import dev.purser.api.Usd;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.NotBlank;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScopesTest {

  private static final ModelId MODEL = ModelId.of("openai", "gpt-4o");
  private static final Budget TWO =
      Budget.daily("two", Usd.of("1")).per(Dimension.KEY, Dimension.TEAM);

  /** Values and names of tags are whatever a header may carry. */
  @Property(tries = 500)
  void whatIsWrittenIsReadBack(
      @ForAll @NotBlank @Chars({',', '\\', '=', 'a', ' '}) String key,
      @ForAll @NotBlank @Chars({',', '\\', '=', 'a', ':'}) String tag,
      @ForAll @NotBlank @Chars({',', '\\', '=', 'a', '('}) String value) {
    Dimension tagged = Dimension.tag(tag);
    Budget budget = Budget.daily("b", Usd.of("1")).per(tagged, Dimension.KEY, Dimension.USER);
    Attribution who = Attribution.key(key).tag(tag, value);

    List<String> scopes = Scopes.of(budget, who, MODEL, List.of());

    assertThat(scopes)
        .singleElement()
        .satisfies(scope -> assertThat(Scopes.values(budget, scope).orElseThrow())
            .containsExactly(
                java.util.Map.entry(tagged, value),
                java.util.Map.entry(Dimension.KEY, key),
                java.util.Map.entry(Dimension.USER, Dimension.NONE)));
  }

  /** Else something could be granted to an account that no call ever draws on. */
  @Property(tries = 2_000)
  void whatIsReadIsWhatWouldBeWritten(
      @ForAll @Chars({',', '\\', 'a', 't', '='}) String key,
      @ForAll @Chars({',', '\\', 'a', 't', '='}) String team) {
    String scope = "key=" + key + ",team=" + team;

    Scopes.values(TWO, scope).ifPresent(values -> {
      Attribution who =
          Attribution.NONE.withKey(values.get(Dimension.KEY)).team(values.get(Dimension.TEAM));
      assertThat(Scopes.of(TWO, who, MODEL, List.of())).containsExactly(scope);
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "key",
        "key=a",
        "team=b,key=a",
        "key=a,team=b,",
        "key=a,team=b,user=c",
        "key=a;team=b",
        "key=a\\,team=b",
        "key=a\\x,team=b",
        "key=a,team=b\\",
        " key=a,team=b",
        "(overflow)"
      })
  void whatNoCallCouldHaveIsNoScope(String scope) {
    assertThat(Scopes.values(TWO, scope)).isEmpty();
  }

  @Test
  void aBudgetWithoutDimensionsHasOneAccount() {
    Budget budget = Budget.daily("all", Usd.of("1"));

    assertThat(Scopes.values(budget, "").orElseThrow()).isEmpty();
    assertThat(Scopes.values(budget, "(overflow)")).isEmpty();
  }
}
