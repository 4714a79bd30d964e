package dev.purser.api;

/**
 * What a value of a dimension spent.
 *
 * @param dimension such as {@link Dimension#KEY}
 * @param value such as {@code alice}
 * @param spent what it was charged
 */
public record Spender(Dimension dimension, String value, Usd spent) {}
