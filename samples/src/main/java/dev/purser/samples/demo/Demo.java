package dev.purser.samples.demo;

import com.anthropic.core.http.Interceptor;
import dev.purser.anthropic.AnthropicBudgetInterceptor;
import dev.purser.api.Budget;
import dev.purser.api.Fit;
import dev.purser.api.SpendRecord;
import dev.purser.core.Purser;
import dev.purser.core.PurserBuilder;
import dev.purser.okhttp.BudgetInterceptor;
import dev.purser.samples.assistant.AssistantDemo;
import dev.purser.samples.weekend.WeekendReplay;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** Runs a loop that would spend $18 or more against a budget of $1.00, and says what came of it. */
public final class Demo {

  private static final int OK = 0;
  private static final int OVERSPENT = 1;
  private static final int MISUSED = 2;

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final DemoOptions options;
  private final Charges charges = new Charges();
  private final SeenCalls seen = new SeenCalls();
  private final Purser purser;

  /**
   * Starts the guard.
   *
   * @throws IllegalArgumentException if the file of budgets is wrong, with everything that is
   * @throws IllegalStateException if another guard has the folder of the journal
   * @throws UncheckedIOException if that folder cannot be read and written
   */
  private Demo(DemoOptions options) {
    this.options = options;
    PurserBuilder builder = configured().sink(charges).sink(seen);
    Path journal = options.journal();
    purser = (journal == null ? builder : builder.journal(journal)).build();
  }

  /**
   * Runs the demo; exits with 0 if the caps held, 1 if one did not, 2 if the options or the file of
   * budgets are wrong.
   */
  public static void main(String[] args) throws Exception {
    // Explicit, because pools of the SDK keep idle threads alive that would delay the end.
    System.exit(run(List.of(args), System.out, System.err));
  }

  static int run(List<String> args, PrintStream out, PrintStream err)
      throws IOException, InterruptedException, ExecutionException {
    if (args.equals(List.of("--keys"))) {
      KeyLife.run(out);
      return OK;
    }
    if (args.equals(List.of("--weekend"))) {
      WeekendReplay.run(out);
      return OK;
    }
    if (args.equals(List.of("--assistant"))) {
      return AssistantDemo.run(out);
    }
    DemoOptions options;
    try {
      options = DemoOptions.parse(args);
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      err.print(DemoOptions.HELP);
      return MISUSED;
    }
    if (options.help()) {
      out.print(DemoOptions.HELP);
      return OK;
    }
    Demo demo;
    try {
      demo = new Demo(options);
    } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException e) {
      err.println(e.getMessage());
      return MISUSED;
    }
    DemoReport report = demo.run();
    out.print(report.text());
    if (options.json()) {
      out.println(report.json());
    }
    return report.overshoot().picos() == 0 ? OK : OVERSPENT;
  }

  static DemoReport run(DemoOptions options)
      throws IOException, InterruptedException, ExecutionException {
    return new Demo(options).run();
  }

  private PurserBuilder configured() {
    if (options.config() != null) {
      return Purser.builder().configuration(options.config());
    }
    return Purser.builder()
        .owner("dana@acme.dev")
        .budget(Budget.total("demo", options.cap()))
        .fit(options.fit() ? Fit.ALL : Fit.UNCAPPED);
  }

  private BudgetInterceptor ofOkHttp() {
    BudgetInterceptor.Builder interceptor = BudgetInterceptor.builder(purser);
    return options.waits() ? interceptor.maxWait(LONGEST_WAIT).build() : interceptor.build();
  }

  private Interceptor ofAnthropics() {
    AnthropicBudgetInterceptor.Builder interceptor = AnthropicBudgetInterceptor.builder(purser);
    return options.waits() ? interceptor.maxWait(LONGEST_WAIT).build() : interceptor.build();
  }

  private DemoReport run() throws IOException, InterruptedException, ExecutionException {
    Instant start = Instant.now();
    List<Budget> budgets = purser.budgets();
    try (MockProvider provider = MockProvider.start()) {
      RunawayLoop.Outcome outcome;
      try (purser;
          Caller caller = caller(provider)) {
        outcome = new RunawayLoop(caller, options.calls(), options.threads()).run();
      }
      // The guard is closed, so every record has reached the sinks.
      SpendRecord call = seen.first();
      PicoUsd billed = provider.bill().total();
      RunEvidence run =
          new RunEvidence(start, Instant.now(), call.attribution(), call.requested(), billed);
      return new DemoReport(
          options,
          outcome,
          provider.bill().calls(),
          billed,
          charges.total(),
          budgets.stream().map(budget -> Verdict.of(budget, run)).toList());
    }
  }

  private Caller caller(MockProvider provider) {
    boolean stream = options.stream();
    return switch (options.sdk()) {
      case OPENAI ->
        options.async()
            ? new AsyncCaller(provider.baseUrl(), ofOkHttp(), stream)
            : new BlockingCaller(provider.baseUrl(), ofOkHttp(), stream);
      case ANTHROPIC ->
        options.async()
            ? new AnthropicAsyncCaller(provider.root(), ofAnthropics(), stream)
            : new AnthropicBlockingCaller(provider.root(), ofAnthropics(), stream);
    };
  }
}
