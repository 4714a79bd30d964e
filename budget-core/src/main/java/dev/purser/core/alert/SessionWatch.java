package dev.purser.core.alert;

import dev.purser.api.Alert;
import dev.purser.api.Alert.Severity;
import dev.purser.api.AlertRules;
import dev.purser.api.Attribution;
import dev.purser.api.SessionSpend;
import dev.purser.api.SpendRecord;
import dev.purser.api.Usd;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What each session did, the ten thousand used last, and which of them spend much within an hour: told once
 * a day at a limit and at each doubling of it. Sessions draw on those that they are a part of. For one
 * thread at a time.
 */
final class SessionWatch {

  private static final int MOST = 10_000;
  private static final Duration HOUR = Duration.ofHours(1);

  private final Map<String, SessionTotals> sessions = new LinkedHashMap<>(64, 0.75f, true) {
    @Override
    protected boolean removeEldestEntry(Map.Entry<String, SessionTotals> eldest) {
      return size() > MOST;
    }
  };
  private final AlertRules rules;
  private final Owners owners;
  private final Desk desk;
  private final ZoneId zone;

  SessionWatch(AlertRules rules, Owners owners, Desk desk, ZoneId zone) {
    this.rules = rules;
    this.owners = owners;
    this.desk = desk;
    this.zone = zone;
  }

  /** @param lineage the session of the call and all above it */
  void add(SpendRecord record, List<String> lineage, Instant at) {
    for (int i = 0; i < lineage.size(); i++) {
      String session = lineage.get(i);
      SessionTotals totals =
          sessions.computeIfAbsent(session, unseen -> new SessionTotals(unseen, at));
      totals.add(record, lineage.subList(i + 1, lineage.size()), at);
    }
    if (record.spentNanoUsd() > 0) {
      burn(lineage, record.attribution(), at);
    }
  }

  /** Tells of the outermost session that reached a level; what is a part of it did with the same call. */
  private void burn(List<String> lineage, Attribution who, Instant at) {
    String outermost = null;
    for (String session : lineage) {
      SessionTotals totals = sessions.get(session);
      if (totals != null && totals.reaches(level(totals.lastHour(at)))) {
        outermost = session;
      }
    }
    if (outermost != null) {
      tell(outermost, Objects.requireNonNull(sessions.get(outermost)).lastHour(at), who, at);
    }
  }

  private int level(long spent) {
    long limit = rules.sessionBurn().nanos();
    return spent < limit ? -1 : 63 - Long.numberOfLeadingZeros(spent / limit);
  }

  private void tell(String session, long spent, Attribution who, Instant at) {
    Usd crossed = Usd.ofNanos(rules.sessionBurn().nanos() << level(spent));
    LocalDate day = LocalDate.ofInstant(at, zone);
    Map<String, String> facts = new TreeMap<>();
    facts.put("spent within an hour", "$" + Usd.ofNanos(spent));
    facts.put("more than", "$" + crossed);
    facts.put("key", String.valueOf(who.key()));
    desk.tell(
        new Alert(
                Alert.Kind.SESSION_BURN,
                session,
                "session " + session + " has spent $" + Usd.ofNanos(spent)
                    + " within an hour, more than $" + crossed,
                at)
            .severity(Severity.PAGE)
            .owner(owners.ofKey(who.key(), who.team()))
            .once("session burn|" + session + "|" + day + " $" + crossed, null)
            .facts(facts)
            .next("freeze the session if nobody waits for it", "give it a budget of its own"),
        Part.ofSession(session, at.minus(HOUR)));
  }

  /** Returns the sessions, those that burn most first. */
  List<SessionSpend> views(Instant now) {
    List<SessionSpend> views = new ArrayList<>(sessions.size());
    sessions.values().forEach(totals -> views.add(totals.view(now)));
    views.sort(Comparator.comparing((SessionSpend view) -> view.burnPerHour().nanos())
        .thenComparing(view -> view.spent().nanos())
        .reversed()
        .thenComparing(SessionSpend::session));
    return views;
  }
}
