package dev.purser.core.route;

import dev.purser.api.ModelId;

/**
 * The model that a call is sent to.
 *
 * @param why for the record
 * @param watched whether its circuit breaker gave leave, and waits to hear how the call ends
 */
public record Route(ModelId model, String why, boolean watched) {}
