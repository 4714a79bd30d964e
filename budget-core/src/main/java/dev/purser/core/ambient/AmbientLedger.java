package dev.purser.core.ambient;

import dev.purser.api.CeilingLimit;
import dev.purser.api.Measure;
import dev.purser.spi.Account;
import dev.purser.spi.Balance;
import dev.purser.spi.Demand;
import dev.purser.spi.ForwardingLedger;
import dev.purser.spi.Ledger;
import dev.purser.spi.Reserved;
import dev.purser.spi.Room;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * A ledger beside whose accounts those of ceilings are counted, all together or none. The ledger
 * underneath knows nothing of ceilings, whose counters belong to no guard. Calls without one pay one look
 * at their last account.
 *
 * <p>Ceilings are taken first: what the ledger then refuses is given back there, and nothing else need be
 * known of it. Safe for use by several threads.
 */
public final class AmbientLedger extends ForwardingLedger {

  private final Ledger ledger;

  private volatile Consumer<Account> roomListener = account -> {};

  /** Kept here because a ceiling, which may outlive this ledger, holds it weakly. */
  private final Consumer<CeilingLimit> room;

  /** Counts ceilings beside the accounts of a ledger. */
  public AmbientLedger(Ledger ledger) {
    super(ledger);
    this.ledger = ledger;
    room = this::tellRoom;
  }

  private void tellRoom(CeilingLimit limit) {
    roomListener.accept(new AmbientAccount(limit));
  }

  @Override
  public Reserved reserve(Demand demand) {
    List<Account> all = demand.accounts();
    int first = AmbientAccount.first(all);
    return first == all.size() ? ledger.reserve(demand) : reserve(demand, first);
  }

  private Reserved reserve(Demand demand, int first) {
    List<Account> all = demand.accounts();
    List<AmbientAccount> ambient = ambient(all, first);
    AmbientHold hold = new AmbientHold(ambient, demand.amounts());
    Reserved.Refused refused = hold.take();
    if (refused != null) {
      // Before its call waits for room: whoever makes some may be a call of another guard.
      ((AmbientAccount) refused.account()).limit().onRoom(room);
      return refused;
    }
    Reserved reserved = null;
    try {
      reserved = ledger.reserve(new Demand(
          demand.id(),
          demand.at(),
          demand.leaseEnd(),
          demand.api(),
          demand.attribution(),
          demand.model(),
          demand.amounts(),
          List.copyOf(all.subList(0, first)),
          () -> {
            hold.charge();
            demand.onLeaseEnd().run();
          }));
    } finally {
      if (!(reserved instanceof Reserved.Held)) {
        hold.undo();
      }
    }
    return reserved instanceof Reserved.Held held
        ? new Reserved.Held(new AmbientTicket(held.ticket(), hold), held.observed())
        : reserved;
  }

  private static List<AmbientAccount> ambient(List<Account> all, int first) {
    return all.subList(first, all.size()).stream()
        .map(AmbientAccount.class::cast)
        .toList();
  }

  @Override
  public Room room(List<Account> accounts, Instant at) {
    int first = AmbientAccount.first(accounts);
    if (first == accounts.size()) {
      return ledger.room(accounts, at);
    }
    Room room = ledger.room(accounts.subList(0, first), at);
    return narrowed(room, ambient(accounts, first), true);
  }

  @Override
  public Room unspent(List<Account> accounts, Instant at) {
    int first = AmbientAccount.first(accounts);
    if (first == accounts.size()) {
      return ledger.unspent(accounts, at);
    }
    Room room = ledger.unspent(accounts.subList(0, first), at);
    return narrowed(room, ambient(accounts, first), false);
  }

  private static Room narrowed(Room room, List<AmbientAccount> accounts, boolean byHeld) {
    Room.Builder narrowed = Room.builder();
    for (Measure measure : Measure.values()) {
      narrowed.add(measure, room.of(measure));
    }
    for (AmbientAccount account : accounts) {
      Balance balance = account.balance();
      long held = byHeld ? balance.held() : 0;
      narrowed.add(account.budget().measure(), balance.limit() - balance.settled() - held);
    }
    return narrowed.build();
  }

  @Override
  public Balance balance(Account account, Instant at) {
    return account instanceof AmbientAccount ambient
        ? ambient.balance()
        : ledger.balance(account, at);
  }

  @Override
  public void onRoom(Consumer<Account> listener) {
    ledger.onRoom(listener);
    roomListener = listener;
  }
}
