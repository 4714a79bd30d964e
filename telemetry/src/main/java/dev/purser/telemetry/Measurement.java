package dev.purser.telemetry;

import java.util.Map;

/**
 * A number about a call.
 *
 * @param meter what was measured
 * @param value how many, in nano-dollars where it is money and in nanoseconds where it is time
 * @param labels what it is counted apart by; what the call does not say is left out
 */
record Measurement(Meter meter, long value, Map<Label, String> labels) {}
