/** Calls that wait for money which other calls hold. */
@NullMarked
package dev.purser.core.waiting;

import org.jspecify.annotations.NullMarked;
