package dev.purser.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.core.Purser;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The watch over secrets sees every way by which a text gets out. */
class LeakWatchTest {

  @Test
  @SuppressWarnings("SystemOut") // is what is tested
  void seesWhatIsLoggedAndPrinted() {
    int before = LeakWatch.seen();
    System.getLogger(BudgetInterceptor.class.getName()).log(System.Logger.Level.TRACE, "traced");
    int logged = LeakWatch.seen();
    LoggerFactory.getLogger(Purser.class).trace("traced");
    int bound = LeakWatch.seen();
    System.out.print("printed");
    System.err.print("printed");

    assertThat(logged).isGreaterThan(before);
    assertThat(bound).isGreaterThan(logged);
    assertThat(LeakWatch.seen()).isEqualTo(bound + 14);
  }
}
