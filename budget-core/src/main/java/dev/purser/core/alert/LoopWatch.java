package dev.purser.core.alert;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.purser.api.Alert;
import dev.purser.api.Alert.Severity;
import dev.purser.api.AlertRules;
import dev.purser.api.Attribution;
import dev.purser.api.Prompt;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
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

  /** @param desk told of a loop, on the thread that asks; must not block */
  public LoopWatch(AlertRules rules, Owners owners, Desk desk) {
    this.rules = rules;
    this.owners = owners;
    this.desk = desk;
  }

  /** What a session asked of late. */
  private static final class Asked {
    private final Deque<Long> prompts = new ArrayDeque<>();
    private final Deque<Instant> times = new ArrayDeque<>();
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
    int repeated;
    int rounds;
    synchronized (asked) {
      repeated = repeated(asked, PromptHash.of(prompt), at);
      rounds = rounds(asked, prompt);
    }
    if (repeated == rules.loopRepeats()) {
      tell(
          who,
          subject,
          at,
          "asks the same again and again: " + repeated + " times within "
              + rules.loopWithin().toMinutes() + " minutes",
          Map.of("repeats", Integer.toString(repeated)));
    } else if (rounds == rules.loopRounds()) {
      tell(
          who,
          subject,
          at,
          "goes on without anybody saying anything: " + rounds + " requests, each longer",
          Map.of("rounds", Integer.toString(rounds)));
    }
  }

  private int repeated(Asked asked, long prompt, Instant at) {
    asked.prompts.addLast(prompt);
    asked.times.addLast(at);
    Instant since = at.minus(rules.loopWithin());
    while (asked.prompts.size() > 4 * rules.loopRepeats()
        || asked.times.getFirst().isBefore(since)) {
      asked.prompts.removeFirst();
      asked.times.removeFirst();
    }
    int same = 0;
    for (Iterator<Long> each = asked.prompts.iterator(); each.hasNext(); ) {
      same += each.next() == prompt ? 1 : 0;
    }
    return same;
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
        .once("loop|" + subject + "|" + at.truncatedTo(ChronoUnit.HOURS), null)
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
