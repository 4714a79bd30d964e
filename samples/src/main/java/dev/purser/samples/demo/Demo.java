package dev.purser.samples.demo;

import dev.purser.api.Budget;
import dev.purser.api.Fit;
import dev.purser.core.Purser;
import dev.purser.okhttp.BudgetInterceptor;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** Runs a loop that would spend $18 against a budget of $1.00, and says what came of it. */
public final class Demo {

  private static final int OK = 0;
  private static final int OVERSPENT = 1;
  private static final int MISUSED = 2;

  private Demo() {}

  /** Runs the demo; exits with 0 if the cap held, 1 if it did not, 2 if the options are wrong. */
  public static void main(String[] args) throws Exception {
    // Explicit, because pools of the SDK keep idle threads alive that would delay the end.
    System.exit(run(List.of(args), System.out, System.err));
  }

  static int run(List<String> args, PrintStream out, PrintStream err)
      throws IOException, InterruptedException, ExecutionException {
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
    DemoReport report = run(options);
    out.print(report.text());
    if (options.json()) {
      out.println(report.json());
    }
    return report.overshoot().picos() == 0 ? OK : OVERSPENT;
  }

  static DemoReport run(DemoOptions options)
      throws IOException, InterruptedException, ExecutionException {
    Charges charges = new Charges();
    try (MockProvider provider = MockProvider.start()) {
      RunawayLoop.Outcome outcome;
      try (Purser purser = Purser.builder()
              .owner("dana@acme.dev")
              .budget(Budget.total("demo", options.cap()))
              .fit(options.fit() ? Fit.ALL : Fit.UNCAPPED)
              .sink(charges)
              .build();
          Caller caller = caller(options, provider, new BudgetInterceptor(purser))) {
        outcome = new RunawayLoop(caller, options.calls(), options.threads()).run();
      }
      // The guard is closed, so every record has reached the sink.
      return new DemoReport(
          options, outcome, provider.bill().calls(), provider.bill().total(), charges.total());
    }
  }

  private static Caller caller(
      DemoOptions options, MockProvider provider, BudgetInterceptor budget) {
    return options.async()
        ? new AsyncCaller(provider.baseUrl(), budget, options.stream())
        : new BlockingCaller(provider.baseUrl(), budget, options.stream());
  }
}
