package dev.purser.core.journal;

import dev.purser.api.Attribution;
import dev.purser.api.ModelId;
import dev.purser.spi.Amounts;
import java.time.Instant;

/**
 * What was charged, to one attribution and model in a span that no budget in force tells apart.
 *
 * @param at when the latest call of it was admitted
 * @param provisional how much of it, in nano-dollars, is the reserved amount of calls that may still say
 *     what they used
 */
public record Spent(
    Attribution who, ModelId model, Instant at, Amounts amounts, long provisional) {}
