package dev.purser.core.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Attribution;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SessionsTest {

  private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

  private final Sessions sessions = new Sessions(session -> {});

  private List<String> lineage(String session, String parent) {
    Attribution who = Attribution.NONE.session(session);
    return sessions.lineage(parent == null ? who : who.parent(parent), NOON);
  }

  @Test
  void aCallWithoutASessionHasNoLineage() {
    assertThat(sessions.lineage(Attribution.key("k"), NOON)).isEmpty();
  }

  @Test
  void theFirstParentIsTheParentForGood() {
    assertThat(lineage("child", null)).containsExactly("child");
    assertThat(lineage("child", "a")).containsExactly("child", "a");
    // Another one is drawn on besides: it must gain nothing to leave the first one out.
    assertThat(lineage("child", "b")).containsExactly("child", "a", "b");
    assertThat(lineage("child", null)).containsExactly("child", "a");
  }

  @Test
  void theVersionChangesWithEveryLinkAndOnlyThen() {
    long before = sessions.version();
    lineage("child", null);
    assertThat(sessions.version()).isEqualTo(before);
    lineage("child", "a");
    long linked = sessions.version();
    assertThat(linked).isNotEqualTo(before);
    lineage("child", "b");
    assertThat(sessions.version()).isEqualTo(linked);
  }

  @Test
  void aSessionBelowItselfIsNotHungThereButPays() {
    lineage("b", "a");

    assertThat(lineage("a", "b")).containsExactly("a", "b");
    assertThat(lineage("b", null)).containsExactly("b", "a");
    assertThat(lineage("a", null)).containsExactly("a");
  }

  @Test
  void aChainThatIsTooDeepIsHungBelowAHigherAncestor() {
    String parent = "root";
    for (int i = 0; i < 40; i++) {
      lineage("s" + i, parent);
      parent = "s" + i;
    }

    assertThat(lineage("s39", null))
        .hasSizeLessThanOrEqualTo(Sessions.DEEPEST)
        .startsWith("s39")
        .endsWith("root");
  }

  @Test
  void aSessionInTheMiddleThatMakesNoCallIsLearnedFromThoseBelow() {
    Attribution leaf = Attribution.NONE.session("leaf").ancestors(List.of("mid", "root"));

    assertThat(sessions.lineage(leaf, NOON)).containsExactly("leaf", "mid", "root");
    assertThat(lineage("mid", null)).containsExactly("mid", "root");
  }

  @Test
  void linksThatAreLearnedFromBelowDoNotMakeACallDrawOnThousands() {
    for (int i = 0; i < 5_000; i++) {
      lineage("s" + i, "s" + (i + 1));
    }

    assertThat(lineage("s4900", null))
        .hasSizeLessThanOrEqualTo(Sessions.DEEPEST)
        .startsWith("s4900", "s4901")
        .endsWith("s5000");
  }

  @Test
  void aLinkIsForgottenAWeekAfterItWasLastLookedUp() {
    lineage("child", "a");
    sessions.sweep(NOON.plus(Duration.ofDays(6)));
    assertThat(lineage("child", null)).containsExactly("child", "a");
    sessions.sweep(NOON.plus(Duration.ofDays(8)));
    assertThat(lineage("child", null)).containsExactly("child");
  }

  @Property(tries = 300)
  void noOrderOfLinksMakesACircleOrAnEndlessChain(
      @ForAll @Size(max = 60) List<@IntRange(max = 99) Integer> links) {
    Sessions fresh = new Sessions(session -> {});
    for (int link : links) {
      String session = "s" + link / 10;
      String parent = "s" + link % 10;
      Attribution who = Attribution.NONE.session(session).parent(parent);
      List<String> lineage = fresh.lineage(who, NOON);
      assertThat(lineage).startsWith(session).doesNotHaveDuplicates();
      assertThat(lineage.size()).isLessThanOrEqualTo(Sessions.DEEPEST + 1);
    }
  }
}
