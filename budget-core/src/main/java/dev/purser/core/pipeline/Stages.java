package dev.purser.core.pipeline;

import dev.purser.api.CallIntent;
import dev.purser.api.ModelId;
import dev.purser.api.Usage;
import dev.purser.core.estimate.ByteBound;
import dev.purser.core.price.FreeModels;
import dev.purser.spi.ModelRouter;
import dev.purser.spi.PriceBook;
import dev.purser.spi.Quote;
import dev.purser.spi.TokenEstimator;
import java.time.Instant;
import java.util.Objects;

/**
 * The stages that an application may replace, each with something to fall back on: a part that fails
 * is reported and passed over, and the call goes on.
 */
final class Stages {

  private final ModelRouter router;
  private final TokenEstimator estimator;
  private final TokenEstimator strictEstimator;
  private final TokenEstimator fallbackEstimator = new ByteBound();
  private final PriceBook prices;
  private final PriceBook fallbackPrices;
  private final Notices notices;

  Stages(PipelineParts parts, Notices notices) {
    router = parts.router();
    estimator = parts.estimator();
    strictEstimator = parts.strictEstimator();
    prices = parts.prices();
    fallbackPrices = parts.fallbackPrices();
    this.notices = notices;
  }

  /** Returns the model to call; the one asked for if the router fails or nobody could follow it. */
  ModelId route(CallIntent intent) {
    if (!intent.modelAdjustable()) {
      return intent.model();
    }
    try {
      return Objects.requireNonNull(router.route(intent), "route");
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      notices.fault("router", e);
      return intent.model();
    }
  }

  /** Returns a bound of the input, and of the fees that the request may incur. */
  Usage estimate(ModelId model, CallIntent intent, boolean strict) {
    if (intent.bill() != null) {
      return Usage.NONE; // what it tells of was spent before
    }
    Usage input = input(model, intent, strict ? strictEstimator : estimator);
    return Extras.of(intent.prompt(), input);
  }

  /** Returns a bound of the input; a token a byte if the estimator fails. */
  private Usage input(ModelId model, CallIntent intent, TokenEstimator estimator) {
    try {
      return Objects.requireNonNull(estimator.estimate(model, intent.prompt()), "estimate");
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      notices.fault("estimator", e);
      return fallbackEstimator.estimate(model, intent.prompt());
    }
  }

  /** Returns the prices of the call; those of the bundled table if the price book fails. */
  Quote quote(ModelId model, CallIntent intent, Instant now, FreeModels free) {
    Quote quote;
    try {
      quote = Objects.requireNonNull(
          prices.quote(model, intent.serviceTier(), intent.region(), now), "quote");
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      notices.fault("price book", e);
      quote = fallbackPrices.quote(model, intent.serviceTier(), intent.region(), now);
    }
    quote = free.apply(model, quote);
    // A bill names its models itself, and is charged at their prices.
    boolean billOnly = intent.bill() != null && model.name().isEmpty();
    if (!quote.known() && !billOnly) {
      notices.unknownModel(model, quote);
    }
    return quote;
  }
}
