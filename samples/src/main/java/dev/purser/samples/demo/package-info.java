/**
 * A runaway loop that is stopped at its cap, against a provider in the same process that counts the
 * money for itself.
 */
@NullMarked
package dev.purser.samples.demo;

import org.jspecify.annotations.NullMarked;
