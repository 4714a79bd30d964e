package dev.purser.core.pipeline;

import dev.purser.api.Alert;
import dev.purser.api.Budget;
import dev.purser.api.Dimension;
import dev.purser.api.ModelId;
import dev.purser.api.Refusal;
import dev.purser.api.UnmeteredCall;
import dev.purser.api.Window;
import dev.purser.core.alert.AlertBook;
import dev.purser.core.alert.Owners;
import dev.purser.core.emit.Counters;
import dev.purser.spi.Quote;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a person should hear of once, however often it happens; every time is counted. What belongs to no
 * window is told once a day, of UTC, for as long as it happens.
 */
final class Notices {

  private static final Logger log = LoggerFactory.getLogger("dev.purser");
  private static final int OLD_DAYS = 90;
  private static final String JOURNAL = "journal";

  private final AlertBook book;
  private final Owners owners;
  private final Counters counters;
  private final InstantSource clock;

  Notices(AlertBook book, Owners owners, Counters counters, InstantSource clock) {
    this.book = book;
    this.owners = owners;
    this.counters = counters;
    this.clock = clock;
  }

  void unknownModel(ModelId model, Quote quote) {
    counters.count("model.unknown");
    once(
        Alert.Kind.UNKNOWN_MODEL,
        model.toString(),
        "no price for " + model + " in table " + quote.table()
            + "; its calls are charged as the dearest model of its provider");
  }

  void unmetered(UnmeteredCall call) {
    counters.count("calls.unmetered");
    String endpoint = withoutIds(call.endpoint());
    once(
        Alert.Kind.UNMETERED, endpoint, "calls to " + endpoint + " are not counted: " + call.why());
  }

  /** Cuts an endpoint after the second part of its path: behind it stand names and ids. */
  private static String withoutIds(String endpoint) {
    int slash = endpoint.indexOf('/');
    for (int part = 0; part < 2 && slash >= 0; part++) {
      slash = endpoint.indexOf('/', slash + 1);
    }
    return slash < 0 ? endpoint : endpoint.substring(0, slash);
  }

  /** Tells of a budget that only watches and could not carry a call, once an account and window. */
  void wouldRefuse(Refusal refusal, Budget budget) {
    String account = refusal.budget() + (refusal.scope().isEmpty() ? "" : " " + refusal.scope());
    Alert alert = new Alert(
        Alert.Kind.WOULD_REFUSE,
        account,
        "Only watched, so not refused. " + refusal.message(),
        clock.instant());
    boolean unused = once(alert.owner(owners.of(budget)), period(refusal, budget.window()), null);
  }

  /** A window that rolls has no end of its own; stretches of its length stand in for it. */
  private String period(Refusal refusal, Window window) {
    Duration rolling = window.rolling();
    if (rolling != null) {
      return Long.toString(clock.instant().getEpochSecond() / rolling.toSeconds());
    }
    return refusal.resetsAt() == null ? "" : refusal.resetsAt().toString();
  }

  void accountsOverflow(Budget budget) {
    counters.count("accounts.overflow");
    boolean unused = daily(new Alert(
            Alert.Kind.ACCOUNTS_OVERFLOW,
            budget.name(),
            "budget \""
                + budget.name()
                + "\" has its most accounts, "
                + budget.maxAccounts()
                + "; values of "
                + budget.dimensions()
                + " that come now share one",
            clock.instant())
        .owner(owners.of(budget)));
  }

  void otherParent(String session) {
    counters.count("sessions.other_parent");
    once(
        Alert.Kind.SESSION_PARENT,
        "sessions",
        "session \""
            + session
            + "\" names another parent than before and draws on both; a session's name must be its"
            + " own, also among runs and keys");
  }

  /** Tells of a changed budget some of whose spend is only known without session and tags. */
  void partlyKnown(Budget budget) {
    once(
        Alert.Kind.CONFIGURATION,
        budget.name(),
        "budget \""
            + budget.name()
            + "\" counts otherwise than before; of some older spend the session and tags are no"
            + " longer known, and it is counted under "
            + Dimension.NONE);
  }

  /**
   * Tells of a price table that is older than 90 days; providers change their prices more often.
   *
   * @param table its version
   * @param day the day on which it was last brought up to date
   */
  void prices(String table, LocalDate day) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    if (today.isAfter(day.plusDays(OLD_DAYS))) {
      String message = "the price table " + table + " was last brought up to date on " + day
          + ", more than " + OLD_DAYS
          + " days ago; use a newer Purser, say prices in purser.yaml, or"
          + " load a newer table with prices-file";
      if (once(Alert.Kind.OLD_PRICES, "prices", message)) {
        log.warn("Old prices: {}", message);
      }
    }
  }

  /** Tells of a configuration that could not be taken over. */
  void configuration(String source, String problems) {
    counters.count("configuration.rejected");
    book.always(new Alert(Alert.Kind.CONFIGURATION, source, problems, clock.instant()));
  }

  /**
   * Counts every fault, and tells of the first of a part. Of the failure only its class and place:
   * the message of a plug-in's exception may quote the prompt.
   */
  void fault(String part, Throwable failure) {
    counters.count("fault." + part.replace(' ', '_'));
    StackTraceElement[] trace = failure.getStackTrace();
    String what = failure.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
    if (once(Alert.Kind.FAULT, part, "the " + part + " failed and was passed over: " + what)) {
      log.warn("The {} failed; the call goes on without it. {}", part, what);
    }
  }

  /** Tells that a sink did not get records, which are counted where they were dropped. */
  void dropped(Alert alert) {
    boolean unused = daily(alert);
  }

  /** Something befell the journal; told each time. */
  void journal(String what) {
    counters.count("journal.trouble");
    book.always(new Alert(Alert.Kind.JOURNAL, JOURNAL, what, clock.instant()));
  }

  /** What befell the journal is over. */
  void journalWorks() {
    for (Alert alert : book.open()) {
      if (alert.kind() == Alert.Kind.JOURNAL) {
        var unused = book.close(alert.key());
      }
    }
  }

  private boolean once(Alert.Kind kind, String subject, String message) {
    return daily(new Alert(kind, subject, message, clock.instant()));
  }

  private boolean daily(Alert alert) {
    LocalDate day = LocalDate.ofInstant(alert.at(), ZoneOffset.UTC);
    Instant until = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    return once(alert, day.toString(), until);
  }

  private boolean once(Alert alert, String period, @Nullable Instant until) {
    return book.once(alert.once(alert.kind() + " " + period + " " + alert.subject(), until));
  }
}
