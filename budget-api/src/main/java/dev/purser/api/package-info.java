/**
 * The words of Purser: budgets, attributions, calls, reservations, usage and money.
 *
 * <p>Types here are immutable and safe to share between threads unless they say otherwise. Money is
 * a {@code long} count of nano-dollars; token and request counts are {@code long}s.
 */
@NullMarked
package dev.purser.api;

import org.jspecify.annotations.NullMarked;
