package dev.purser.core;

import dev.purser.api.Admission;
import dev.purser.core.ledger.InMemoryLedger;
import java.util.stream.Stream;

/** A process that makes one call, and is killed before it has the answer: {@code PORT TOKENS} and a {@link Life}. */
final class Crashing {

  private Crashing() {}

  /** Returns what to start it with. */
  static String[] args(int port, long tokens, Life life) {
    return Stream.concat(Stream.of("" + port, "" + tokens), Stream.of(life.words()))
        .toArray(String[]::new);
  }

  public static void main(String[] args) throws Exception {
    long tokens = Long.parseLong(args[1]);
    try (Connection provider = new Connection(Integer.parseInt(args[0]));
        Purser purser = Life.of(args, 2).begin(new InMemoryLedger())) {
      provider.ask("hello");
      Admission admission = purser.admit(Guard.call(tokens).build());
      if (admission instanceof Admission.Refused refused) {
        provider.ask("refused " + refused.refusal().reason());
      } else {
        provider.ask("call " + admission.orThrow().id() + " " + tokens + " " + Ending.LEAVE_OPEN);
      }
    }
  }
}
