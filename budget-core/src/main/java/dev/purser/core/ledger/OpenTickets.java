package dev.purser.core.ledger;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The tickets whose lease must be watched: a table of slots that doubles when it gets crowded and
 * never shrinks, so that its size is a small multiple of the most calls that were ever open at
 * once.
 *
 * <p><b>Who may call it:</b> any thread.
 *
 * <p><b>Memory order:</b> a slot is taken by compare-and-set, which publishes the ticket, and
 * emptied by the one thread that ended the ticket. {@code earliest} is a lower bound of the lease
 * ends in the table. It holds because a ticket is put in its slot <em>before</em> the bound is
 * lowered, and a scan lifts the bound <em>before</em> it reads the slots: a ticket that the scan
 * misses came later than the lift, and so does its lowering. While a scan runs the bound may be too
 * high; another call then leaves the reaping to that scan.
 *
 * <p><b>Progress:</b> lock-free. An insertion tries again only where its slots were taken by
 * others; a scan visits every slot once.
 */
final class OpenTickets {

  private static final int FIRST_LENGTH = 64;
  private static final int PROBES = 16;

  private static final VarHandle HEAD;

  static {
    try {
      HEAD = MethodHandles.lookup().findVarHandle(OpenTickets.class, "head", Chunk.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile Chunk head;
  private final AtomicLong earliest = new AtomicLong(Long.MAX_VALUE);

  OpenTickets() {
    this(FIRST_LENGTH);
  }

  /** Creates a table that starts with so many slots, a power of two. */
  OpenTickets(int slots) {
    this.head = new Chunk(slots, null);
  }

  /** Slots, and the smaller chunks that were there before. */
  private static final class Chunk {
    final AtomicReferenceArray<@Nullable LedgerTicket> slots;
    final @Nullable Chunk previous;

    Chunk(int length, @Nullable Chunk previous) {
      this.slots = new AtomicReferenceArray<>(length);
      this.previous = previous;
    }

    /** Puts a ticket into one of a few slots in a row; false if all are taken. */
    boolean offer(LedgerTicket ticket, int start) {
      int end = start + Math.min(PROBES, slots.length());
      for (int i = start; i < end; i++) {
        int index = i & (slots.length() - 1);
        if (slots.get(index) == null) {
          // Written before the slot is taken, so that whoever finds the ticket knows its place.
          ticket.place(slots, index);
          if (slots.compareAndSet(index, null, ticket)) {
            return true;
          }
        }
      }
      return false;
    }

    /** Whether half of the slots are taken: with fewer, a crowd of them was bad luck. */
    boolean crowded() {
      int taken = 0;
      for (int i = 0; i < slots.length(); i++) {
        if (slots.get(i) != null) {
          taken++;
        }
      }
      return taken >= slots.length() / 2;
    }
  }

  /** Watches a ticket until it ends. */
  void add(LedgerTicket ticket) {
    Chunk chunk = head;
    while (!chunk.offer(ticket, ThreadLocalRandom.current().nextInt(chunk.slots.length()))) {
      if (chunk.crowded()) {
        HEAD.compareAndSet(this, chunk, new Chunk(2 * chunk.slots.length(), chunk));
      }
      chunk = head;
    }
    lowerTo(EpochNanos.of(ticket.leaseEnd()));
  }

  /** Whether some lease may be over at {@code at}. */
  boolean mayBeDue(Instant at) {
    return earliest.get() <= EpochNanos.of(at);
  }

  /** Expires every ticket whose lease is over at {@code at}; returns how many. */
  int reap(Instant at) {
    if (!mayBeDue(at)) {
      return 0;
    }
    earliest.set(Long.MAX_VALUE);
    int reaped = 0;
    long next = Long.MAX_VALUE;
    for (Chunk chunk = head; chunk != null; chunk = chunk.previous) {
      for (int i = 0; i < chunk.slots.length(); i++) {
        LedgerTicket ticket = chunk.slots.get(i);
        if (ticket == null || !ticket.isOpen()) {
          continue;
        }
        if (ticket.leaseEnd().isAfter(at)) {
          next = Math.min(next, EpochNanos.of(ticket.leaseEnd()));
        } else if (ticket.expire()) {
          reaped++;
        }
      }
    }
    lowerTo(next);
    return reaped;
  }

  /** Returns how many slots there are. */
  int capacity() {
    int capacity = 0;
    for (Chunk chunk = head; chunk != null; chunk = chunk.previous) {
      capacity += chunk.slots.length();
    }
    return capacity;
  }

  private void lowerTo(long bound) {
    long seen = earliest.get();
    while (bound < seen && !earliest.compareAndSet(seen, bound)) {
      seen = earliest.get();
    }
  }
}
