/** Stops that people put on calls. */
@NullMarked
package dev.purser.core.freeze;

import org.jspecify.annotations.NullMarked;
