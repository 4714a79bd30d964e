package dev.purser.core.alert;

import dev.purser.api.Alert;
import dev.purser.api.Alert.Severity;
import dev.purser.api.Budget;
import dev.purser.api.Enforcement;
import dev.purser.api.Measure;
import dev.purser.spi.Account;
import dev.purser.spi.Balance;
import dev.purser.spi.Ledger;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sees accounts cross shares of their limits, where they are charged: what is only held crosses nothing.
 * Of several that are crossed at once the highest counts; each counts once a window, and again after the
 * limit was raised.
 *
 * <p><b>Unit:</b> that of the budget's measure. <b>Who may call it:</b> any thread. <b>Memory order:</b>
 * what an account crossed is decided in one atomic step of the map, on what the ledger says then, so that
 * of the threads that charge at once one sees each crossing. <b>Progress:</b> threads that charge the same
 * account wait for each other for the time of a comparison.
 */
public final class CapWatch {

  private static final int WHOLE = 100;
  private static final BigInteger HUNDRED = BigInteger.valueOf(WHOLE);
  private static final Pattern TOLD =
      Pattern.compile("(?<window>.*) (?<percent>\\d{1,9}) of (?<limit>\\d{1,18})", Pattern.DOTALL);

  private final Ledger ledger;
  private final Owners owners;
  private final Predicate<Account> watched;
  private final Desk desk;
  private final AtomicInteger version = new AtomicInteger();
  private final Map<Account, Mark> marks = new ConcurrentHashMap<>();

  /** What was settled at least when an account's owner was told before a restart, by account and window. */
  private final Map<String, Long> toldBefore = new ConcurrentHashMap<>();

  /** What was seen of an account. */
  private static final class Mark {
    private final String period;
    private final Instant until;
    private final long limit;
    private final int crossed;

    /** What has to be settled until a higher share is crossed. */
    private final long next;

    /** Of which limits that is true. */
    private final int version;

    /** What was settled when it was seen last. */
    private volatile long settled;

    Mark(
        String period,
        Instant until,
        long limit,
        long settled,
        int crossed,
        long next,
        int version) {
      this.period = period;
      this.until = until;
      this.limit = limit;
      this.settled = settled;
      this.crossed = crossed;
      this.next = next;
      this.version = version;
    }
  }

  /**
   * @param watched which accounts have an owner to tell
   * @param desk told of a crossing, on the thread that charged; must not block
   */
  public CapWatch(Ledger ledger, Owners owners, Predicate<Account> watched, Desk desk) {
    this.ledger = ledger;
    this.owners = owners;
    this.watched = watched;
    this.desk = desk;
  }

  /** Looks at accounts that were charged. */
  public void charged(List<Account> accounts, Instant at) {
    for (Account account : accounts) {
      if (isWatched(account)) {
        Mark seen = marks.get(account);
        if (seen == null || mayBeNews(seen, account, at)) {
          look(account, account.budget(), at, false);
        }
      }
    }
  }

  private boolean mayBeNews(Mark seen, Account account, Instant at) {
    if (seen.version != version.get() || !at.isBefore(seen.until)) {
      return true;
    }
    long settled = ledger.settled(account, at);
    if (settled >= seen.next) {
      return true;
    }
    seen.settled = settled;
    return false;
  }

  /** Knows of what was told before a restart; before the first call. */
  public void restore(Alert before) {
    Matcher told = TOLD.matcher(before.key());
    if (before.kind() == Alert.Kind.CAP && told.matches()) {
      long share =
          shareOf(Long.parseLong(told.group("limit")), Integer.parseInt(told.group("percent")));
      toldBefore.merge(told.group("window"), share, Math::max);
    }
  }

  /**
   * Looks at an account that has no room for a call. Where it has spent its highest share below the whole,
   * that counts as all of it: the last cents of a limit carry no call, and its owner must hear that calls
   * are refused.
   */
  public void exhausted(Account account, Instant at) {
    Budget budget = account.budget();
    if (isWatched(account)) {
      Mark seen = marks.get(account);
      if (seen == null || seen.crossed < WHOLE || mayBeNews(seen, account, at)) {
        look(account, budget, at, true);
      }
    }
  }

  private boolean isWatched(Account account) {
    Budget budget = account.budget();
    return !budget.alertAt().isEmpty()
        && budget.measure() != Measure.CONCURRENT_CALLS
        && watched.test(account);
  }

  /** Takes note that limits are others than before. */
  public void limitsChanged() {
    version.incrementAndGet();
  }

  /** Looks at all accounts: after a restart, after a change, and now and then for shared ledgers. */
  public void look(Instant now) {
    for (Account account : ledger.accounts()) {
      if (isWatched(account)) {
        look(account, account.budget(), now, false);
      }
    }
    marks.values().removeIf(mark -> !now.isBefore(mark.until));
  }

  private void look(Account account, Budget budget, Instant at, boolean exhausted) {
    Alert[] news = new Alert[1];
    marks.compute(account, (same, before) -> {
      int limits =
          version.get(); // before the balance: limits that change meanwhile are seen next time
      Balance now = ledger.balance(account, at);
      Mark mark = marked(before, now, account, at, limits);
      int reached = reached(budget, now.limit(), now.settled());
      if (exhausted && reached > 0 && reached == highestBelowWhole(budget)) {
        reached = WHOLE;
      }
      if (reached <= mark.crossed) {
        return mark;
      }
      news[0] = alert(account, budget, now, mark.period, reached, at);
      return mark(budget, mark.period, mark.until, now, reached, limits);
    });
    if (news[0] != null) {
      desk.tell(news[0], Part.ofAccount(budget, account.scope(), at));
    }
  }

  /** What is known of the account in this window; a limit that was raised has yet to be crossed. */
  private Mark marked(@Nullable Mark before, Balance now, Account account, Instant at, int limits) {
    Budget budget = account.budget();
    Instant until = until(budget, now, at);
    String period = period(budget, until);
    int crossed;
    if (before == null) {
      Long told = toldBefore.get(window(subject(account), period));
      crossed = told == null ? 0 : reached(budget, now.limit(), told);
    } else if (!before.period.equals(period)) {
      // What rolls has no end: shares that it had all the time were crossed before.
      boolean rolls = budget.window().rolling() != null;
      crossed = rolls ? reached(budget, now.limit(), Math.min(before.settled, now.settled())) : 0;
    } else {
      boolean raised = now.limit() > before.limit;
      crossed = raised ? reached(budget, now.limit(), before.settled) : before.crossed;
    }
    return mark(budget, period, until, now, crossed, limits);
  }

  private static String subject(Account account) {
    String budget = account.budget().name();
    return account.scope().isEmpty() ? budget : budget + " " + account.scope();
  }

  private static String window(String subject, String period) {
    return "cap|" + subject + "|" + period;
  }

  /** Returns the highest share of which somebody is told before all is spent; -1 if there is none. */
  private static int highestBelowWhole(Budget budget) {
    int highest = -1;
    for (int percent : budget.alertAt()) {
      highest = percent < WHOLE ? Math.max(highest, percent) : highest;
    }
    return budget.alertAt().contains(WHOLE) ? highest : -1;
  }

  private static Mark mark(
      Budget budget, String period, Instant until, Balance now, int crossed, int limits) {
    long next = Long.MAX_VALUE;
    for (int percent : budget.alertAt()) {
      if (percent > crossed) {
        next = Math.min(next, shareOf(now.limit(), percent));
      }
    }
    return new Mark(period, until, now.limit(), now.settled(), crossed, next, limits);
  }

  /** Returns a share, rounded up: what reaches it has crossed it. */
  private static long shareOf(long limit, int percent) {
    BigInteger[] share =
        BigInteger.valueOf(limit).multiply(BigInteger.valueOf(percent)).divideAndRemainder(HUNDRED);
    BigInteger up = share[1].signum() == 0 ? share[0] : share[0].add(BigInteger.ONE);
    return up.min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact();
  }

  private static int reachedOf(Balance balance) {
    return BigInteger.valueOf(balance.settled())
        .multiply(HUNDRED)
        .divide(BigInteger.valueOf(Math.max(1, balance.limit())))
        .min(BigInteger.valueOf(Integer.MAX_VALUE))
        .intValueExact();
  }

  /** A window that rolls has no end of its own; stretches of its length stand in for it. */
  private static Instant until(Budget budget, Balance balance, Instant at) {
    Duration rolling = budget.window().rolling();
    return rolling == null
        ? balance.resetsAt()
        : Instant.ofEpochSecond(
            (at.getEpochSecond() / rolling.toSeconds() + 1) * rolling.toSeconds());
  }

  private static String period(Budget budget, Instant until) {
    return until.equals(Instant.MAX) ? budget.window().toString() : until.toString();
  }

  /** Returns the highest share that is reached, in percent; zero for none. */
  private static int reached(Budget budget, long limit, long settled) {
    int highest = 0;
    for (int percent : budget.alertAt()) {
      if (percent > highest && settled >= shareOf(limit, percent)) {
        highest = percent;
      }
    }
    return highest;
  }

  private Alert alert(
      Account account, Budget budget, Balance balance, String period, int percent, Instant at) {
    String scope = account.scope();
    String subject = subject(account);
    Measure measure = budget.measure();
    Map<String, String> facts = new TreeMap<>();
    facts.put("spent", measure.amount(balance.settled()));
    facts.put("limit", measure.amount(balance.limit()));
    facts.put("held", measure.amount(balance.held()));
    facts.put("percent", Integer.toString(Math.min(percent, reachedOf(balance))));
    Instant resetsAt = balance.resetsAt().equals(Instant.MAX) ? null : balance.resetsAt();
    if (resetsAt != null) {
      facts.put("resets at", resetsAt.toString());
    }
    boolean whole = percent >= WHOLE;
    return new Alert(
            Alert.Kind.CAP,
            subject,
            "budget \"" + budget.name() + "\"" + (scope.isEmpty() ? "" : " (" + scope + ")")
                + " has spent " + facts.get("spent") + " of " + facts.get("limit") + ", "
                + (whole && budget.enforcement() != Enforcement.OBSERVE
                    ? "and calls are refused"
                    : percent + " % and more")
                + (resetsAt == null ? "" : "; it resets at " + resetsAt),
            at)
        .severity(whole ? Severity.PAGE : Severity.NOTICE)
        .owner(owners.of(budget))
        .once(window(subject, period) + " " + percent + " of " + balance.limit(), resetsAt)
        .facts(facts)
        .next(
            whole
                ? new String[] {
                  "grant more if the work is wanted", "freeze the key or the session if it is not"
                }
                : new String[] {
                  "look at the sessions that spend most", "grant more, or let the cap hold"
                });
  }
}
