/**
 * How providers say that a call may not be made. Not exported.
 */
@NullMarked
package dev.purser.wire.error;

import org.jspecify.annotations.NullMarked;
