package dev.purser.core.pipeline;

import dev.purser.api.Budget;
import dev.purser.core.content.ContentRules;
import dev.purser.core.emit.Counters;
import dev.purser.core.emit.Emitter;
import dev.purser.core.key.KeyRing;
import dev.purser.core.record.StateLog;
import dev.purser.core.route.Routes;
import dev.purser.spi.Ledger;
import dev.purser.spi.ModelRouter;
import dev.purser.spi.PriceBook;
import dev.purser.spi.TokenEstimator;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What a pipeline is made of; put together by the builder.
 *
 * @param budgets with owner and zone set
 * @param router asked first
 * @param routes where it leaves the model asked for
 * @param estimator bounds the input of a call
 * @param strictEstimator does where strict estimates are asked for
 * @param prices the price book in use
 * @param fallbackPrices what to quote from if it fails
 * @param keys the virtual keys
 * @param settings how it admits at first
 * @param content what is recorded of prompts and answers
 * @param nanoTime measures waits, as {@link System#nanoTime} does
 * @param alerts what tells people
 * @param log keeps what is in force besides what the accounts hold
 * @param salt salts the fingerprints of credentials
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, by the builder
public record PipelineParts(
    List<Budget> budgets,
    ModelRouter router,
    Routes routes,
    TokenEstimator estimator,
    TokenEstimator strictEstimator,
    PriceBook prices,
    PriceBook fallbackPrices,
    Ledger ledger,
    KeyRing keys,
    Emitter emitter,
    Counters counters,
    Settings settings,
    ContentRules content,
    InstantSource clock,
    LongSupplier nanoTime,
    byte[] salt,
    Alerting alerts,
    StateLog log) {}
