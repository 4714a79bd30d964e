/**
 * What calls cost and did, as numbers on a dashboard: records become meters of Micrometer or metrics of
 * OpenTelemetry. {@code docs/telemetry.md} lists them all. The two sinks share no class that knows
 * either library, so that an application brings only the one it uses.
 */
@NullMarked
package dev.purser.telemetry;

import org.jspecify.annotations.NullMarked;
