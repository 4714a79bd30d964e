package dev.purser.core.journal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.purser.api.ControlRecord;
import dev.purser.api.VirtualKey;
import dev.purser.core.record.AlertLine;
import dev.purser.core.record.CallLine;
import dev.purser.core.record.ControlLine;
import dev.purser.core.record.DayLine;
import dev.purser.core.record.KeyLine;
import dev.purser.spi.Amounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a journal says of the time before a start. Immutable.
 *
 * @param spent what was charged, the earliest first
 * @param orphaned the calls that were open when the process ended
 * @param charged the calls that were charged what was held, and not settled since
 * @param controls the grants and freezes that stand, and what was done to keys last
 * @param bills what was charged of each bill
 * @param alerts what was told once
 * @param days what keys did on days
 */
public record Recovered(
    List<Spent> spent,
    List<CallLine> orphaned,
    List<CallLine> charged,
    List<Control> controls,
    Map<String, Amounts> bills,
    List<AlertLine> alerts,
    List<DayLine> days) {

  /**
   * What somebody did.
   *
   * @param key the key as it was then, where the record is of one
   */
  public record Control(ControlRecord record, @Nullable VirtualKey key) {}

  static Recovered of(Fold fold, List<String> notes) {
    List<Control> controls = new ArrayList<>();
    for (byte[] line : fold.state()) {
      JsonNode read = Fold.read(line);
      contain(notes, () -> controls.add(new Control(ControlLine.read(read), KeyLine.read(read))));
    }
    List<AlertLine> alerts = new ArrayList<>();
    for (byte[] line : fold.alerts()) {
      contain(notes, () -> alerts.add(AlertLine.read(Fold.read(line))));
    }
    List<DayLine> days = new ArrayList<>();
    for (byte[] line : fold.days()) {
      contain(notes, () -> days.add(DayLine.read(Fold.read(line))));
    }
    return new Recovered(
        fold.sums().all(),
        fold.held().values().stream().map(Fold.Call::facts).toList(),
        fold.charged().values().stream().map(Fold.Call::facts).toList(),
        List.copyOf(controls),
        Map.copyOf(fold.bills()),
        List.copyOf(alerts),
        List.copyOf(days));
  }

  private static void contain(List<String> notes, Runnable reading) {
    try {
      reading.run();
    } catch (IllegalArgumentException e) {
      notes.add("passed over what somebody did, or was told: " + e.getMessage());
    }
  }
}
