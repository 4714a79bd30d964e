package dev.purser.core.journal;

import dev.purser.api.SpendRecord;
import dev.purser.core.record.Field;
import dev.purser.core.record.JsonLine;
import dev.purser.core.record.RecordLine;
import dev.purser.spi.Account;
import dev.purser.spi.Amounts;
import dev.purser.spi.Ticket;
import java.util.List;

/**
 * A ticket whose endings are written down before they give anything back.
 *
 * <p>Its own state says what the journal says of the call, and is changed together with the queue of
 * lines, so that these stand in the order of what they tell; the ticket underneath says what the
 * accounts count. Both may be ended by several threads at once; whichever is first in the one and second
 * in the other, the same is charged in the end.
 *
 * <p>Safe for use by several threads. An ending returns when its line is written, or is known to come
 * late; nobody waits inside the lock.
 */
final class JournaledTicket implements Ticket {

  private static final ThreadLocal<JsonLine> LINE = ThreadLocal.withInitial(JsonLine::new);

  private enum Told {
    HELD,
    CHARGED,
    TAKEN_BACK,
    ENDED
  }

  private final Ticket ticket;
  private final Writer writer;
  private final Amounts held;
  private final Line.Kind kind;
  private Told told = Told.HELD;

  /** @param kind of the lines of its endings */
  JournaledTicket(Ticket ticket, Writer writer, Amounts held, Line.Kind kind) {
    this.ticket = ticket;
    this.writer = writer;
    this.held = held;
    this.kind = kind;
  }

  /** The journal says already that the held amounts are charged. */
  synchronized void chargedBefore() {
    told = Told.CHARGED;
  }

  /** Without a record nothing can be written, and the journal goes on holding the call. */
  @Override
  public Ending settle(Amounts amounts) {
    return ticket.settle(amounts);
  }

  @Override
  public Ending settle(Amounts amounts, SpendRecord record) {
    Line line;
    synchronized (this) {
      if (told == Told.ENDED) {
        return Ending.NONE;
      }
      long before = told == Told.CHARGED ? held.nanoUsd() : 0;
      line = add(record.spending(amounts.nanoUsd() - before), amounts);
      told = Told.ENDED;
    }
    Ending ending = ticket.settle(amounts);
    Line.State unused = writer.await(line);
    return ending;
  }

  @Override
  public boolean abandon() {
    return ticket.abandon();
  }

  /** Needs no wait: until the line is written, a restart would charge the same. */
  @Override
  public void abandoned(SpendRecord record) {
    synchronized (this) {
      if (told == Told.HELD) {
        told = Told.CHARGED;
        Line unused = add(record, held);
      }
    }
  }

  @Override
  public boolean writeOff() {
    return ticket.writeOff();
  }

  @Override
  public boolean writeOff(SpendRecord record) {
    Line line;
    synchronized (this) {
      if (told != Told.CHARGED) {
        return false;
      }
      told = Told.TAKEN_BACK;
      line = add(record, Amounts.NONE);
    }
    boolean taken = ticket.writeOff();
    Line.State unused = writer.await(line);
    return taken;
  }

  @Override
  public void extend(List<Account> more) {
    ticket.extend(more);
  }

  private Line add(SpendRecord record, Amounts amounts) {
    JsonLine line = RecordLine.of(LINE.get(), record);
    if (!amounts.equals(charged(record))) {
      RecordLine.amounts(line, Field.CHARGED, amounts);
    }
    return writer.add(line.endOpen(), kind);
  }

  /** What a reader takes for charged, unless it is told otherwise. */
  private static Amounts charged(SpendRecord record) {
    return new Amounts(
        record.costNanoUsd(), record.usage().inputTokens(), record.usage().outputTokens(), 1);
  }
}
