/**
 * Ceilings for test suites: what tests may spend on model calls, and what they have spent. Works with
 * JUnit 5.10 to 6.
 */
@NullMarked
package dev.purser.junit;

import org.jspecify.annotations.NullMarked;
