package dev.purser.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Limits around a stretch of code, whatever guards its calls go through and whatever their own budgets
 * say: what a test may spend, or a batch run.
 *
 * <pre>{@code
 * try (Ceiling ceiling = Ceiling.open(Budget.total("nightly report", Usd.of("2.50")))) {
 *   report.run();
 * }
 * }</pre>
 *
 * <p>A ceiling covers the calls of the thread that opened it, of threads that this one starts meanwhile,
 * and of those that are handed work through a {@link CallContext} or {@link AttributionScope#wrap}. Inside
 * another one both count. It holds the worst case of each call as a budget does, so no number of
 * threads takes it above its limits; a call that does not fit is refused and does not leave. Once it is
 * closed no call counts for it, but those that are open then end there.
 *
 * <p>Safe for use by several threads.
 */
public final class Ceiling implements AutoCloseable {

  /** Of more calls only the sums are kept. */
  private static final int MOST_CALLS = 10_000;

  /** So that guards find the ceiling of which nobody said how high it is. */
  private static final Budget UNLIMITED =
      Budget.of("calls", Measure.REQUESTS, Long.MAX_VALUE, Window.TOTAL);

  private static final InheritableThreadLocal<@Nullable Ceiling> BOUND =
      new InheritableThreadLocal<>();
  private static final List<Ceiling> EVERYWHERE = new CopyOnWriteArrayList<>();

  /** How many are open: while there are none, calls pay one read for that. */
  private static final AtomicInteger OPEN = new AtomicInteger();

  private static final Tokens<Ceiling> TOKENS = new Tokens<>();

  private final List<CeilingLimit> limits;
  private final @Nullable Ceiling outer;
  private final Map<String, SpendRecord> calls = new LinkedHashMap<>();
  private final List<Refused> refused = new ArrayList<>();
  private final List<UnmeteredCall> unmetered = new ArrayList<>();
  private final AtomicLong nanoUsd = new AtomicLong();
  private final AtomicLong tokens = new AtomicLong();
  private final AtomicLong requests = new AtomicLong();
  private @Nullable Binding binding;
  private volatile @Nullable Thread opener;
  private @Nullable String token;
  private volatile boolean closed;

  private Ceiling(@Nullable Ceiling outer, List<Budget> budgets) {
    this.outer = outer;
    budgets.forEach(Ceiling::check);
    List<Budget> counted = budgets.isEmpty() ? List.of(UNLIMITED) : budgets;
    limits = counted.stream().map(each -> new CeilingLimit(this, each)).toList();
    OPEN.incrementAndGet();
  }

  private static void check(Budget budget) {
    if (!budget.window().equals(Window.TOTAL)
        || budget.measure() == Measure.CONCURRENT_CALLS
        || budget.enforcement() != Enforcement.BLOCK
        || !budget.dimensions().isEmpty()
        || !budget.filters().isEmpty()) {
      throw new IllegalArgumentException(
          "a ceiling counts money, tokens or requests of all calls without a window: " + budget);
    }
  }

  /**
   * A call under the ceiling that was refused.
   *
   * @param model the model that was to be called
   * @param refusal why
   * @param by the ceiling that could not carry it, or null where a budget of the guard could not
   */
  public record Refused(
      ModelId model, Refusal refusal, @Nullable Ceiling by) {}

  /** Puts back what the thread was bound to before. To be closed by the thread that was bound. */
  @FunctionalInterface
  public interface Binding extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Opens a ceiling around what this thread does until it is closed, inside those it is in already.
   *
   * @param budgets each {@linkplain Budget#total in total}, on money, tokens or requests, of all calls;
   *     without any the calls are only counted
   * @throws IllegalArgumentException if a budget has a window, dimensions or filters, or does not block
   */
  public static Ceiling open(Budget... budgets) {
    Ceiling ceiling = start(current(), List.of(budgets));
    ceiling.binding = ceiling.bind();
    ceiling.opener = Thread.currentThread();
    return ceiling;
  }

  /**
   * Starts a ceiling that covers no thread until one is {@linkplain #bind bound}, for frameworks that run
   * a piece of work on several.
   *
   * @param outer the one around it, or null
   * @param budgets as for {@link #open}
   */
  public static Ceiling start(@Nullable Ceiling outer, List<Budget> budgets) {
    return new Ceiling(outer, budgets);
  }

  /** Opens a ceiling over all threads of the process. */
  public static Ceiling everywhere(List<Budget> budgets) {
    Ceiling ceiling = new Ceiling(null, budgets);
    EVERYWHERE.add(ceiling);
    return ceiling;
  }

  /** Returns the innermost ceiling of this thread that is not closed, or null. */
  public static @Nullable Ceiling current() {
    return OPEN.get() == 0 ? null : unclosed(BOUND.get());
  }

  /**
   * Returns the innermost ceiling that this thread has {@linkplain #open opened} itself, or null: for
   * frameworks that leave aside what a pooled thread inherited.
   */
  public static @Nullable Ceiling ofThisThread() {
    Ceiling ceiling = current();
    while (ceiling != null && ceiling.opener != Thread.currentThread()) {
      ceiling = unclosed(ceiling.outer);
    }
    return ceiling;
  }

  private static @Nullable Ceiling unclosed(@Nullable Ceiling innermost) {
    Ceiling ceiling = innermost;
    while (ceiling != null && ceiling.closed) {
      ceiling = ceiling.outer;
    }
    return ceiling;
  }

  /** Returns all ceilings that cover this thread, the innermost first. */
  public static List<Ceiling> inForce() {
    return OPEN.get() == 0 ? List.of() : around(BOUND.get());
  }

  /** Returns all ceilings that cover what runs inside of this one, itself included, the innermost first. */
  static List<Ceiling> around(@Nullable Ceiling innermost) {
    List<Ceiling> around = new ArrayList<>();
    for (Ceiling each = unclosed(innermost); each != null; each = unclosed(each.outer)) {
      around.add(each);
    }
    around.addAll(EVERYWHERE);
    return around;
  }

  /** Puts this thread, and those it starts meanwhile, under this ceiling and those around it alone. */
  public Binding bind() {
    return put(this);
  }

  /** Puts this thread under no ceiling but those over all threads, whatever it inherited. */
  public static Binding unbound() {
    return put(null);
  }

  static Binding put(@Nullable Ceiling ceiling) {
    Ceiling before = BOUND.get();
    set(ceiling);
    return () -> set(before);
  }

  private static void set(@Nullable Ceiling ceiling) {
    if (ceiling == null) {
      BOUND.remove();
    } else {
      BOUND.set(ceiling);
    }
  }

  /** Returns the counters of the limits, for guards. */
  public List<CeilingLimit> limits() {
    return limits;
  }

  /** Returns what calls have cost. */
  public Usd spent() {
    return Usd.ofNanos(nanoUsd.get());
  }

  /** Returns how many tokens calls have read and written. */
  public long tokens() {
    return tokens.get();
  }

  /** Returns how many calls have been charged. */
  public long requests() {
    return requests.get();
  }

  /** Returns what is known of the calls that were charged, in the order of their ends; the first ten thousand. */
  public List<SpendRecord> calls() {
    synchronized (calls) {
      return List.copyOf(calls.values());
    }
  }

  /** Returns the calls that were refused, by whatever budget or ceiling; the first ten thousand. */
  public List<Refused> refused() {
    synchronized (refused) {
      return List.copyOf(refused);
    }
  }

  /** Returns the calls that left without being counted; the first ten thousand. */
  public List<UnmeteredCall> unmetered() {
    synchronized (unmetered) {
      return List.copyOf(unmetered);
    }
  }

  /**
   * Takes note of a charge, or of what changes one; for guards.
   *
   * @param changeNanoUsd nano-dollars; negative where a charge is corrected downwards
   * @param record what is told of the call, or null if nothing new is
   */
  public void charged(
      long changeNanoUsd, long changeTokens, long changeRequests, @Nullable SpendRecord record) {
    nanoUsd.addAndGet(changeNanoUsd);
    tokens.addAndGet(changeTokens);
    requests.addAndGet(changeRequests);
    if (record != null) {
      synchronized (calls) {
        if (record.outcome() == SpendRecord.Outcome.RELEASED) {
          calls.remove(record.id());
        } else if (calls.size() < MOST_CALLS || calls.containsKey(record.id())) {
          calls.put(record.id(), record);
        }
      }
    }
  }

  /** Takes note of a call that was refused; for guards. */
  public void refused(Refused call) {
    synchronized (refused) {
      add(refused, call);
    }
  }

  /** Takes note of a call that left without being counted; for guards. */
  public void unmetered(UnmeteredCall call) {
    synchronized (unmetered) {
      add(unmetered, call);
    }
  }

  private static <T> void add(List<T> list, T more) {
    if (list.size() < MOST_CALLS) {
      list.add(more);
    }
  }

  /** Returns what names the ceiling in a header. */
  synchronized String token() {
    if (token == null) {
      token = TOKENS.name(this);
    }
    return token;
  }

  static @Nullable Ceiling named(String token) {
    return TOKENS.named(token);
  }

  /** Ends the ceiling, for all threads; a second time is nothing. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      opener = null;
      OPEN.decrementAndGet();
      EVERYWHERE.remove(this);
      if (binding != null && BOUND.get() == this) {
        binding.close();
      }
    }
  }

  /** Renders the limits, and what was spent. */
  @Override
  public String toString() {
    return "Ceiling" + limits + " spent " + spent();
  }
}
