package dev.purser.junit;

import dev.purser.api.Ceiling;

/** Where assertions on what was spent begin. To be imported statically, beside AssertJ's. */
public final class SpendAssertions {

  private SpendAssertions() {}

  /** Begins an assertion on the calls under a ceiling, such as the one that a test takes as a parameter. */
  public static SpendAssert assertThat(Ceiling ceiling) {
    return new SpendAssert(Spending.of(ceiling));
  }

  /** Begins an assertion on the records of a guard, as far as they have come. */
  public static SpendAssert assertThat(SpendRecorder recorder) {
    return new SpendAssert(Spending.of(recorder.records()));
  }
}
