package dev.purser.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.AbandonReason;
import dev.purser.api.Attribution;
import dev.purser.api.CallIntent;
import dev.purser.api.Prompt;
import dev.purser.api.Reservation;
import dev.purser.api.SeenUsage;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

/** Makes calls of which each ends in the end, one way or another, and adds up what the provider bills. */
final class SoakingThread {

  private static final int MOST_TOKENS = 3_000;
  private static final int MOST_LATE = 40;

  private final Purser purser;
  private final Attribution who;
  private final Random random;
  private final Deque<Runnable> late = new ArrayDeque<>();
  private long billed;

  SoakingThread(Purser purser, String key, long seed) {
    this.purser = purser;
    who = Attribution.key(key).team("platform");
    random = new Random(seed);
  }

  /** Makes so many calls, and returns what they cost in nano-dollars. */
  long make(int calls) {
    Tariffs[] tariffs = Tariffs.values();
    for (int i = 0; i < calls; i++) {
      make(tariffs[random.nextInt(tariffs.length)]);
      if (late.size() > random.nextInt(MOST_LATE)) {
        late.remove().run();
      }
    }
    late.forEach(Runnable::run);
    return billed;
  }

  private void make(Tariffs tariff) {
    long cap = 1L + random.nextInt(MOST_TOKENS);
    Reservation call = purser
        .admit(CallIntent.builder(tariff.model())
            .prompt(Prompt.EMPTY)
            .outputCap(cap)
            .attribution(who)
            .build())
        .orThrow();
    // Reads more than was held for it, now and then: a bill above the reservation counts as it is.
    Usage usage = Usage.builder()
        .add(UsageKind.INPUT, random.nextInt(50))
        .add(UsageKind.CACHE_READ, random.nextInt(50))
        .add(UsageKind.OUTPUT, 1L + random.nextInt((int) cap))
        .build();
    end(call, usage, tariff.bill(usage));
  }

  private void end(Reservation call, Usage usage, long bill) {
    int percent = random.nextInt(100);
    if (percent < 58) {
      billed += bill;
      assertThat(call.settle(usage)).isTrue();
      if (percent < 4) {
        assertThat(call.settle(usage)).isFalse();
        assertThat(call.release()).isFalse();
      }
    } else if (percent < 66) {
      assertThat(call.release()).isTrue(); // never sent
    } else if (percent < 74) {
      billed += bill;
      assertThat(call.abandon(AbandonReason.CALL_FAILED)).isTrue();
      late.add(() -> assertThat(call.settle(usage)).isTrue());
    } else if (percent < 80) {
      assertThat(call.abandon(AbandonReason.CALL_FAILED)).isTrue();
      late.add(() -> assertThat(call.release()).isTrue()); // not billed
    } else if (percent < 88) {
      billed += bill;
      call.close();
      late.add(() -> assertThat(call.settle(usage)).isTrue());
    } else if (percent < 91) {
      call.close();
      late.add(() ->
          assertThat(purser.grants().writeOff(call.id(), "mo", "not billed")).isTrue());
    } else if (percent < 95) {
      billed += bill;
      late.add(() -> assertThat(call.settle(usage)).isTrue()); // held meanwhile
    } else {
      billed += bill;
      SeenUsage seen = new SeenUsage(usage, true, true, 0, false, null, null, null);
      assertThat(call.abandon(AbandonReason.STREAM_CUT, seen)).isTrue();
    }
  }
}
