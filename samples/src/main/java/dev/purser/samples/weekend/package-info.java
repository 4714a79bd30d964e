/** The weekend that would have cost $8,000, on a clock of its own. */
@NullMarked
package dev.purser.samples.weekend;

import org.jspecify.annotations.NullMarked;
