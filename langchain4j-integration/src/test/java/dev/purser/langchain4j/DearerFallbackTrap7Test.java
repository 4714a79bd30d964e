package dev.purser.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.exception.InternalServerException;
import dev.purser.core.Purser;
import org.junit.jupiter.api.Test;

/** Trap 7: a fallback model is dearer than the one that was checked. Each attempt is checked anew. */
class DearerFallbackTrap7Test extends TwoProviders {

  /** Haiku may write 200 tokens for it ($0.001), gpt-4o may not ($0.002). */
  private static final String ENOUGH_FOR_HAIKU = "0.0015";

  @Test
  void isNotSentWhereTheBudgetCannotCarryIt() {
    anthropic.enqueue(status(500));
    Purser purser = routed(ENOUGH_FOR_HAIKU).build();

    assertThatThrownBy(() -> both(purser).build().chat(ask("routine")))
        .isInstanceOf(InternalServerException.class);

    assertThat(anthropic.getRequestCount()).isEqualTo(1);
    assertThat(server.getRequestCount()).isZero();
    assertSpent(purser, 0);
  }

  @Test
  void isNotStreamedEither() throws Exception {
    anthropic.enqueue(status(500));
    Purser purser = routed(ENOUGH_FOR_HAIKU).build();
    Collected handler = new Collected();

    streaming(purser, LONG).chat(ask("routine"), handler);

    assertThat(handler.end()).isEqualTo("error");
    assertThat(handler.errors).singleElement().isInstanceOf(InternalServerException.class);
    assertThat(server.getRequestCount()).isZero();
    assertSpent(purser, 0);
  }

  @Test
  void isSentWhereItCan() {
    anthropic.enqueue(status(500));
    enqueue(Bodies.gpt("It."), Bodies.GPT_BILL);
    Purser purser = routed("0.01").build();

    both(purser).build().chat(ask("routine"));

    assertBilledIsSettled(purser);
  }
}
