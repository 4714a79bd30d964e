/**
 * An assistant with tools over models of two providers, which are mocks in the same process that count
 * the money for themselves.
 */
@NullMarked
package dev.purser.samples.assistant;

import org.jspecify.annotations.NullMarked;
