package dev.purser.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Sub-agents: which session a session is a part of. */
@SuppressWarnings("try") // scopes work by being open
class ParentSessionTest {

  private static final Attribution RUN = Attribution.NONE.session("run");
  private static final Attribution SUB = Attribution.NONE.session("sub");

  @Test
  void aScopeWithASessionOfItsOwnIsAPartOfTheSessionAround() {
    try (AttributionScope run = RUN.withKey("alice").open();
        AttributionScope sub = SUB.open();
        AttributionScope leaf = Attribution.NONE.session("leaf").open()) {
      assertThat(run.attribution().parent()).isNull();
      assertThat(sub.attribution()).isEqualTo(SUB.withKey("alice").parent("run"));
      assertThat(leaf.attribution().parent()).isEqualTo("sub");
    }
  }

  @Test
  void aScopeWithoutASessionStaysInTheSessionAroundAndItsParent() {
    try (AttributionScope run = RUN.open();
        AttributionScope sub = SUB.open();
        AttributionScope inner = Attribution.NONE.team("red").open()) {
      assertThat(inner.attribution()).isEqualTo(SUB.parent("run").team("red"));
    }
  }

  @Test
  void theSameSessionOpenedTwiceIsNoPartOfItself() {
    try (AttributionScope run = RUN.open();
        AttributionScope again = RUN.open()) {
      assertThat(again.attribution()).isEqualTo(RUN);
    }
    try (AttributionScope run = RUN.open();
        AttributionScope sub = SUB.open();
        AttributionScope again = SUB.team("red").open()) {
      assertThat(again.attribution().parent()).isEqualTo("run");
    }
  }

  @Test
  void goingBackToTheSessionAboveDoesNotTurnTheTwoUpsideDown() {
    try (AttributionScope run = RUN.open();
        AttributionScope sub = SUB.open();
        AttributionScope back = RUN.open()) {
      assertThat(sub.attribution().parent()).isEqualTo("run");
      assertThat(back.attribution()).isEqualTo(RUN);
    }
  }

  @Test
  void aParentThatIsNamedGoesBeforeTheSessionAround() {
    try (AttributionScope run = RUN.open();
        AttributionScope sub = SUB.parent("elsewhere").open()) {
      assertThat(sub.attribution().parent()).isEqualTo("elsewhere");
    }
  }

  @Test
  void aTaskCarriedToAnotherThreadOpensItsScopesInside() throws Exception {
    ExecutorService other = Executors.newSingleThreadExecutor();
    try (AttributionScope run = RUN.open()) {
      Attribution seen = other
          .submit(run.wrap(() -> {
            try (AttributionScope sub = SUB.open()) {
              return sub.attribution();
            }
          }))
          .get();
      assertThat(seen).isEqualTo(SUB.parent("run"));
    } finally {
      other.shutdownNow();
    }
  }

  @Test
  void aCallThatNamesItsOwnSessionIsAPartOfTheScopes() {
    try (AttributionScope run = RUN.open()) {
      CallIntent intent =
          CallIntent.builder(ModelId.of("openai", "gpt-4o")).attribution(SUB).build();
      assertThat(intent.attribution()).isEqualTo(SUB.parent("run"));
    }
  }

  @Test
  void theParentGoesWithTheSession() {
    Attribution around = RUN.parent("root");

    assertThat(Attribution.key("a").orElse(around)).isEqualTo(around.withKey("a"));
    assertThat(RUN.orElse(around)).isEqualTo(around);
    assertThat(SUB.orElse(around)).isEqualTo(SUB.ancestors(java.util.List.of("run", "root")));
    assertThat(SUB.parent("run").orElse(around).ancestors()).containsExactly("run", "root");
    assertThat(SUB.parent("p").orElse(around)).isEqualTo(SUB.parent("p"));
    assertThat(SUB.orElse(Attribution.NONE.parent("root"))).isEqualTo(SUB.parent("root"));
    assertThat(Attribution.NONE.parent("p").orElse(around)).isEqualTo(RUN.parent("p"));
    assertThat(Attribution.NONE.parent("run").orElse(around)).isEqualTo(around);
    assertThat(SUB.orElse(Attribution.NONE)).isEqualTo(SUB);
    assertThat(Attribution.NONE.orElse(around)).isSameAs(around);
  }

  @Test
  void aSessionThatNamesItselfAsItsParentHasNone() {
    assertThat(RUN.parent("run")).isEqualTo(RUN).hasSameHashCodeAs(RUN);
    assertThat(Attribution.NONE.parent("run").session("run")).isEqualTo(RUN);
  }

  @Test
  void aParentIsAPartLikeTheOthers() {
    assertThat(SUB.parent("run")).isNotEqualTo(SUB).hasToString("{parent=run, session=sub}");
    assertThat(SUB.parent("run").withKey("k").user("u").team("t").taskClass("c").tag("a", "b"))
        .extracting(Attribution::parent)
        .isEqualTo("run");
    assertThatThrownBy(() -> SUB.parent(" ")).hasMessageContaining("parent session");
  }

  @Property
  void noSessionIsEverAPartOfItself(
      @ForAll("some") Attribution inner,
      @ForAll("some") Attribution middle,
      @ForAll("some") Attribution outer) {
    Attribution all = inner.orElse(middle.orElse(outer));

    if (all.session() != null) {
      assertThat(all.parent()).isNotEqualTo(all.session());
    }
    assertThat(all.orElse(middle.orElse(outer))).as("said once more").isEqualTo(all);
  }

  @Provide
  Arbitrary<Attribution> some() {
    Arbitrary<String> names = Arbitraries.of("", "a", "b", "c");
    return names.tuple2().map(pair -> {
      Attribution session =
          pair.get1().isEmpty() ? Attribution.NONE : Attribution.NONE.session(pair.get1());
      return pair.get2().isEmpty() ? session : session.parent(pair.get2());
    });
  }
}
