package dev.purser.spi;

import dev.purser.api.Attribution;
import dev.purser.api.ModelId;
import java.time.Instant;
import java.util.List;

/**
 * What a call wants to hold. Besides the accounts it carries the facts they were derived from, so
 * that a log of demands can be replayed against other budgets.
 *
 * @param id the call's id
 * @param at the one clock reading of the admission; decides the windows
 * @param leaseEnd when a hold that nobody ended becomes a charge
 * @param api the API that it speaks
 * @param attribution what the call is for
 * @param model the model to be called
 * @param amounts what to hold on each account, by its measure
 * @param accounts the accounts, handles of the same ledger
 * @param onLeaseEnd run once by whoever finds the lease over; must not throw or block
 */
public record Demand(
    String id,
    Instant at,
    Instant leaseEnd,
    String api,
    Attribution attribution,
    ModelId model,
    Amounts amounts,
    List<Account> accounts,
    Runnable onLeaseEnd) {}
