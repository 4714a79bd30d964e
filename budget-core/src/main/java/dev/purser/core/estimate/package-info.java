/** Bounds what a call will read and write. */
@NullMarked
package dev.purser.core.estimate;

import org.jspecify.annotations.NullMarked;
