package dev.purser.api;

import java.util.Arrays;

/**
 * What a call used, as units of disjoint {@linkplain UsageKind kinds}. Counts are never negative.
 */
@SuppressWarnings("EnumOrdinal") // an array by kind; counts are never stored by ordinal
public final class Usage {

  private static final UsageKind[] KINDS = UsageKind.values();

  /** Nothing used. */
  public static final Usage NONE = new Usage(new long[KINDS.length]);

  private final long[] counts;
  private final long inputTokens;
  private final long outputTokens;

  private Usage(long[] counts) {
    this.counts = counts;
    long input = 0;
    long output = 0;
    for (UsageKind kind : KINDS) {
      if (kind.isInput()) {
        input = saturatedSum(input, counts[kind.ordinal()]);
      } else if (kind.isOutput()) {
        output = saturatedSum(output, counts[kind.ordinal()]);
      }
    }
    inputTokens = input;
    outputTokens = output;
  }

  /** Returns a usage of text input and text output, in tokens. */
  public static Usage ofTokens(long input, long output) {
    return builder().add(UsageKind.INPUT, input).add(UsageKind.OUTPUT, output).build();
  }

  /** Returns an empty builder. */
  public static Builder builder() {
    return new Builder(NONE.counts, true);
  }

  /** Returns a builder that starts with these counts. */
  public Builder toBuilder() {
    return new Builder(counts, true);
  }

  /** Returns the units of one kind. */
  public long count(UsageKind kind) {
    return counts[kind.ordinal()];
  }

  /** Returns all tokens the model read, cached ones included; saturates at the range's end. */
  public long inputTokens() {
    return inputTokens;
  }

  /** Returns all tokens the model wrote, reasoning included; saturates at the range's end. */
  public long outputTokens() {
    return outputTokens;
  }

  /** Returns all tokens; saturates at the range's end. */
  public long totalTokens() {
    return saturatedSum(inputTokens(), outputTokens());
  }

  private static long saturatedSum(long a, long b) {
    long sum = a + b;
    return sum < 0 ? Long.MAX_VALUE : sum;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Usage that && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts);
  }

  /** Renders the kinds that were used: {@code {INPUT=8000, OUTPUT=16000}}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    for (UsageKind kind : KINDS) {
      if (count(kind) > 0) {
        text.append(text.length() > 1 ? ", " : "").append(kind).append('=').append(count(kind));
      }
    }
    return text.append('}').toString();
  }

  /** Collects counts. Not safe for use by several threads. */
  public static final class Builder {
    private long[] counts;

    /** Whether the array belongs to a usage, too, and must be copied before it is changed. */
    private boolean shared;

    private Builder(long[] counts, boolean shared) {
      this.counts = counts;
      this.shared = shared;
    }

    /**
     * Adds units of a kind.
     *
     * @throws IllegalArgumentException if {@code units} is negative
     * @throws ArithmeticException if the sum is out of range
     */
    public Builder add(UsageKind kind, long units) {
      if (units < 0) {
        throw new IllegalArgumentException("negative usage: " + kind + " " + units);
      }
      if (units > 0) {
        long sum = Math.addExact(counts[kind.ordinal()], units);
        if (shared) {
          counts = counts.clone();
          shared = false;
        }
        counts[kind.ordinal()] = sum;
      }
      return this;
    }

    /** Returns what was added so far. */
    public Usage build() {
      shared = true;
      return new Usage(counts);
    }
  }
}
