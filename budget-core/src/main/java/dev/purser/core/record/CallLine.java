package dev.purser.core.record;

import dev.purser.api.Attribution;
import dev.purser.api.ModelId;
import dev.purser.spi.Amounts;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a line says of a call as far as budgets count it.
 *
 * @param event what happened to it
 * @param at when it was admitted, which decides the windows
 * @param model the model that was called
 * @param reserved what was held, in nano-dollars
 * @param amounts what is held or charged, in all measures
 * @param spent what the line adds to what was spent, in nano-dollars
 * @param reason why, or null
 * @param bill the bill that it read, or null
 */
public record CallLine(
    String event,
    String id,
    Instant at,
    String api,
    Attribution who,
    ModelId model,
    long reserved,
    Amounts amounts,
    long spent,
    @Nullable String reason,
    @Nullable String bill) {}
