package dev.purser.core.journal;

import dev.purser.api.Budget;
import dev.purser.api.Enforcement;
import dev.purser.api.Refusal;
import dev.purser.core.record.JsonLine;
import dev.purser.core.record.RecordLine;
import dev.purser.spi.Account;
import dev.purser.spi.Demand;
import dev.purser.spi.ForwardingLedger;
import dev.purser.spi.Ledger;
import dev.purser.spi.Reserved;
import dev.purser.spi.Ticket;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A ledger whose calls are written down: money is held, then the line is written, then the call may go;
 * it is given back only when the line that says so stands in the queue. So what the file holds, wherever
 * it ends, never adds up to more than the limits allowed ({@code ledger.md}, "Journal order").
 *
 * <p>While nothing can be written, what would have to be held on an account that blocks is refused as
 * {@link Refusal.Reason#UNAVAILABLE}: a restart would forget it. Safe for use by several threads.
 */
final class JournaledLedger extends ForwardingLedger {

  private static final ThreadLocal<JsonLine> LINE = ThreadLocal.withInitial(JsonLine::new);

  private final Ledger ledger;
  private final Writer writer;

  private final Set<String> orphans;

  /** @param orphans the calls of which the journal does not say yet that they are charged, by id */
  JournaledLedger(Ledger ledger, Writer writer, Set<String> orphans) {
    super(ledger);
    this.ledger = ledger;
    this.writer = writer;
    this.orphans = orphans;
  }

  @Override
  public Reserved reserve(Demand demand) {
    Account blocking = writer.failing() || writer.closed() ? blocking(demand) : null;
    if (blocking != null) {
      return unavailable(blocking, demand);
    }
    Reserved reserved = ledger.reserve(demand);
    if (!(reserved instanceof Reserved.Held held)) {
      return reserved;
    }
    Account guarding = blocking(demand);
    Line line = writer.add(
        RecordLine.reserved(LINE.get(), demand).endOpen(),
        guarding == null ? Line.Kind.TOLD : Line.Kind.TAKING);
    if (guarding != null && isGivenUp(line, held.ticket())) {
      return unavailable(guarding, demand);
    }
    if (guarding == null) {
      Line.State unused = writer.await(line); // it goes whether or not that can be written
    }
    Line.Kind ending = guarding == null ? Line.Kind.TOLD : Line.Kind.KEPT;
    return new Reserved.Held(
        new JournaledTicket(held.ticket(), writer, demand.amounts(), ending), held.observed());
  }

  /** Waits for a line, and gives back what it should have said where it cannot be written. */
  private boolean isGivenUp(Line line, Ticket ticket) {
    try {
      return writer.await(line) == Line.State.GIVEN_UP;
    } finally {
      // Also where an error ends the wait: nobody has the ticket then. One that stands in the file
      // is
      // charged when its lease ends.
      if (line.state == Line.State.GIVEN_UP) {
        Ticket.Ending unused = ticket.release();
      }
    }
  }

  /** Returns an account that the demand takes something of and that may refuse it; null if there is none. */
  private static @Nullable Account blocking(Demand demand) {
    for (Account account : demand.accounts()) {
      Budget budget = account.budget();
      if (budget.enforcement() == Enforcement.BLOCK && demand.amounts().of(budget.measure()) > 0) {
        return account;
      }
    }
    return null;
  }

  private Reserved unavailable(Account account, Demand demand) {
    return new Reserved.Refused(
        account, Refusal.Reason.UNAVAILABLE, ledger.balance(account, demand.at()));
  }

  /** Writes nothing: the call stands in the journal already, unless it was open when the process ended. */
  @Override
  public Ticket charged(Demand demand) {
    JournaledTicket ticket =
        new JournaledTicket(ledger.charged(demand), writer, demand.amounts(), Line.Kind.KEPT);
    if (!orphans.contains(demand.id())) {
      ticket.chargedBefore();
    }
    return ticket;
  }
}
