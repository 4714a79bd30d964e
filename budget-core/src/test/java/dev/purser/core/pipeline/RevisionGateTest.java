package dev.purser.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RevisionGateTest {

  private final RevisionGate gate = new RevisionGate();

  @Test
  void noPassageOverlapsAChange() throws Exception {
    int threads = 24; // more than there are stripes
    AtomicInteger inside = new AtomicInteger();
    int[] unguarded = new int[1];
    ExecutorService pool = Executors.newFixedThreadPool(threads + 2);
    List<Future<Integer>> results = new ArrayList<>();
    try {
      for (int i = 0; i < threads; i++) {
        results.add(pool.submit(() -> {
          int bad = 0;
          for (int round = 0; round < 5_000; round++) {
            int passage = gate.enter();
            inside.incrementAndGet();
            bad += unguarded[0] % 2;
            inside.decrementAndGet();
            gate.leave(passage);
          }
          return bad;
        }));
      }
      for (int i = 0; i < 2; i++) {
        results.add(pool.submit(() -> {
          int[] bad = new int[1];
          for (int round = 0; round < 200; round++) {
            gate.change(() -> {
              unguarded[0]++;
              bad[0] += inside.get();
              unguarded[0]++;
            });
          }
          return bad[0];
        }));
      }
      for (Future<Integer> result : results) {
        assertThat(result.get()).isZero();
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(unguarded[0]).isEqualTo(800);
  }

  @Test
  void aChangeThatFailsOpensTheGateAgain() {
    assertThatThrownBy(() -> gate.change(() -> {
          throw new IllegalStateException("no");
        }))
        .hasMessage("no");

    gate.leave(gate.enter());
    int[] changed = new int[1];
    gate.change(() -> changed[0]++);
    assertThat(changed[0]).isEqualTo(1);
  }
}
