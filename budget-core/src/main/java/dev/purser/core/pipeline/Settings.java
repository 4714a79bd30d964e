package dev.purser.core.pipeline;

import dev.purser.api.Fit;
import dev.purser.core.price.FreeModels;
import java.time.Duration;

/**
 * How a pipeline admits; may be changed while calls run.
 *
 * @param fit which calls may have their output cap lowered
 * @param leastUsefulOutput tokens; an answer cut shorter helps nobody, and the call is refused
 * @param maxWait how long a call may wait for money that is only held, unless it says itself
 * @param lease how long a reservation stays a hold
 * @param strictEstimates whether input is bounded by the strict estimator
 * @param freeModels models that cost nothing
 */
public record Settings(
    Fit fit,
    long leastUsefulOutput,
    Duration maxWait,
    Duration lease,
    boolean strictEstimates,
    FreeModels freeModels) {}
