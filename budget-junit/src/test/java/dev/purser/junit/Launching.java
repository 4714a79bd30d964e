package dev.purser.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs test classes through JUnit's launcher, as a build does, and keeps what came of them. */
public final class Launching implements TestExecutionListener {

  private final Map<String, Throwable> failed = Collections.synchronizedMap(new LinkedHashMap<>());
  private final List<String> passed = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Map<String, String>> entries =
      Collections.synchronizedMap(new LinkedHashMap<>());

  private Launching() {}

  /** Runs classes of the package {@code fixture}. */
  static Launching of(Map<String, String> parameters, String... classes) {
    Launching launching = new Launching();
    LauncherDiscoveryRequestBuilder request =
        LauncherDiscoveryRequestBuilder.request().configurationParameters(parameters);
    for (String name : classes) {
      request.selectors(selectClass("dev.purser.junit.fixture." + name));
    }
    try (LauncherSession session = LauncherFactory.openSession()) {
      session.getLauncher().execute(request.build(), launching);
    }
    return launching;
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    String name = test.getDisplayName();
    if (result.getThrowable().isPresent()) {
      failed.put(name, result.getThrowable().get());
    } else if (test.isTest()) {
      passed.add(name);
    }
  }

  @Override
  public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
    entries.put(test.getDisplayName(), entry.getKeyValuePairs());
  }

  List<String> passed() {
    return passed;
  }

  Map<String, Throwable> failed() {
    return failed;
  }

  Map<String, Map<String, String>> entries() {
    return entries;
  }

  /** Runs the classes named by the arguments and prints what came of each test: for another JVM. */
  public static void main(String[] classes) {
    System.out.println("JUnit " + Test.class.getPackage().getImplementationVersion());
    Launching run = of(Map.of(), classes);
    run.passed.forEach(test -> System.out.println("passed " + test));
    run.failed.forEach((test, error) ->
        System.out.println("failed " + test + ": " + error.getClass().getSimpleName() + ": "
            + error.getMessage().lines().findFirst().orElse("")));
  }
}
