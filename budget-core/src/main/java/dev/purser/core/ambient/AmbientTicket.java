package dev.purser.core.ambient;

import dev.purser.api.SpendRecord;
import dev.purser.spi.Account;
import dev.purser.spi.Amounts;
import dev.purser.spi.Ticket;
import java.util.List;

/** A ticket whose endings are told to the ceilings around its call. Safe for use by several threads. */
final class AmbientTicket implements Ticket {

  private final Ticket ticket;
  private final AmbientHold hold;

  AmbientTicket(Ticket ticket, AmbientHold hold) {
    this.ticket = ticket;
    this.hold = hold;
  }

  @Override
  public Ending settle(Amounts amounts) {
    Ending ending = ticket.settle(amounts);
    if (ending != Ending.NONE) {
      hold.settle(amounts, null);
    }
    return ending;
  }

  @Override
  public Ending settle(Amounts amounts, SpendRecord record) {
    Ending ending = ticket.settle(amounts, record);
    if (ending != Ending.NONE) {
      hold.settle(amounts, record);
    }
    return ending;
  }

  @Override
  public boolean abandon() {
    boolean charged = ticket.abandon();
    if (charged) {
      hold.charge();
    }
    return charged;
  }

  @Override
  public void abandoned(SpendRecord record) {
    ticket.abandoned(record);
    hold.told(record);
  }

  @Override
  public boolean writeOff() {
    boolean taken = ticket.writeOff();
    if (taken) {
      hold.takeBack();
    }
    return taken;
  }

  @Override
  public boolean writeOff(SpendRecord record) {
    boolean taken = ticket.writeOff(record);
    if (taken) {
      hold.takeBack();
      hold.told(record);
    }
    return taken;
  }

  @Override
  public void extend(List<Account> more) {
    ticket.extend(more);
  }
}
