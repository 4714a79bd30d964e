package dev.purser.core;

import static dev.purser.core.Guard.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Attribution;
import dev.purser.api.AttributionScope;
import dev.purser.api.Budget;
import dev.purser.api.Dimension;
import dev.purser.api.Refusal;
import dev.purser.api.Usage;
import dev.purser.api.Usd;
import org.junit.jupiter.api.Test;

/** Trap 13: sub-agents open an allowance of their own instead of drawing on the parent's. */
class SubAgentsDrawOnTheirParentTest {

  private static final Attribution ROOT = Attribution.key("k").session("root");

  private final Guard guard =
      Guard.on(Budget.daily("session", Usd.of("1.25")).per(Dimension.SESSION));

  private static Attribution child(String session, String parent) {
    return Attribution.key("k").session(session).parent(parent);
  }

  @Test
  void childrenTogetherSpendNoMoreThanTheRootMay() {
    guard.spend(50_000, ROOT);
    guard.spend(50_000, child("one", "root"));

    // Only $0.25 is left of the root's $1.25, though the child's own has seen nothing yet.
    Refusal refusal = guard.refusal(call(50_000, child("two", "root")));

    assertThat(refusal.reason()).isEqualTo(Refusal.Reason.EXHAUSTED);
    assertThat(refusal.scope()).isEqualTo("session=root");
    guard.spend(25_000, child("two", "root"));
    assertThat(guard.balance("session", "session=root").settled()).isEqualTo(1_250_000_000);
    assertThat(guard.balance("session", "session=two").settled()).isEqualTo(250_000_000);
  }

  @Test
  void everyAncestorPays() {
    guard.spend(10_000, child("b", "a"));
    guard.spend(10_000, child("c", "b"));
    guard.spend(10_000, child("d", "c"));

    assertThat(guard.balance("session", "session=a").settled()).isEqualTo(300_000_000);
    assertThat(guard.balance("session", "session=b").settled()).isEqualTo(300_000_000);
    assertThat(guard.balance("session", "session=d").settled()).isEqualTo(100_000_000);
  }

  @Test
  void anAncestorThatIsFoundLaterPaysFromThenOn() {
    guard.spend(10_000, child("c", "b"));
    guard.spend(10_000, child("b", "a"));
    guard.spend(10_000, child("c", "b"));

    assertThat(guard.balance("session", "session=a").settled()).isEqualTo(200_000_000);
  }

  @Test
  void aSessionCannotChooseAnotherParentNorDropIt() {
    guard.spend(10_000, child("one", "root"));
    guard.spend(10_000, child("one", "somebody else"));
    guard.spend(10_000, Attribution.key("k").session("one"));

    assertThat(guard.balance("session", "session=root").settled()).isEqualTo(300_000_000);
    // It draws on both, and somebody is told.
    assertThat(guard.balance("session", "session=somebody else").settled()).isEqualTo(100_000_000);
    guard.close();
    assertThat(guard.alerts)
        .extracting(dev.purser.api.Alert::kind)
        .contains(dev.purser.api.Alert.Kind.SESSION_PARENT);
  }

  @Test
  void aLinkInDailyUseIsNotForgotten() {
    guard.spend(10, child("one", "root"));
    for (int day = 0; day < 30; day++) {
      guard.clock.forward(java.time.Duration.ofDays(1));
      guard.spend(10_000, Attribution.key("k").session("one"));
      guard.sweep();
      assertThat(guard.balance("session", "session=root").settled()).isEqualTo(100_000_000);
    }
  }

  @Test
  void aCallThatNamesOnlyAParentIsTheParentsOwn() {
    guard.spend(10_000, Attribution.key("k").parent("root"));

    assertThat(guard.balance("session", "session=root").settled()).isEqualTo(100_000_000);
  }

  @Test
  void nestedScopesMakeTheInnerSessionAPartOfTheOuter() {
    try (AttributionScope outer = ROOT.open();
        AttributionScope inner = Attribution.NONE.session("tool").open()) {
      assertThat(inner.attribution().parent()).isEqualTo("root");
      guard.hold(call(10_000)).settle(Usage.ofTokens(0, 10_000));
      assertThat(outer.spent()).isEqualTo(Usd.of("0.10"));
    }
    assertThat(guard.balance("session", "session=root").settled()).isEqualTo(100_000_000);
  }

  @Test
  void theRootPaysForScopesBelowASessionThatMakesNoCallItself() {
    int admitted = 0;
    try (AttributionScope outer = ROOT.open();
        AttributionScope middle = Attribution.NONE.session("middle").open();
        AttributionScope leaf = Attribution.NONE.session("leaf").open()) {
      for (int i = 0; i < 10; i++) {
        if (guard.admit(call(30_000)) instanceof dev.purser.api.Admission.Admitted call) {
          call.reservation().settle(Usage.ofTokens(0, 30_000));
          admitted++;
        }
      }
      assertThat(leaf.attribution().ancestors()).containsExactly("middle", "root");
      assertThat(middle.spent()).isEqualTo(outer.spent());
    }

    assertThat(admitted).isEqualTo(4);
    assertThat(guard.balance("session", "session=root").settled()).isEqualTo(1_200_000_000);
  }

  @Test
  void aSessionThatIsItsOwnAncestorIsChargedOnce() {
    guard.spend(10_000, child("a", "b"));
    guard.spend(10_000, child("b", "a"));
    guard.spend(10_000, child("a", "b"));

    assertThat(guard.balance("session", "session=a").settled()).isEqualTo(300_000_000);
    assertThat(guard.balance("session", "session=b").settled()).isEqualTo(300_000_000);
  }

  @Test
  void howeverDeepTheChainTheRootPays() {
    String parent = "root";
    for (int depth = 0; depth < 100; depth++) {
      guard.spend(100, child("depth " + depth, parent));
      parent = "depth " + depth;
    }

    assertThat(guard.balance("session", "session=root").settled()).isEqualTo(100_000_000);
  }
}
