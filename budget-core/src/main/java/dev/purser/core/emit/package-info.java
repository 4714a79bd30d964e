/** Carries records and alerts to their sinks, off the caller's path. */
@NullMarked
package dev.purser.core.emit;

import org.jspecify.annotations.NullMarked;
