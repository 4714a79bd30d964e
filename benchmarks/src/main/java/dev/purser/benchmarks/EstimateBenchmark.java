package dev.purser.benchmarks;

import dev.purser.api.ModelId;
import dev.purser.api.Prompt;
import dev.purser.api.TextBound;
import dev.purser.api.TextBound.Vocabulary;
import dev.purser.api.Usage;
import dev.purser.core.estimate.PromptEstimator;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Bounds the tokens of a text of a million bytes, as a string and as the bytes of a stream. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class EstimateBenchmark {

  private static final int BYTES = 1_000_000;
  private static final ModelId MODEL = ModelId.of("openai", "gpt-4o");
  private static final String[] WORDS = {
    "budget",
    "of",
    "the",
    "team",
    "says",
    "how",
    "much",
    "may",
    "be",
    "spent",
    "(and",
    "on",
    "what)",
    "until",
    "2026-12-31,",
    "{\"limit\":",
    "\"$500\"},",
    "if",
    "return",
    "account.used();\n"
  };
  private static final String[] OTHER_WORDS = {
    "\u0431\u044e\u0434\u0436\u0435\u0442",
    "\u9884\u7b97",
    "\u00fcber",
    "na\u00efve",
    "\ud83d\ude00"
  };

  /** How many words in a hundred are not ASCII. */
  @Param({"0", "20"})
  public int foreign;

  private final PromptEstimator strict = PromptEstimator.strict();
  private final PromptEstimator contentAware = new PromptEstimator();
  private Prompt prompt = Prompt.EMPTY;
  private byte[] utf8 = {};

  /** Makes a text from a fixed seed, so that no branch is told by habit. */
  @Setup
  public void makeText() {
    Random random = new Random(42);
    StringBuilder text = new StringBuilder();
    int bytes = 0;
    while (bytes < BYTES) {
      String word = random.nextInt(100) < foreign
          ? OTHER_WORDS[random.nextInt(OTHER_WORDS.length)]
          : WORDS[random.nextInt(WORDS.length)];
      text.append(word).append(' ');
      bytes += word.getBytes(StandardCharsets.UTF_8).length + 1;
    }
    prompt = Prompt.ofText(text.toString());
    utf8 = text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** A token a byte. */
  @Benchmark
  public Usage strict() {
    return strict.estimate(MODEL, prompt);
  }

  /** By what the characters look like; too long to be counted. */
  @Benchmark
  public Usage contentAware() {
    return contentAware.estimate(MODEL, prompt);
  }

  /** The same of the bytes of an answer, in pieces as they come. */
  @Benchmark
  public long bytesOfAStream() {
    TextBound bound = new TextBound(Vocabulary.TWO_HUNDRED_THOUSAND);
    for (int from = 0; from < utf8.length; from += 1024) {
      bound.addUtf8(utf8, from, Math.min(utf8.length, from + 1024));
    }
    return bound.tokens();
  }
}
