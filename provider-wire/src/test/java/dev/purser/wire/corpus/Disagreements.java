package dev.purser.wire.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Collects in what an exchange is not metered as expected, so that one look shows it all. */
final class Disagreements {

  private final List<String> found = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();

  void check(String field, Object expected, Object actual) {
    if (!Objects.equals(expected, actual)) {
      found.add(field + ": expected " + expected + ", is " + actual);
    }
  }

  void check(String field, boolean holds, String expected, Object actual) {
    if (!holds) {
      found.add(field + ": expected " + expected + ", is " + actual);
    }
  }

  /** Says why something is not as an exchange has it, and rightly so. */
  void remark(String text) {
    remarks.add(text);
  }

  List<String> found() {
    return found;
  }

  List<String> remarks() {
    return remarks;
  }
}
