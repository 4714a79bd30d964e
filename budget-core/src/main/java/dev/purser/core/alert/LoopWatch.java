package dev.purser.core.alert;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.purser.api.Alert;
import dev.purser.api.Alert.Severity;
import dev.purser.api.AlertRules;
import dev.purser.api.Attribution;
import dev.purser.api.Prompt;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sees sessions that ask the same again and again, or whose requests grow without a new turn of their
 * user: loops, before they have spent anything worth a limit. A call without a session counts for its key,
 * which is a notice: several people may ask the same.
 *
 * <p><b>Who may call it:</b> any thread, on a call's way; sessions do not wait for each other. Remembers
 * the sessions seen last, some two kilobytes each.
 */
public final class LoopWatch {

  private static final int REMEMBERED = 10_000;

  private final Cache<String, Asked> sessions =
      Caffeine.newBuilder().maximumSize(REMEMBERED).build();
  private final AlertRules rules;
  private final Owners owners;
  private final Desk desk;
  private final ZoneId zone;

  /**
   * @param desk told of a loop, on the thread that asks, once a day; must not block
   * @param zone whose days count
   */
  public LoopWatch(AlertRules rules, Owners owners, Desk desk, ZoneId zone) {
    this.rules = rules;
    this.owners = owners;
    this.desk = desk;
    this.zone = zone;
  }

  /** What a session asked of late. */
  private static final class Asked {
    private final RecentPrompts prompts = new RecentPrompts();
    private long toldOn = Long.MIN_VALUE;
    private int turns = -1;
    private long size;
    private int rounds;
  }

  /** Takes note of a call that is about to be made. */
  public void asked(Attribution who, Prompt prompt, Instant at) {
    String session = who.session();
    String subject =
        session != null ? "session " + session : who.key() == null ? null : "key " + who.key();
    if (subject == null || prompt.texts().isEmpty()) {
      return;
    }
    Asked asked = sessions.get(subject, unseen -> new Asked());
    long second = at.getEpochSecond();
    long day = LocalDate.ofInstant(at, zone).toEpochDay();
    int repeated;
    int rounds;
    synchronized (asked) {
      long since = second - rules.loopWithin().toSeconds();
      repeated = asked.prompts.add(PromptHash.of(prompt), second, since);
      rounds = rounds(asked, prompt);
      boolean loops = repeated >= rules.loopRepeats() || rounds >= rules.loopRounds();
      if (!loops || asked.toldOn == day) {
        return;
      }
      asked.toldOn = day;
    }
    if (repeated >= rules.loopRepeats()) {
      tell(
          who,
          subject,
          at,
          "asks the same again and again: " + repeated + " times within "
              + rules.loopWithin().toMinutes() + " minutes",
          Map.of("repeats", Integer.toString(repeated)));
    } else {
      tell(
          who,
          subject,
          at,
          "goes on without anybody saying anything: " + rounds + " requests, each longer",
          Map.of("rounds", Integer.toString(rounds)));
    }
  }

  private static int rounds(Asked asked, Prompt prompt) {
    long size = PromptHash.size(prompt);
    boolean longer =
        prompt.userTurns() > 0 && prompt.userTurns() == asked.turns && size > asked.size;
    asked.rounds = longer ? asked.rounds + 1 : 0;
    asked.turns = prompt.userTurns();
    asked.size = size;
    return asked.rounds;
  }

  private void tell(
      Attribution who, String subject, Instant at, String what, Map<String, String> facts) {
    Alert alert = new Alert(Alert.Kind.LOOP, subject, subject + " " + what, at)
        .severity(who.session() == null ? Severity.NOTICE : Severity.PAGE)
        .owner(owners.ofKey(who.key(), who.team()))
        .once("loop|" + subject + "|" + LocalDate.ofInstant(at, zone), null)
        .facts(new TreeMap<>(facts))
        .next("freeze the session if nobody waits for it", "fix the agent's end condition");
    String session = who.session();
    desk.tell(
        alert,
        session == null
            ? Part.ofKey(String.valueOf(who.key()), at.minus(rules.loopWithin()))
            : Part.ofSession(session, at.minus(rules.loopWithin())));
  }
}
