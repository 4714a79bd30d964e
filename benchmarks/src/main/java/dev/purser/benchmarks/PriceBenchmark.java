package dev.purser.benchmarks;

import dev.purser.api.ModelId;
import dev.purser.api.Settlement;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import dev.purser.core.price.BundledPriceBook;
import dev.purser.spi.Quote;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a price costs: to look it up, and to compute what a call costs by it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class PriceBenchmark {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final ModelId MODEL = ModelId.of("openai", "gpt-4o");
  private static final BigDecimal MILLION = new BigDecimal(1_000_000);
  private static final BigDecimal READ = new BigDecimal("2.50");
  private static final BigDecimal WRITTEN = new BigDecimal("10.00");

  private final BundledPriceBook prices = BundledPriceBook.load();
  private final Quote quote = prices.quote(MODEL, null, NOW);
  private final Usage usage = Usage.ofTokens(7_900, 412);
  private final Settlement settlement = Settlement.of(usage);

  /** A quote. */
  @Benchmark
  public Quote quote() {
    return prices.quote(MODEL, null, NOW);
  }

  /** What a call costs. */
  @Benchmark
  public long cost() {
    return quote.costNanoUsd(settlement);
  }

  /** The same with {@code BigDecimal}, as many do. */
  @Benchmark
  public BigDecimal costInBigDecimals() {
    return READ.multiply(new BigDecimal(usage.count(UsageKind.INPUT)))
        .add(WRITTEN.multiply(new BigDecimal(usage.count(UsageKind.OUTPUT))))
        .divide(MILLION);
  }
}
