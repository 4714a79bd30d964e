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
import org.jspecify.annotations.Nullable;

/**
 * Which session is a part of which. The first parent that a session names is its parent for good: a
 * sub-agent that could choose another, or leave it out, would open an allowance of its own. Safe for
 * use by several threads.
 *
 * <p>Links are remembered up to a bound, and forgotten a week after they were last used; a
 * session beyond the bound has the parent that each of its calls names.
 */
final class Sessions {

  /** A session that would stand deeper is hung below a higher ancestor, so that the root still pays. */
  static final int DEEPEST = 16;

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

  /** Returns a number that is another one whenever a lineage may have changed. */
  long version() {
    return changes.get();
  }

  /**
   * Returns the session of a call and all above it, itself first; empty if it has none. A call that
   * only names a parent is that one's own.
   */
  List<String> lineage(Attribution who, Instant at) {
    String stated = who.parent();
    String session = who.session() == null ? stated : who.session();
    if (session == null) {
      return List.of();
    }
    if (session.equals(stated)) {
      stated = null;
    }
    if (stated != null && !links.containsKey(session)) {
      link(session, stated, at);
    }
    Set<String> lineage = new LinkedHashSet<>();
    climb(session, lineage, at);
    if (stated != null && lineage.size() == 1) {
      // Not remembered, for want of space or because the two are above each other.
      climb(stated, lineage, at);
    }
    return List.copyOf(lineage);
  }

  private void link(String session, String parent, Instant at) {
    Set<String> above = new LinkedHashSet<>();
    climb(parent, above, at);
    if (above.contains(session) || links.size() >= MOST_LINKS) {
      return;
    }
    String hung =
        above.stream().skip(Math.max(0, above.size() - DEEPEST + 1)).findFirst().orElse(parent);
    if (links.putIfAbsent(session, new Link(hung, at.getEpochSecond())) == null) {
      changes.incrementAndGet();
    }
  }

  /** Collects a session and all above it; a circle ends where it began. */
  private void climb(String session, Set<String> found, Instant at) {
    @Nullable String next = session;
    while (next != null && found.add(next)) {
      Link link = links.get(next);
      if (link != null) {
        link.usedAtSecond = at.getEpochSecond();
      }
      next = link == null ? null : link.parent;
    }
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
