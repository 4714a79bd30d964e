package dev.purser.samples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EndedCallsTest {

  private static final Duration FOREVER = Duration.ofDays(1);

  private final EndedCalls ended = new EndedCalls();

  @Test
  void aCallThatEndedBeforeTheWaitIsNotMissed() throws Exception {
    long seen = ended.count();
    ended.add();

    ended.awaitMoreThan(seen, FOREVER);

    assertThat(ended.count()).isEqualTo(seen + 1);
  }

  @Test
  void aCallThatEndsDuringTheWaitEndsIt() throws Exception {
    long seen = ended.count();
    Thread other = new Thread(ended::add);
    other.start();

    ended.awaitMoreThan(seen, FOREVER);
    other.join();

    assertThat(ended.count()).isEqualTo(seen + 1);
  }

  @Test
  void theWaitIsBoundedWhereNoCallEnds() throws Exception {
    ended.awaitMoreThan(0, Duration.ofMillis(1));

    assertThat(ended.count()).isZero();
  }
}
