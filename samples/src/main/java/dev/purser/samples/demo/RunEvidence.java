package dev.purser.samples.demo;

import dev.purser.api.Attribution;
import dev.purser.api.ModelId;
import java.time.Instant;

/**
 * What is known of a run besides Purser's own figures, to judge budgets by.
 *
 * @param start before the first call
 * @param end after the last one
 * @param who what all calls were attributed to: they differ in nothing
 * @param model the model that all of them asked for
 * @param billed what the provider says it earned
 */
record RunEvidence(Instant start, Instant end, Attribution who, ModelId model, PicoUsd billed) {}
