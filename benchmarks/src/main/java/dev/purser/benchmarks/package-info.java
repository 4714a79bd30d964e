/** What admission costs, measured beside a floor and named rivals. */
@NullMarked
package dev.purser.benchmarks;

import org.jspecify.annotations.NullMarked;
