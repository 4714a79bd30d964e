package dev.purser.api;

import java.time.Instant;

/**
 * A call that was charged its reserved amount because nobody said what it used, and that nobody has
 * settled since.
 *
 * @param id the call's id, as in its records
 * @param at when it was admitted, which decides the windows that it counts in
 * @param api the API it spoke
 * @param attribution what it was for
 * @param model the model that was called
 * @param reservedNanoUsd what is charged for it, in nano-dollars
 * @param reason why nobody knows what it used
 */
public record AbandonedCall(
    String id,
    Instant at,
    String api,
    Attribution attribution,
    ModelId model,
    long reservedNanoUsd,
    AbandonReason reason) {}
