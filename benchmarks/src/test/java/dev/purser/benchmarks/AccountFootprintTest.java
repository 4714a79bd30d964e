package dev.purser.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.purser.api.Budget;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where references take eight bytes, with a heap of 32 GB or more, an account takes a quarter more. */
class AccountFootprintTest {

  private static final double MOST = 320;
  private static final double MOST_A_BUCKET = 16;

  /** A number at which a hash table has just doubled, so that its slots cost most. */
  private static final int ACCOUNTS = 3_100;

  static Stream<Budget> withoutBuckets() {
    return Stream.of(
        Budget.total("total", FootprintReport.LIMIT),
        Budget.daily("day", FootprintReport.LIMIT),
        Budget.daily("observed day", FootprintReport.LIMIT).observe(),
        Budget.concurrent("slots", 10));
  }

  @ParameterizedTest
  @MethodSource("withoutBuckets")
  void liveAccountWithKeyOf36CharactersTakesAtMost320Bytes(Budget budget) {
    double bytes = AccountFootprint.bytes(budget, ACCOUNTS, 1, FootprintReport.BUCKET);

    assertThat(bytes).isBetween(100.0, MOST);
  }

  @Test
  void rollingAccountTakesAtMost16BytesMoreForEachBucketOfItsWindow() {
    Budget rolling = Budget.rolling("rolling", FootprintReport.LIMIT, FootprintReport.HOUR);
    int buckets = FootprintReport.BUCKETS;

    for (int calls : new int[] {1, 2, buckets, 2 * buckets, 2 * buckets + 7}) {
      double bytes = AccountFootprint.bytes(rolling, ACCOUNTS, calls, FootprintReport.BUCKET);

      assertThat(bytes).as("%s calls", calls).isLessThan(MOST + MOST_A_BUCKET * (buckets - 1));
    }
  }

  @Test
  void rollingAccountThatIsAskedOnceTakesAThirdOfThat() {
    Budget rolling = Budget.rolling("rolling", FootprintReport.LIMIT, FootprintReport.HOUR);

    double bytes = AccountFootprint.bytes(rolling, ACCOUNTS, 1, FootprintReport.BUCKET);

    assertThat(bytes).isLessThan((MOST + MOST_A_BUCKET * (FootprintReport.BUCKETS - 1)) / 3);
  }

  @Test
  void ofAnAccountWhoseWindowIsOverOnlyItsSlotInTheTableIsLeft() {
    double bytes = AccountFootprint.bytesAfterwards(
        Budget.daily("day", FootprintReport.LIMIT), ACCOUNTS, Duration.ofDays(1));

    assertThat(bytes).isLessThan(16);
  }
}
