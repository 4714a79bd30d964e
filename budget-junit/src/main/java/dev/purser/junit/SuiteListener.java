package dev.purser.junit;

import dev.purser.api.Ceiling;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Counts what each test of a suite spends, prints it at the end, and keeps the whole under the ceiling
 * of the system property {@value #PROPERTY}, in US dollars. Found by JUnit's launcher in the class path,
 * so whoever uses this library need not name it.
 *
 * <p>Where the ceiling of the suite is exceeded, the calls that do not fit are refused, and the session of
 * the launcher ends with a {@link SpendCeilingExceededError}, so that a build fails also if every test
 * swallowed the refusals.
 *
 * <p>A test counts for itself on the thread that runs it and on those that it starts: what the thread
 * inherited of another test is left aside.
 */
public final class SuiteListener implements LauncherSessionListener, TestExecutionListener {

  /** The system property with the ceiling of all tests of a process. */
  public static final String PROPERTY = "purser.ceiling.suite";

  /** The system property that is {@code false} where nothing is to be printed. */
  public static final String REPORT = "purser.report";

  /** What each thread was bound to before the tests that it runs, one inside another. */
  private static final ThreadLocal<Deque<Ceiling.Binding>> BINDINGS =
      ThreadLocal.withInitial(ArrayDeque::new);

  private final CostReport report = new CostReport();
  private @Nullable Ceiling suite;

  /** For JUnit's launcher. */
  public SuiteListener() {}

  /** @throws IllegalArgumentException if the property is no amount */
  @Override
  public void launcherSessionOpened(LauncherSession session) {
    String limit = System.getProperty(PROPERTY, "");
    if (!limit.isBlank()) {
      suite = Ceiling.everywhere(CeilingBudgets.ofSuite(PROPERTY, limit));
    }
    session.getLauncher().registerTestExecutionListeners(this);
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    // A test may have opened one while it was constructed.
    Ceiling opened = Ceiling.ofThisThread();
    Ceiling.Binding binding;
    if (test.isTest()) {
      Ceiling counting = Ceiling.start(opened, List.of());
      TestCosts.begin(test.getUniqueId(), counting);
      binding = counting.bind();
    } else {
      binding = opened == null ? Ceiling.unbound() : opened.bind();
    }
    BINDINGS.get().push(binding);
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    Ceiling.Binding binding = BINDINGS.get().poll();
    if (binding != null) {
      binding.close();
    }
    if (BINDINGS.get().isEmpty()) {
      BINDINGS.remove();
    }
    Ceiling counted = TestCosts.end(test.getUniqueId());
    if (counted != null) {
      counted.close();
      report.add(test, counted);
    }
  }

  @Override
  public void launcherSessionClosed(LauncherSession session) {
    if (Boolean.parseBoolean(System.getProperty(REPORT, "true"))) {
      report.print(System.out, suite);
    }
    if (suite != null) {
      suite.close();
      Overrun overrun = Overrun.of(suite);
      if (overrun != null) {
        throw new SpendCeilingExceededError(overrun, null);
      }
    }
  }
}
