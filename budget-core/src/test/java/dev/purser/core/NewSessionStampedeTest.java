package dev.purser.core;

import static dev.purser.core.Guard.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Admission;
import dev.purser.api.Attribution;
import dev.purser.api.Budget;
import dev.purser.api.Dimension;
import dev.purser.api.Usd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Trap 3: all calls of one new session, or of a user seen for the first time, pass together. */
class NewSessionStampedeTest {

  private static final int THREADS = 32;
  private static final int SESSIONS = 200;

  @Test
  void ofManyFirstCallsOfANewSessionOnlyAsManyPassAsItsBudgetCarries() throws Exception {
    Guard guard = Guard.on(
        Budget.daily("session", Usd.of("0.30")).per(Dimension.SESSION),
        Budget.rolling("user", Usd.of("0.20"), Duration.ofHours(1)).per(Dimension.USER));
    CyclicBarrier together = new CyclicBarrier(THREADS);
    List<Callable<List<Integer>>> tasks = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      tasks.add(() -> {
        List<Integer> admitted = new ArrayList<>();
        for (int session = 0; session < SESSIONS; session++) {
          together.await();
          Attribution who = Attribution.key("k").session("s" + session).user("u" + session);
          if (guard.admit(call(10_000, who)) instanceof Admission.Admitted) {
            admitted.add(session);
          }
        }
        return admitted;
      });
    }
    int[] passed = new int[SESSIONS];
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      for (Future<List<Integer>> done : pool.invokeAll(tasks)) {
        done.get().forEach(session -> passed[session]++);
      }
    } finally {
      pool.shutdownNow();
    }

    // $0.10 each: two fit the user's $0.20, though three would fit the session's.
    assertThat(passed).containsOnly(2);
    assertThat(guard.balance("session", "session=s7").held()).isEqualTo(200_000_000);
    guard.close();
  }
}
