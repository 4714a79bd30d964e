package dev.purser.api;

/**
 * What one of several models used for an answer.
 *
 * @param model the model, whose own prices apply
 * @param usage what the provider bills by
 */
public record ModelUsage(ModelId model, Usage usage) {}
