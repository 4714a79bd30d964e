package dev.purser.core.alert;

import dev.purser.api.Alert;
import dev.purser.core.record.AlertLine;
import dev.purser.core.record.StateLog;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which alerts were told, and which of them are still open. What is told once is written down before it is
 * told, and again when it has arrived, so that a restart in between tells it again and one after does not.
 * Safe for use by several threads; none waits for a sink.
 *
 * <p>What was told is remembered up to a bound, so something may be told again after ten thousand others.
 * An alert is open until what it tells of is over, somebody acknowledges it, or a thousand others came.
 */
public final class AlertBook {

  private static final int REMEMBERED = 10_000;
  private static final int MOST_OPEN = 1_000;
  private static final Duration SILENT = Duration.ofDays(7);

  private final StateLog log;
  private final Owners owners;

  /** When what was told last. */
  private final Map<String, Instant> told = Collections.synchronizedMap(new LinkedHashMap<>() {
    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
      return size() > REMEMBERED;
    }
  });

  private volatile @Nullable Outlet outlet;

  private final Map<String, Alert> open = new ConcurrentHashMap<>();

  /** The way to the sinks; must not block. */
  public interface Outlet {

    /**
     * Hands an alert on.
     *
     * @param delivered run when every sink has taken it
     */
    void alert(Alert alert, Runnable delivered);

    /**
     * Hands on that what an alert told of is over.
     *
     * @param delivered run when every sink has taken that
     */
    void resolved(Alert alert, Runnable delivered);
  }

  /** Writes into this log. */
  public AlertBook(StateLog log, Owners owners) {
    this.log = log;
    this.owners = owners;
  }

  /** Says where alerts go; before the first. */
  public void through(Outlet sinks) {
    outlet = sinks;
  }

  private Outlet outlet() {
    return Objects.requireNonNull(outlet, "no outlet");
  }

  /** Whether something was told; rules that fire with every call ask this first. */
  public boolean isTold(String key) {
    return told.containsKey(key);
  }

  /** Tells what is to be told once; returns whether it is news. */
  public boolean once(Alert alert) {
    boolean news = told.putIfAbsent(alert.key(), alert.at()) == null;
    if (news) {
      tell(alert);
    }
    return news;
  }

  /** Tells what is told each time. */
  public void always(Alert alert) {
    String key = alert.kind() + " " + alert.at() + " " + alert.subject();
    tell(alert.once(key, alert.until()));
  }

  private void tell(Alert alert) {
    Alert owned = alert.owner().isEmpty() ? alert.owner(owners.byDefault()) : alert;
    log.alert(new AlertLine(owned, false, false));
    keepOpen(owned);
    deliver(owned);
  }

  private void keepOpen(Alert alert) {
    open.put(alert.key(), alert);
    if (open.size() > MOST_OPEN) {
      open.values().stream().min(Comparator.comparing(Alert::at)).ifPresent(oldest -> {
        boolean unused = close(oldest);
      });
    }
  }

  private void deliver(Alert alert) {
    outlet().alert(alert, () -> {
      boolean over = !open.containsKey(alert.key());
      log.alert(new AlertLine(alert, !over, over));
    });
  }

  private void resolve(Alert alert) {
    outlet().resolved(alert, () -> log.alert(new AlertLine(alert, true, true)));
  }

  /** Knows of an alert of before a restart; delivers what had not arrived, be it that it is over. */
  public void restore(AlertLine before) {
    Alert alert = before.alert();
    told.put(alert.key(), alert.at());
    if (!before.over()) {
      keepOpen(alert);
    }
    if (!before.delivered()) {
      if (before.over()) {
        resolve(alert);
      } else {
        deliver(alert);
      }
    }
  }

  /** Tells that what alerts told of is over, where it is. */
  public void closeEnded(Instant now) {
    for (Alert alert : open.values()) {
      Instant until = alert.until();
      boolean ended = until == null ? now.isAfter(alert.at().plus(SILENT)) : !now.isBefore(until);
      if (ended) {
        boolean unused = close(alert);
      }
    }
  }

  /** Takes an alert off the open ones, and says so to the sinks; returns it, or empty if none is so. */
  public Optional<Alert> close(String key) {
    Alert alert = open.get(key);
    return alert != null && close(alert) ? Optional.of(alert) : Optional.empty();
  }

  private boolean close(Alert alert) {
    if (!open.remove(alert.key(), alert)) {
      return false;
    }
    log.alert(new AlertLine(alert, false, true));
    resolve(alert);
    return true;
  }

  /** Returns the open alerts, the latest first. */
  public List<Alert> open() {
    return open.values().stream()
        .sorted(Comparator.comparing(Alert::at).reversed().thenComparing(Alert::key))
        .toList();
  }
}
