package dev.purser.telemetry;

import java.util.ArrayList;
import java.util.List;

/**
 * Which facts about a call its numbers are counted apart by, and how many values of each. Provider,
 * model, API, outcome, team and task class always; key and user where asked for, since there may be
 * thousands of each; never the session, of which there is a new one for every run. Immutable.
 */
public final class TelemetryLabels {

  private static final int STANDARD_VALUES = 1_000;
  private static final TelemetryLabels STANDARD =
      new TelemetryLabels(false, false, STANDARD_VALUES);

  private final boolean byKey;
  private final boolean byUser;
  private final int values;

  private TelemetryLabels(boolean byKey, boolean byUser, int values) {
    this.byKey = byKey;
    this.byUser = byUser;
    this.values = values;
  }

  /** Returns the labels without key and user, with at most 1,000 values of each. */
  public static TelemetryLabels standard() {
    return STANDARD;
  }

  /** Returns these labels and the virtual key. */
  public TelemetryLabels byKey() {
    return new TelemetryLabels(true, byUser, values);
  }

  /** Returns these labels and the user. */
  public TelemetryLabels byUser() {
    return new TelemetryLabels(byKey, true, values);
  }

  /**
   * Returns these labels with another bound. The values that come first are kept; what comes after
   * them is counted as {@code (other)}. Of combinations of values at most ten times as many are kept.
   *
   * @param values how many values of a label are told apart
   * @throws IllegalArgumentException if {@code values} is not positive
   */
  public TelemetryLabels atMost(int values) {
    if (values < 1) {
      throw new IllegalArgumentException("a label needs at least one value: " + values);
    }
    return new TelemetryLabels(byKey, byUser, values);
  }

  /** Returns the labels that every number has, where its call says them. */
  List<Label> common() {
    List<Label> common = new ArrayList<>(List.of(
        Label.PROVIDER,
        Label.MODEL,
        Label.API,
        Label.OPERATION,
        Label.OUTCOME,
        Label.TEAM,
        Label.TASK_CLASS));
    if (byKey) {
      common.add(Label.KEY);
    }
    if (byUser) {
      common.add(Label.USER);
    }
    return common;
  }

  int values() {
    return values;
  }
}
