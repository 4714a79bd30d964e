package dev.purser.junit;

import dev.purser.api.Ceiling;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * What counts the calls of each test that runs now, by its unique id: between the listener of the suite,
 * which knows all tests, and the extension, which puts some under ceilings. Safe for use by several
 * threads.
 */
final class TestCosts {

  private static final ConcurrentMap<String, Ceiling> RUNNING = new ConcurrentHashMap<>();

  private TestCosts() {}

  static void begin(String test, Ceiling counting) {
    RUNNING.put(test, counting);
  }

  /** Has the calls of a test counted elsewhere, if somebody wants to know them. */
  static void measure(String test, Ceiling instead) {
    RUNNING.replace(test, instead);
  }

  static @Nullable Ceiling end(String test) {
    return RUNNING.remove(test);
  }
}
