package dev.purser.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AttributionScopeTest {

  private final ExecutorService other = Executors.newSingleThreadExecutor();

  @AfterEach
  void noScopeIsLeftBehind() {
    other.shutdownNow();
    assertThat(AttributionScope.current()).isNull();
  }

  @Test
  void anIntentBuiltInsideIsAttributedToTheScope() {
    try (AttributionScope run = Attribution.key("alice").team("platform").open()) {
      CallIntent intent = CallIntent.builder(ModelId.of("openai", "gpt-4o")).build();

      assertThat(intent.attribution()).isEqualTo(Attribution.key("alice").team("platform"));
      assertThat(intent.scope()).isSameAs(run);
    }
    assertThat(CallIntent.builder(ModelId.of("openai", "gpt-4o")).build().attribution())
        .isEqualTo(Attribution.NONE);
  }

  @Test
  void whatTheCallSaysItselfGoesBeforeTheScope() {
    try (AttributionScope run =
        Attribution.key("alice").session("s1").tag("repo", "a").open()) {
      Attribution said = Attribution.NONE.session("s2").tag("pr", "7");
      Attribution all = CallIntent.builder(ModelId.of("openai", "gpt-4o"))
          .attribution(said)
          .build()
          .attribution();

      assertThat(all)
          .isEqualTo(Attribution.key("alice")
              .session("s2")
              .parent("s1")
              .tag("repo", "a")
              .tag("pr", "7"));
      assertThat(run.attribution().session()).isEqualTo("s1");
    }
  }

  @Test
  void aNestedScopeInheritsAndItsSpendingCountsOutsideToo() {
    try (AttributionScope outer = Attribution.key("alice").team("platform").open()) {
      try (AttributionScope inner = Attribution.NONE.session("sub").open()) {
        assertThat(inner.attribution())
            .isEqualTo(Attribution.key("alice").team("platform").session("sub"));
        inner.addSpent(5);
        assertThat(inner.spent()).isEqualTo(Usd.ofNanos(5));
      }
      outer.addSpent(2);
      assertThat(outer.spent()).isEqualTo(Usd.ofNanos(7));
      assertThat(AttributionScope.current()).isSameAs(outer);
    }
  }

  @Test
  void wrappedTasksCarryTheScopeToOtherThreadsAndLeaveNothingThere() throws Exception {
    try (AttributionScope run = Attribution.key("alice").open()) {
      assertThat(other.submit(AttributionScope::current).get()).isNull();
      assertThat(other.submit(run.wrap(AttributionScope::current)).get()).isSameAs(run);

      CompletableFuture<AttributionScope> seen = new CompletableFuture<>();
      run.wrap(other).execute(() -> seen.complete(AttributionScope.current()));
      assertThat(seen.get()).isSameAs(run);

      assertThat(other.submit(AttributionScope::current).get()).isNull();
    }
  }

  @Test
  void scopesMayBeClosedInAnyOrderTwiceAndOnAnyThread() throws Exception {
    AttributionScope first = Attribution.key("alice").open();
    AttributionScope second = Attribution.key("bob").open();
    first.close();
    assertThat(AttributionScope.current()).isSameAs(second);
    second.close();
    second.close();
    assertThat(AttributionScope.current()).isNull();

    AttributionScope elsewhere = Attribution.key("carol").open();
    other.submit(elsewhere::close).get();
    assertThat(AttributionScope.current()).isNull();
    try (AttributionScope next = Attribution.NONE.team("red").open()) {
      assertThat(next.attribution().key()).isNull();
    }
  }

  @Test
  void blankPartsAreRefused() {
    assertThatThrownBy(() -> Attribution.key(" "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("key");
  }
}
