package dev.purser.core.budget;

import dev.purser.api.Attribution;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which session is a part of which. The first parent that a session names is its parent for good: a
 * sub-agent that could choose another, or leave it out, would open an allowance of its own. Names are
 * taken as they are, so they must be unique among all that share a guard. Safe for
 * use by several threads.
 *
 * <p>Links are remembered up to a bound, and forgotten a week after they were last used; a
 * session beyond the bound has the parent that each of its calls names.
 */
final class Sessions {

  /** A session that would stand deeper is hung below a higher ancestor, so that the root still pays. */
  static final int DEEPEST = 16;

  private static final int FARTHEST = 1_000;
  private static final int MOST_LINKS = 100_000;
  private static final Duration REMEMBERED = Duration.ofDays(7);

  private static final long USE_NOTED_EVERY = Duration.ofHours(1).toSeconds();

  private static final class Link {
    final String parent;
    volatile long usedAtSecond;

    Link(String parent, long usedAtSecond) {
      this.parent = parent;
      this.usedAtSecond = usedAtSecond;
    }
  }

  private final ConcurrentMap<String, Link> links = new ConcurrentHashMap<>();
  private final AtomicLong changes = new AtomicLong();
  private final Consumer<String> onOtherParent;

  /**
   * Knows no session yet.
   *
   * @param onOtherParent told of a session that names another parent than before
   */
  Sessions(Consumer<String> onOtherParent) {
    this.onOtherParent = onOtherParent;
  }

  /** Returns a number that is another one whenever a lineage may have changed. */
  long version() {
    return changes.get();
  }

  /**
   * Returns the session of a call and all above it, itself first; empty if it has none. A call that
   * only names a parent is that one's own. Where the call names others than are remembered, it draws
   * on both: leaving one out must gain nothing.
   */
  List<String> lineage(Attribution who, Instant at) {
    List<String> stated = who.ancestors();
    String session = who.session() == null ? who.parent() : who.session();
    if (session == null) {
      return List.of();
    }
    String below = session;
    for (String above : stated) {
      if (!below.equals(above) && !links.containsKey(below)) {
        link(below, above, at);
      }
      below = above;
    }
    Set<String> lineage = new LinkedHashSet<>(climb(session, at));
    String parent = who.parent();
    if (parent != null && !lineage.contains(parent)) {
      if (links.containsKey(session)) {
        onOtherParent.accept(session);
      }
      lineage.addAll(climb(parent, at));
    }
    return List.copyOf(lineage);
  }

  /**
   * Returns the same without taking note of anything: for whoever looks at a call that has been, which must
   * not make a link look older or younger than its calls do.
   */
  List<String> seen(Attribution who) {
    String session = who.session() == null ? who.parent() : who.session();
    if (session == null) {
      return List.of();
    }
    Set<String> lineage = new LinkedHashSet<>(above(session, null));
    String parent = who.parent();
    if (parent != null && !lineage.contains(parent)) {
      lineage.addAll(above(parent, null));
    }
    return List.copyOf(lineage);
  }

  private void link(String session, String parent, Instant at) {
    List<String> above = climb(parent, at);
    if (above.contains(session) || links.size() >= MOST_LINKS) {
      return;
    }
    String hung = above.get(Math.max(0, above.size() - DEEPEST + 1));
    if (links.putIfAbsent(session, new Link(hung, at.getEpochSecond())) == null) {
      changes.incrementAndGet();
    }
  }

  /**
   * Returns a session and those above it: the nearest, and the root where there are more than so many.
   * Links that were learned from below may stand deeper, or in a circle that two threads made.
   */
  private List<String> climb(String session, Instant at) {
    return above(session, at);
  }

  /** @param usedAt when they are used, or null if they only are looked at */
  private List<String> above(String session, @Nullable Instant usedAt) {
    Set<String> found = new LinkedHashSet<>();
    String last = session;
    @Nullable String next = session;
    for (int step = 0; next != null && step < FARTHEST; step++) {
      if (found.size() < DEEPEST - 1) {
        found.add(next);
      }
      last = next;
      Link link = links.get(next);
      if (link != null && usedAt != null) {
        link.usedAtSecond = usedAt.getEpochSecond();
      }
      next = link == null ? null : link.parent;
    }
    found.add(last);
    return List.copyOf(found);
  }

  /** Says that a lineage is in use, where it was not looked up again. */
  void use(List<String> lineage, Instant at) {
    for (int i = 0; i < lineage.size() - 1; i++) {
      Link link = links.get(lineage.get(i));
      if (link != null && at.getEpochSecond() - link.usedAtSecond > USE_NOTED_EVERY) {
        link.usedAtSecond = at.getEpochSecond();
      }
    }
  }

  /** Forgets links that nobody has used for a week. */
  void sweep(Instant at) {
    long oldest = at.minus(REMEMBERED).getEpochSecond();
    if (links.values().removeIf(link -> link.usedAtSecond < oldest)) {
      changes.incrementAndGet();
    }
  }
}
