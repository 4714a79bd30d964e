package dev.purser.telemetry;

import dev.purser.api.SpendRecord;
import dev.purser.api.Usage;
import dev.purser.api.UsageKind;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers what bills have said, as the guard does: whoever reads the results of a batch again has used
 * only what they have grown by. Bounded: the bill that was read first is forgotten first. Not safe for
 * use by several threads.
 */
final class Bills {

  private static final int REMEMBERED = 1_000;

  private final Map<String, Usage> said = new LinkedHashMap<>() {
    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Usage> eldest) {
      return size() > REMEMBERED;
    }
  };

  /** Returns what a record's usage adds to what was told before. */
  Usage news(SpendRecord record) {
    Usage now = record.usage();
    if (record.bill() == null) {
      return now;
    }
    String bill = record.requested().provider() + " " + record.bill();
    Usage before = said.getOrDefault(bill, Usage.NONE);
    Usage.Builder news = Usage.builder();
    Usage.Builder most = Usage.builder();
    for (UsageKind kind : UsageKind.values()) {
      news.add(kind, Math.max(0, now.count(kind) - before.count(kind)));
      most.add(kind, Math.max(now.count(kind), before.count(kind)));
    }
    said.put(bill, most.build());
    return news.build();
  }
}
