package dev.purser.core.ambient;

import dev.purser.api.Budget;
import dev.purser.api.Ceiling;
import dev.purser.api.CeilingLimit;
import dev.purser.api.ModelId;
import dev.purser.api.Refusal;
import dev.purser.spi.Account;
import dev.purser.spi.Amounts;
import dev.purser.spi.Balance;
import dev.purser.spi.Reserved;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One limit of a ceiling, as an account that a call draws on like any other.
 *
 * @param limit its counter
 */
public record AmbientAccount(CeilingLimit limit) implements Account {

  /**
   * Returns the accounts of a call: those of its budgets, and behind them those of its ceilings.
   *
   * @param ceilings without any, {@code covering} itself is returned
   */
  public static List<Account> behind(List<Account> covering, List<Ceiling> ceilings) {
    if (ceilings.isEmpty()) {
      return covering;
    }
    List<Account> all = new ArrayList<>(covering);
    for (Ceiling ceiling : ceilings) {
      ceiling.limits().forEach(limit -> all.add(new AmbientAccount(limit)));
    }
    return all;
  }

  /**
   * Tells ceilings of a call under them that was refused.
   *
   * @param why the account that could not carry it
   */
  public static void tell(List<Ceiling> ceilings, ModelId model, Refusal refusal, Account why) {
    Ceiling by = why instanceof AmbientAccount ambient ? ambient.limit().ceiling() : null;
    Ceiling.Refused refused = new Ceiling.Refused(model, refusal, by);
    ceilings.forEach(ceiling -> ceiling.refused(refused));
  }

  /** Returns how many of the accounts come before the first of a ceiling. */
  static int first(List<Account> accounts) {
    int end = accounts.size();
    while (end > 0 && accounts.get(end - 1) instanceof AmbientAccount) {
      end--;
    }
    return end;
  }

  @Override
  public Budget budget() {
    return limit.budget();
  }

  @Override
  public String scope() {
    return "";
  }

  long amount(Amounts amounts) {
    return amounts.of(budget().measure());
  }

  Balance balance() {
    return new Balance(budget().limit(), limit.settled(), limit.held(), Instant.MAX);
  }

  /** Says why an amount could not be held; what was charged is only read now, so it may have become more. */
  Reserved.Refused refusing(long amount) {
    Balance balance = balance();
    boolean spent = amount > balance.limit() - balance.settled();
    return new Reserved.Refused(
        this, spent ? Refusal.Reason.EXHAUSTED : Refusal.Reason.HELD, balance);
  }
}
